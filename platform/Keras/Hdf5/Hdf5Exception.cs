namespace Siaga.Keras.Hdf5;

/// <summary>
/// The file is damaged or uses an unsupported part of HDF5. Callers outside this folder see it as a <see cref="KerasException"/>.
/// </summary>
/// <param name="message">A sentence.</param>
/// <param name="code">The code of that <see cref="KerasException"/>.</param>
internal sealed class Hdf5Exception(string message, string code = "model_broken") : Exception(message)
{
    public string Code { get; } = code;

    public static Hdf5Exception Damaged(string what) => new($"The file is cut short or damaged ({what}); copy it again.");

    public static Hdf5Exception NotRead(string what) =>
        new($"The file uses {what}, which is not supported; save the model again with model.save.", "model_unsupported");
}
