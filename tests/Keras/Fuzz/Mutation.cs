namespace Siaga.Tests.Keras.Fuzz;

/// <summary>Makes the mutated file of a number: the same one each time, everywhere.</summary>
internal static class Mutation
{
    /// <returns>The file, and what was done to which one.</returns>
    public static (byte[] File, string Story) Of(int number)
    {
        var random = new System.Random(number);
        var seed = Seeds.All[random.Next(Seeds.All.Count)];
        var (file, story) = seed.IsArchive ? ArchiveMutations.Of(seed.Bytes, random) : Hdf5Mutations.Of(seed.Bytes, random);
        return (file, $"{seed.Name}: {story}");
    }
}
