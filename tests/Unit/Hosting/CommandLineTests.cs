using System.CommandLine;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Siaga.Composition.Wiring;
using Siaga.Composition.Wiring.Hosting;

namespace Siaga.Tests.Unit.Hosting;

/// <summary>What a command line means, and what a start that fails says.</summary>
public sealed class CommandLineTests : IDisposable
{
    private readonly TextWriter _error = Console.Error;
    private readonly StringWriter _said = new();

    // No other class of this project writes to standard error.
    public CommandLineTests() => Console.SetError(_said);

    public void Dispose()
    {
        Console.SetError(_error);
        _said.Dispose();
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("--port 0 --bind 0.0.0.0 --json", true)]
    [InlineData("--port 65535", true)]
    [InlineData("--port 65536", false)]
    [InlineData("--port -1", false)]
    [InlineData("--port ten", false)]
    [InlineData("--set Worker:Concurrency=4 --set Web:PublicUrl=", true)]
    [InlineData("--set Worker:Concurrency", false)]
    [InlineData("--set =4", false)]
    [InlineData("--colour red", false)]
    public void A_command_line_is_understood_or_refused(string line, bool isFine)
    {
        var command = ServiceCommand.Give(new RootCommand("A service."), [new ServicePart("worker", 8082) { Add = (_, _) => { } }]);
        Assert.Equal(isFine, command.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Errors.Count == 0);
    }

    [Fact]
    public void Settings_are_read_up_to_the_first_equals_sign()
    {
        var command = new RootCommand("A command.");
        var options = SettingsOptions.AddTo(command);
        var parsed = command.Parse(["--data", "folder", "--set", "Database:Backend=Host=a", "--set", "Web:PublicUrl="]);
        var settings = options.Of(parsed, "0.0.0.0", 8080, json: true);
        Assert.Equal(("0.0.0.0", 8080, true, "folder"), (settings.Bind, settings.Port, settings.Json, Path.GetFileName(settings.Folder)));
        Assert.Null(settings.ConfigFile);
        Assert.Equal(("Host=a", ""), (settings.Settings["database:backend"]!, settings.Settings["Web:PublicUrl"]!));
        Assert.Equal(2, settings.Settings.Count);
    }

    [Fact]
    public void A_command_that_only_reads_does_not_log()
    {
        var command = new RootCommand("A command.");
        var settings = SettingsOptions.AddTo(command).QuietlyOf(command.Parse(["--set", "Logging:LogLevel:Siaga=Trace"]));
        Assert.All((string[])["Default", "Siaga", "Microsoft"], c => Assert.Equal("None", settings.Settings[$"Logging:LogLevel:{c}"]));
    }

    public static TheoryData<Exception?, int, string> Ends => new()
    {
        { null, 0, "" },
        { new OperationCanceledException(), 0, "" },
        { new InvalidOperationException("No.\nNever."), 2, "siaga worker: No. Never.\n" },
        { new DataFolderInUseException("In use."), 2, "siaga worker: In use.\n" },
        { new IOException("No room."), 2, "siaga worker: No room.\n" },
        { new UnauthorizedAccessException("Not yours."), 2, "siaga worker: Not yours.\n" },
        { new FormatException("No number."), 2, "siaga worker: No number.\n" },
        { new OptionsValidationException("a", typeof(int), ["One.", "Two."]), 2, "siaga worker: Invalid settings: One. Two.\n" },
        {
            new AggregateException(
                new OptionsValidationException("a", typeof(int), ["One."]), new OptionsValidationException("b", typeof(int), ["Two."])),
            2, "siaga worker: Invalid settings: One. Two.\n"
        },
    };

    [Theory]
    [MemberData(nameof(Ends), DisableDiscoveryEnumeration = true)]
    public async Task What_stops_a_start_is_one_line_and_an_exit_code(Exception? exception, int code, string said)
    {
        Assert.Equal(code, await ServiceCommand.RefusingAsync("worker", () => exception is null ? Task.CompletedTask : throw exception));
        Assert.Equal(said, _said.ToString().ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task A_bug_is_not_refused()
    {
        await Assert.ThrowsAsync<NotSupportedException>(
            () => ServiceCommand.RefusingAsync("worker", () => throw new NotSupportedException()));
        await Assert.ThrowsAsync<AggregateException>(() => ServiceCommand.RefusingAsync(
            "worker", () => throw new AggregateException(new NotSupportedException())));
    }

    [Fact]
    public async Task A_start_waits_for_what_may_pass_and_says_so_once()
    {
        var (time, tries) = (new FakeTimeProvider(), 0);
        var starting = StartWait.ForAsync(
            () => ++tries < 3 ? throw new IOException("Away.") : Task.CompletedTask, TimeSpan.FromSeconds(10), e => e.Message, time,
            CancellationToken.None);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.False(starting.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(1));
        await starting;
        Assert.Equal((3, "Away. Waiting until it is available.\n"), (tries, _said.ToString().ReplaceLineEndings("\n")));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(2, 3)]
    public async Task A_start_does_not_wait_longer_than_its_limit(int seconds, int tried)
    {
        var (time, tries) = (new FakeTimeProvider { AutoAdvanceAmount = TimeSpan.Zero }, 0);
        var starting = StartWait.ForAsync(
            () =>
            {
                tries++;
                throw new IOException("Away.");
            },
            TimeSpan.FromSeconds(seconds), e => e.Message, time, CancellationToken.None);
        for (var i = 0; i < seconds; i++)
            time.Advance(TimeSpan.FromSeconds(1));
        Assert.IsType<IOException>((await Assert.ThrowsAsync<InvalidOperationException>(() => starting)).InnerException);
        Assert.Equal(tried, tries);
    }

    [Fact]
    public async Task What_waiting_cannot_fix_is_told_at_once()
    {
        await Assert.ThrowsAsync<IOException>(() => StartWait.ForAsync(
            () => throw new IOException(), TimeSpan.FromSeconds(10), _ => null, new FakeTimeProvider(), CancellationToken.None));
        Assert.Equal("", _said.ToString());
    }
}
