namespace Siaga.Bench.Scenes;

internal static class SpeedBench
{
    public static int Run(string folder) => folder.Length;
}

internal static class StatesBench
{
    public static int Run() => 0;
}
