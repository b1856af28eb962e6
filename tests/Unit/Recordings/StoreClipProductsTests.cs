using System.Text.Json;
using Siaga.Ports;
using Siaga.Primitives;
using Siaga.Recordings;

namespace Siaga.Tests.Unit.Recordings;

public sealed class StoreClipProductsTests
{
    [Fact]
    public async Task A_part_that_is_taken_is_answered_as_a_call_of_its_own() =>
        Assert.Equal((200, """{"a":1}"""), await AnswerAsync(() => JsonElement.Parse("""{"a":1}""")));

    [Theory]
    [InlineData(ErrorKind.Invalid, 400)]
    [InlineData(ErrorKind.NotFound, 404)]
    [InlineData(ErrorKind.Unavailable, 503)]
    public async Task A_part_that_is_refused_does_not_refuse_the_others(ErrorKind kind, int status) =>
        Assert.Equal((status, ""), await AnswerAsync(() => new Error(kind, "a", "No.")));

    [Fact]
    public async Task A_part_that_cannot_be_read_is_the_worker_s_fault_and_a_bug_is_ours()
    {
        Assert.Equal((400, ""), await AnswerAsync(() => throw new JsonException()));
        await Assert.ThrowsAsync<IOException>(() => AnswerAsync(() => throw new IOException()));
    }

    private static async Task<(int Status, string Body)> AnswerAsync(Func<Result<JsonElement>> take)
    {
        var answer = await StoreClipProducts.TakeAsync(new Part(take), 9, JsonElement.Parse("{}"), CancellationToken.None);
        return (answer.Status, answer.Body?.GetRawText() ?? "");
    }

    private sealed class Part(Func<Result<JsonElement>> take) : IClipProduct
    {
        string IClipProduct.Part => "picture";

        public Task<Result<JsonElement>> TakeAsync(long cameraId, JsonElement product, CancellationToken cancellationToken) =>
            Task.FromResult(take());
    }
}
