using System.Diagnostics;
using Siaga.Scenes;
using Siaga.Scenes.OpenCv;
using Siaga.Video.OpenCv;

namespace Siaga.Bench.Scenes;

/// <summary>A hundred cameras' states: serialised, written, read and parsed.</summary>
internal static class StatesBench
{
    private const int Cameras = 100;

    public static int Run(string folder)
    {
        var data = new Ped2(folder);
        var state = new SceneLearner(new OpenCvDecoder(), () => new OpenCvPointTracker()).Learn(data.Training.Take(8).ToList(), null).Value;
        var files = Directory.CreateTempSubdirectory("siaga-bench-");
        try
        {
            SceneStateFormat.Read(state.ToBytes());
            var saving = Stopwatch.StartNew();
            for (var i = 0; i < Cameras; i++)
                File.WriteAllBytes(Path.Combine(files.FullName, $"{i}"), state.ToBytes());
            saving.Stop();
            var loading = Stopwatch.StartNew();
            for (var i = 0; i < Cameras; i++)
                _ = SceneStateFormat.Read(File.ReadAllBytes(Path.Combine(files.FullName, $"{i}"))).Value;
            loading.Stop();
            Console.WriteLine(
                FormattableString.Invariant($"{Cameras} states of {state.ToBytes().Length} bytes: ")
                + FormattableString.Invariant($"saved in {saving.Elapsed.TotalSeconds:0.00} s, ")
                + FormattableString.Invariant($"loaded in {loading.Elapsed.TotalSeconds:0.00} s"));
            return 0;
        }
        finally
        {
            files.Delete(recursive: true);
        }
    }
}
