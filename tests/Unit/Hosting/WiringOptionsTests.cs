using System.Data.Common;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Siaga.Composition.Backend;
using Siaga.Composition.Wiring;
using Siaga.Web;

namespace Siaga.Tests.Unit.Hosting;

public sealed class WiringOptionsTests
{
    [Theory]
    [InlineData("Host=db;Database=a", "Host=db;Database=b", true)]
    [InlineData("Host=db;Database=a", "host=DB;database=a", false)]
    [InlineData("", "", true)]
    [InlineData(null, null, true)]
    public void Each_service_has_a_database_of_its_own(string? backend, string? ingestion, bool isFine) => Assert.Equal(
        isFine, new SeparateDatabases().Validate(null, new DatabaseOptions { Backend = backend, Ingestion = ingestion }).Succeeded);

    [Theory]
    [InlineData("backend", "Database:Backend")]
    [InlineData("ingestion", "Database:Ingestion")]
    public void A_database_that_is_not_named_is_refused_by_its_setting(string service, string setting)
    {
        var options = service == "backend" ? new DatabaseOptions { Ingestion = "Host=b" } : new DatabaseOptions { Backend = "Host=a" };
        Assert.StartsWith(
            setting, Assert.Throws<InvalidOperationException>(() => options.PostgresOf(service)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_database_that_is_named_is_the_service_s()
    {
        var options = new DatabaseOptions { Backend = "Host=a", Ingestion = "Host=b", MaxConnections = 7 };
        Assert.Equal(("Host=a", 7), (options.PostgresOf("backend").ConnectionString, options.PostgresOf("backend").MaxConnections));
        Assert.Equal("Host=b", options.PostgresOf("ingestion").ConnectionString);
    }

    [Theory]
    [InlineData(BrokerKind.Embedded, null, true)]
    [InlineData(BrokerKind.RabbitMq, null, false)]
    [InlineData(BrokerKind.RabbitMq, "amqp://mq", true)]
    [InlineData(BrokerKind.RabbitMq, "amqps://mq", true)]
    [InlineData(BrokerKind.RabbitMq, "http://mq", false)]
    [InlineData(BrokerKind.RabbitMq, "mq", false)]
    public void A_broker_on_a_server_is_named(BrokerKind broker, string? url, bool isFine)
    {
        var options = new MessagingOptions { Broker = broker };
        options.RabbitMq.Url = url is null ? null : new Uri(url, UriKind.RelativeOrAbsolute);
        Assert.Equal(isFine, new BrokerIsNamed().Validate(null, options).Succeeded);
        options.RabbitMq.PasswordFile = "no such file";
        Assert.Equal(isFine && broker == BrokerKind.Embedded, new BrokerIsNamed().Validate(null, options).Succeeded);
    }

    [Fact]
    public void Of_a_storage_on_a_server_all_that_is_missing_is_told_at_once()
    {
        Assert.True(new StorageIsNamed().Validate(null, new StorageOptions()).Succeeded);
        var wrong = new StorageIsNamed().Validate(null, new StorageOptions { Kind = StorageKind.S3 });
        Assert.Equal(4, wrong.Failures!.Count());
    }

    [Theory]
    [InlineData("http://s3:9000", null, "", true)]
    [InlineData("https://s3", "https://clips.example", "", true)]
    [InlineData("ftp://s3", null, "", false)]
    [InlineData("http://s3:9000/path", null, "", false)]
    [InlineData("http://s3:9000", "https://clips.example/path", "", false)]
    [InlineData("http://s3:9000", null, "no such file", false)]
    public void A_storage_s_address_has_no_path_and_its_keys_are_there(string endpoint, string? forPublic, string keyFile, bool isFine)
    {
        var options = new StorageOptions
        {
            Kind = StorageKind.S3,
            S3 = new S3Settings
            {
                Endpoint = new Uri(endpoint), PublicEndpoint = forPublic is null ? null : new Uri(forPublic), Bucket = "clips",
                AccessKey = "a", SecretKey = keyFile.Length == 0 ? "b" : null, SecretKeyFile = keyFile,
            },
        };
        Assert.Equal(isFine, new StorageIsNamed().Validate(null, options).Succeeded);
    }

    [Fact]
    public void An_empty_setting_counts_as_not_set_so_that_the_key_s_file_is_read()
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, "from the file\n");
            var s3 = new S3Settings
            {
                Endpoint = new Uri("http://s3:9000"), Bucket = "clips", AccessKey = "", AccessKeyFile = file, SecretKey = "given",
                SecretKeyFile = file,
            };
            Assert.True(new StorageIsNamed().Validate(null, new StorageOptions { Kind = StorageKind.S3, S3 = s3 }).Succeeded);
            Assert.Equal(("from the file", "given"), (s3.ToOptions().AccessKey, s3.ToOptions().SecretKey));
            (s3.AccessKey, s3.SecretKey) = ("given", "");
            Assert.Equal(("given", "from the file"), (s3.ToOptions().AccessKey, s3.ToOptions().SecretKey));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void An_empty_name_of_a_password_s_file_names_none()
    {
        var messaging = new MessagingOptions { Broker = BrokerKind.RabbitMq };
        (messaging.RabbitMq.Url, messaging.RabbitMq.PasswordFile) = (new Uri("amqp://mq"), "");
        Assert.True(new BrokerIsNamed().Validate(null, messaging).Succeeded);
        Assert.Null(messaging.RabbitMq.ToOptions().Password);
        Assert.Null(new DatabaseOptions { Backend = "Host=a", PasswordFile = "" }.PostgresOf("backend").Password);
    }

    [Fact]
    public void Secrets_that_are_missing_are_named()
    {
        var rule = new MissingSecrets([.. SharedSecret.All.Take(2)], new SecretFiles("no such folder"));
        var failure = rule.Validate(null, new ServiceTokenOptions());
        Assert.EndsWith("Auth:SigningKeyFile, ServiceTokens:WorkerFile.", failure.FailureMessage, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_a_failure_that_passes_by_itself_is_waited_for()
    {
        Assert.True(DatabaseWiring.MayPass(new InvalidOperationException("Migrating failed.", new Away(isTransient: true))));
        Assert.False(DatabaseWiring.MayPass(new Away(isTransient: false)));
        Assert.False(DatabaseWiring.MayPass(new TimeoutException()));
    }

    [Theory]
    [InlineData("Backend:Accounts:PasswordIterations", false)]
    [InlineData("Backend:Acounts:PasswordIterations", true)]
    public void An_unknown_section_of_the_backend_is_refused(string setting, bool isRefused)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new(setting, "2000")]).Build();
        var refused = Record.Exception(() => new ServiceCollection().AddBackend(configuration));
        Assert.Equal(isRefused, refused is InvalidOperationException);
    }

    private sealed class Away(bool isTransient) : DbException
    {
        public override bool IsTransient => isTransient;
    }
}
