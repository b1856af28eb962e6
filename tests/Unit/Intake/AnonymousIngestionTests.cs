using System.Net;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Siaga.Intake;
using Siaga.Tests.Unit.Fakes;
using Siaga.Web;

namespace Siaga.Tests.Unit.Intake;

public sealed class AnonymousIngestionTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly FakeServer _backend;
    private readonly AnonymousIngestion _cameras;
    private Func<HttpResponseMessage> _answer = () => FakeServer.Json("""{"camera_id":9,"company_id":7}""");

    public AnonymousIngestionTests()
    {
        _backend = new FakeServer(_ => _answer());
        _cameras = new AnonymousIngestion(new IngestionApi(_backend.ToBackend()), Options.Create(new CompatibilityOptions()), _time);
    }

    public void Dispose() => _backend.Dispose();

    [Fact]
    public void Without_the_setting_it_is_not_allowed() => Assert.False(_cameras.AreAllowed);

    [Theory]
    [InlineData(null, "camera_id_missing")]
    [InlineData("", "camera_id_missing")]
    [InlineData("../9", "camera_not_found")]
    [InlineData("9 ", "camera_not_found")]
    [InlineData("kam\u00e9ra", "camera_not_found")]
    public async Task What_names_no_camera_is_refused_without_asking(string? name, string code)
    {
        Assert.Equal(code, await CodeOfAsync(name));
        Assert.Empty(_backend.Asked);
    }

    [Theory]
    [InlineData(64, 1)]
    [InlineData(65, 0)]
    public async Task A_name_has_at_most_64_characters(int length, int asked)
    {
        await CodeOfAsync(new string('a', length));
        Assert.Equal(asked, _backend.Asked.Count);
    }

    [Fact]
    public async Task A_camera_is_asked_for_once_in_half_a_minute()
    {
        Assert.Equal(9, (await _cameras.FindAsync("gate", TestContext.Current.CancellationToken)).Value.CameraId);
        _time.Advance(TimeSpan.FromSeconds(30) - TimeSpan.FromTicks(1));
        Assert.Null(await CodeOfAsync("gate"));
        Assert.Single(_backend.Asked);
        _answer = () => FakeServer.Empty(HttpStatusCode.NotFound);
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal("camera_not_found", await CodeOfAsync("gate"));
        Assert.Equal("camera_not_found", await CodeOfAsync("gate"));
        Assert.Equal(2, _backend.Asked.Count);
    }

    [Fact]
    public async Task A_backend_that_is_away_is_said_to_be_and_asked_again_at_once()
    {
        _answer = () => throw new HttpRequestException("away");
        Assert.Equal("camera_unverified", await CodeOfAsync("gate"));
        _answer = () => FakeServer.Json("""{"camera_id":9,"company_id":7}""");
        Assert.Null(await CodeOfAsync("gate"));
    }

    private async Task<string?> CodeOfAsync(string? name) =>
        (await _cameras.FindAsync(name, TestContext.Current.CancellationToken)).Error?.Code;
}
