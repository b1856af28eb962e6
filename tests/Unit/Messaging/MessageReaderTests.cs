using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Siaga.Messaging;

namespace Siaga.Tests.Unit.Messaging;

public sealed class MessageReaderTests
{
    private readonly Handler _handler = new();
    private readonly MessageReader<Handler, List<int>> _reader;

    public MessageReaderTests() =>
        _reader = new MessageReader<Handler, List<int>>(
            _handler, (JsonTypeInfo<List<int>>)JsonSerializerOptions.Web.GetTypeInfo(typeof(List<int>)));

    [Fact]
    public async Task A_message_that_can_be_read_is_handled()
    {
        Assert.Same(HandlingResult.Done, await _reader.HandleAsync(Delivery("[1,2]"), CancellationToken.None));
        Assert.Equal([1, 2], _handler.Handled);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[1")]
    [InlineData("null")]
    public async Task One_that_cannot_is_dead_at_once_and_reaches_no_handler(string body)
    {
        var result = Assert.IsType<HandlingResult.RejectResult>(await _reader.HandleAsync(Delivery(body), CancellationToken.None));
        Assert.Equal("message_unreadable", result.Code);
        await _reader.OnGivenUpAsync(Delivery(body), "Too often.", CancellationToken.None);
        Assert.Null(_handler.Handled);
        Assert.Null(_handler.GivenUp);
    }

    [Fact]
    public async Task One_that_is_given_up_is_told_to_its_handler()
    {
        await _reader.OnGivenUpAsync(Delivery("[3]"), "Too often.", CancellationToken.None);
        Assert.Equal("3: Too often.", _handler.GivenUp);
    }

    private static Delivery Delivery(string body) => new("m1", "work", Encoding.UTF8.GetBytes(body), null, 1, default);

    internal sealed class Handler : IMessageHandler<List<int>>
    {
        public List<int>? Handled { get; private set; }

        public string? GivenUp { get; private set; }

        public Task<HandlingResult> HandleAsync(List<int> message, CancellationToken cancellationToken)
        {
            Handled = message;
            return Task.FromResult(HandlingResult.Done);
        }

        public Task OnGivenUpAsync(List<int> message, string reason, CancellationToken cancellationToken)
        {
            GivenUp = $"{message.Single()}: {reason}";
            return Task.CompletedTask;
        }
    }
}
