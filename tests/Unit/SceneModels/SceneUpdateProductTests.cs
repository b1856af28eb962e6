using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Siaga.Messages;
using Siaga.SceneModels;
using Siaga.Tests.Unit.Fakes;

namespace Siaga.Tests.Unit.SceneModels;

/// <summary>A scene update among a clip's products: read, refused as a call of its own would be, and taken to the camera.</summary>
public sealed class SceneUpdateProductTests
{
    private static readonly SceneUpdateNote s_note = new()
    {
        Name = "clip-1", Base = 1, Size = 0, Sha256 = new string('a', 64), FootageMs = 0, ActiveFrames = 0, CapturedAt = default,
    };

    // Of these refusals none reaches the database; there is no camera.
    private readonly SceneUpdateProduct _product =
        new(new SubmitSceneUpdate.Handler(null!, null!, new FakeCameras(), new FakeStorage(), new FakeTimeProvider()));

    [Fact]
    public void It_takes_the_part_that_workers_call_so() => Assert.Equal("scene_update", _product.Part);

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[]")]
    public async Task What_is_no_update_cannot_be_read(string product) => await Assert.ThrowsAsync<JsonException>(
        () => _product.TakeAsync(9, JsonElement.Parse(product), CancellationToken.None));

    [Fact]
    public async Task An_update_at_its_least_is_looked_for_at_its_camera() => Assert.Equal("camera_not_found", await CodeOfAsync(s_note));

    [Fact]
    public async Task An_update_that_cannot_be_is_refused()
    {
        Assert.Equal("lesson_invalid", await CodeOfAsync(s_note with { Name = "a/b" }));
        Assert.Equal("lesson_invalid", await CodeOfAsync(s_note with { Sha256 = "a" }));
        Assert.Equal("lesson_invalid", await CodeOfAsync(s_note with { Base = 0 }));
        Assert.Equal("lesson_invalid", await CodeOfAsync(s_note with { Size = -1 }));
        Assert.Equal("lesson_invalid", await CodeOfAsync(s_note with { FootageMs = -1 }));
        Assert.Equal("lesson_invalid", await CodeOfAsync(s_note with { ActiveFrames = -1 }));
    }

    private async Task<string?> CodeOfAsync(SceneUpdateNote note)
    {
        var product = JsonSerializer.SerializeToElement(note, MessageJsonContext.Default.SceneUpdateNote);
        return (await _product.TakeAsync(9, product, CancellationToken.None)).Error?.Code;
    }
}
