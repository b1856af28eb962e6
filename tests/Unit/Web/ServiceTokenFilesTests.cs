using Siaga.Web;

namespace Siaga.Tests.Unit.Web;

public sealed class ServiceTokenFilesTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Without_a_file_a_token_stays_as_it_is(string? file)
    {
        var options = Read(new ServiceTokenOptions { Worker = "secret", WorkerFile = file, IngestionFile = file });
        Assert.Equal("secret", options.Worker);
        Assert.Null(options.Ingestion);
    }

    [Fact]
    public void A_token_and_its_file_are_one_too_many_and_the_error_names_the_setting()
    {
        var worker = new ServiceTokenOptions { Worker = "secret", WorkerFile = "no such file" };
        Assert.StartsWith(
            "ServiceTokens:Worker and ", Assert.Throws<InvalidOperationException>(() => Read(worker)).Message, StringComparison.Ordinal);
        var ingestion = new ServiceTokenOptions { Ingestion = "secret", IngestionFile = "no such file" };
        Assert.StartsWith(
            "ServiceTokens:Ingestion and ",
            Assert.Throws<InvalidOperationException>(() => Read(ingestion)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void A_file_counts_where_the_token_is_empty_and_one_that_is_missing_stops_the_start(string? token) =>
        Assert.Throws<FileNotFoundException>(() => Read(new ServiceTokenOptions { Worker = token, WorkerFile = "no such file" }));

    private static ServiceTokenOptions Read(ServiceTokenOptions options)
    {
        new ServiceTokenFiles().PostConfigure(null, options);
        return options;
    }
}
