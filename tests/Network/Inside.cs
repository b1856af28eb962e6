using System.ComponentModel;
using System.Diagnostics;
using Siaga.Tests.Siaga;

namespace Siaga.Tests.Network;

/// <summary>
/// The program inside the namespaces. It sets up a network that leads nowhere, temporary folders and a name server, and watches a job.
/// </summary>
internal static class Inside
{
    /// <summary>The exit code when this system does not allow that.</summary>
    public const int CannotWatch = 77;

    public const string Data = "/tmp/data";

    private const string Home = "/tmp/home";
    private const string Temporary = "/tmp/own";

    // Both ends of the virtual cable are in this namespace. One has a default route; packets that
    // leave through it are recorded and dropped.
    private const string Cable = """
        link set lo up
        link add out0 type veth peer name out1
        link set out0 arp off
        link set out0 up
        link set out1 up
        addr add 192.0.2.1/24 dev out0
        route add default dev out0
        """;

    private const string Cable6 = """
        addr add 2001:db8::1/64 dev out0 nodad
        route add default dev out0
        """;

    // Variables that the parent process set for its tests, or that a CI machine sets (which silence ONNX Runtime), are not passed on.
    // Programs still find themselves and the .NET runtime.
    private static readonly string[] s_kept = ["PATH", "DOTNET_ROOT", "SIAGA_TESTED"];
    private static readonly (string File, string Content)[] s_resolver =
        [("/etc/resolv.conf", "nameserver 127.0.0.1\n"), ("/etc/nsswitch.conf", "hosts: files dns\n")];

    private static readonly string[] s_otherTemporary = ["/var/tmp", "/dev/shm"];
    private static readonly string[] s_proxies = ["http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"];

    /// <param name="job">One of <see cref="Jobs"/>.</param>
    /// <param name="folder">An empty folder, which the caller removes.</param>
    public static async Task<int> RunAsync(string job, string folder)
    {
        try
        {
            MakeNetwork();
            MakeFolders(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or Win32Exception)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return CannotWatch;
        }

        TakeEnvironment(withProxy: Jobs.OfSiaga.Contains(job));
        await using var names = new NameServer();
        await using var packets = new PacketWatch();
        using var files = new FileWatch([Home, Temporary, .. s_otherTemporary.Where(Directory.Exists)], shallow: "/tmp");
        string? failure = null;
        try
        {
            await Jobs.RunAsync(job, () => names.Questions.Count > 0 && packets.Packets.Count > 0);
        }
        catch (Exception e)
        {
            // Whatever failed, report what was seen as well.
            failure = e.ToString();
        }

        var made = (await files.EndAsync()).Where(f => !KnownFiles.Contains(f));
        await Console.Out.WriteLineAsync(new Sightings(names.Questions, packets.Packets, [.. made], failure).ToLine());
        return 0;
    }

    private static void MakeNetwork()
    {
        Configure("ip", Cable, "-batch", "-");
        if (!Directory.Exists("/proc/sys/net/ipv6"))
            return;

        // Turn off the kernel's own traffic: router solicitations and addresses from routers.
        foreach (var setting in new[] { "disable_ipv6", "accept_ra", "router_solicitations", "dad_transmits" })
            File.WriteAllText($"/proc/sys/net/ipv6/conf/out0/{setting}", "0");
        File.WriteAllText("/proc/sys/net/ipv6/conf/out1/disable_ipv6", "1");
        Configure("ip", Cable6, "-6", "-batch", "-");
    }

    /// <summary>Replaces the machine's temporary folders, which contain other files, by empty ones, and copies what is needed.</summary>
    private static void MakeFolders(string folder)
    {
        var settings = Path.Combine(folder, "settings");
        Directory.CreateDirectory(settings);
        foreach (var (file, content) in s_resolver)
        {
            var ours = Path.Combine(settings, Path.GetFileName(file));
            File.WriteAllText(ours, content);
            if (File.Exists(file))
                Mount(ours, file);
        }

        // A local cache of names would answer instead of the name server.
        var empty = Directory.CreateDirectory(Path.Combine(folder, "empty")).FullName;
        if (Directory.Exists("/run/nscd"))
            Mount(empty, "/run/nscd");
        foreach (var instead in s_otherTemporary.Where(Directory.Exists))
            Mount(Directory.CreateDirectory(Path.Combine(folder, instead[1..])).FullName, instead);
        var temporary = Directory.CreateDirectory(Path.Combine(folder, "tmp")).FullName;
        foreach (var needed in Needed().Where(n => n.StartsWith("/tmp/", StringComparison.Ordinal)))
            Mount(needed, Directory.CreateDirectory(Path.Combine(folder, needed[1..])).FullName);
        Configure("mount", "", "--rbind", temporary, "/tmp");
        foreach (var ours in new[] { Home, Temporary, Data })
            Directory.CreateDirectory(ours);
    }

    private static IEnumerable<string> Needed() =>
        new[] { Tree.Root, Path.GetDirectoryName(Tree.Siaga), Environment.GetEnvironmentVariable("DOTNET_ROOT") }
            .OfType<string>().Where(Directory.Exists).Select(Path.GetFullPath);

    private static void TakeEnvironment(bool withProxy)
    {
        foreach (var name in Environment.GetEnvironmentVariables().Keys.Cast<string>().Except(s_kept).ToList())
            Environment.SetEnvironmentVariable(name, null);
        Environment.SetEnvironmentVariable("HOME", Home);
        Environment.SetEnvironmentVariable("TMPDIR", Temporary);

        // Whatever an installation sets must not matter.
        Environment.SetEnvironmentVariable(BareModel.Variable, "0");

        // A machine that reaches the internet through a proxy. Siaga's own services must not use it for each other; software that phones
        // home would, without asking a name server.
        foreach (var proxy in withProxy ? s_proxies : [])
            Environment.SetEnvironmentVariable(proxy, "http://192.0.2.99:3128");
    }

    private static void Mount(string what, string where) => Configure("mount", "", "--bind", what, where);

    private static void Configure(string program, string input, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        })!;
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new IOException($"{program} {string.Join(' ', arguments)}: {error.Trim()}");
    }
}
