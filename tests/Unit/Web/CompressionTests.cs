using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.DependencyInjection;
using Siaga.Tests.Unit.Fakes;
using Siaga.Web;

namespace Siaga.Tests.Unit.Web;

public sealed class CompressionTests
{
    [Theory]
    [InlineData("application/json", false, true)]
    [InlineData("application/json", true, false)]
    [InlineData("video/mp4", false, false)]
    public void Json_is_compressed_unless_it_holds_a_secret(string type, bool holdsSecret, bool isCompressed)
    {
        var services = new ServiceCollection().AddLogging();
        Compression.Add(services);
        using var provider = services.BuildServiceProvider();
        var context = FakeRequest.To("/");
        context.Response.ContentType = type;
        context.SetEndpoint(new Endpoint(null, holdsSecret ? new EndpointMetadataCollection(HoldsSecret.Instance) : null, ""));
        Assert.Equal(isCompressed, provider.GetRequiredService<IResponseCompressionProvider>().ShouldCompressResponse(context));
    }
}
