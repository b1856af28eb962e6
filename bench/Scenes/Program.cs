using Siaga.Bench.Scenes;

// The figures that bench/README.md quotes; see there for the commands.
return args switch
{
    ["ped2", var folder] => Ped2Bench.Run(folder),
    ["speed", var folder] => SpeedBench.Run(folder),
    ["states", var folder] => StatesBench.Run(folder),
    ["drawn", var folder] => DrawnClips.Run(folder),
    ["cross", var folder] => CrossBench.Run(folder),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine(
        "bench/Scenes: ped2 FOLDER | speed FOLDER | states FOLDER, where FOLDER is the UCSD Ped2 set as clips with labels.json; "
        + "cross REAL, the folder above it; drawn FOLDER writes clips there");
    return 2;
}
