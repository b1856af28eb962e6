namespace Siaga.Tests.Keras.Fuzz;

/// <summary>Creates the mutated file of a number: always the same one, on every machine.</summary>
internal static class Mutation
{
    /// <returns>The file, and a description of its seed and mutations.</returns>
    public static (byte[] File, string Story) Of(int number)
    {
        var random = new System.Random(number);
        var seed = Seeds.All[random.Next(Seeds.All.Count)];
        var (file, story) = seed.IsArchive ? ArchiveMutations.Of(seed.Bytes, random) : Hdf5Mutations.Of(seed.Bytes, random);
        return (file, $"{seed.Name}: {story}");
    }
}
