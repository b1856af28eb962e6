using System.Diagnostics.CodeAnalysis;

namespace Siaga.Primitives;

/// <summary>A value, or the expected failure in its place. Surprises remain exceptions.</summary>
/// <typeparam name="T">The value's type.</typeparam>
[SuppressMessage("Usage", "CA2225", Justification = "Ok and Fail are the named alternates.")]
public readonly struct Result<T>
{
    private readonly T? _value;

    private Result(T? value, Error? error)
    {
        _value = value;
        Error = error;
    }

    /// <summary>Null exactly when there is a value.</summary>
    public Error? Error { get; }

    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsOk => Error is null;

    /// <summary>The value; reading it from a failure is a bug and throws.</summary>
    public T Value => Error is null ? _value! : throw new InvalidOperationException($"No value: {Error.Code}: {Error.Message}");

    public static implicit operator Result<T>(T value) => new(value, null);

    public static implicit operator Result<T>(Error error) => new(default, error);
}
