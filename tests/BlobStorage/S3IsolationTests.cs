using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Siaga.Tests.BlobStorage;

/// <summary>
/// The library takes nothing from a machine's AWS settings, of which each here leads elsewhere: to another server, key, region, or form of
/// requests.
/// </summary>
public sealed class S3IsolationTests : IAsyncLifetime
{
    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("siaga-aws-");
    private readonly UdpClient _monitor = new(new IPEndPoint(IPAddress.Loopback, 0));
    private ScriptedS3 _configured = null!;
    private ScriptedS3 _elsewhere = null!;
    private string _upload = "";

    public async ValueTask InitializeAsync()
    {
        _configured = await ScriptedS3.StartAsync(Answer);
        _elsewhere = await ScriptedS3.StartAsync(ScriptedAnswer.Error(403, "AccessDenied"));
    }

    public async ValueTask DisposeAsync()
    {
        await _configured.DisposeAsync();
        await _elsewhere.DisposeAsync();
        _monitor.Dispose();
        _home.Delete(recursive: true);
    }

    /// <param name="isReadable">Whether the files can be read; the library fails when it reads one that is damaged.</param>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_machines_AWS_settings_change_nothing(bool isReadable)
    {
        var (code, lines) = await RunAsync(isReadable, "use-s3", _configured.Address.ToString());
        Assert.True(code == 0, string.Join('\n', lines));
        Assert.Contains("found 7/1/a.mp4", lines);

        // One address, and no name was asked for.
        Assert.Single(lines, l => l.StartsWith("connect ", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, l => l.StartsWith("resolve ", StringComparison.Ordinal));
        Assert.Empty(_elsewhere.Requests);
        Assert.Equal(0, _monitor.Available);
        Assert.True(
            _configured.Requests.Count == 17, string.Join('\n', _configured.Requests.Select(r => $"{r.Method} {r.Target}")));
        Assert.All(_configured.Requests, request =>
        {
            Assert.Contains("Credential=configured-key/", request.Headers.Authorization.ToString(), StringComparison.Ordinal);
            Assert.Contains("/configured-region/s3/aws4_request", request.Headers.Authorization.ToString(), StringComparison.Ordinal);
            Assert.StartsWith("/clips", request.Target, StringComparison.Ordinal);
            Assert.DoesNotContain(
                request.Headers, h => $"{h.Key} {h.Value} {request.Target}".Contains("hostile", StringComparison.OrdinalIgnoreCase));
            Assert.DoesNotContain(request.Headers.Keys, name => name.StartsWith("x-amz-checksum", StringComparison.OrdinalIgnoreCase));
            Assert.False(request.Headers.ContainsKey("User-Agent"));
            Assert.False(request.Headers.ContainsKey("x-amz-security-token"));
        });
        var link = Assert.Single(lines, l => l.StartsWith("link ", StringComparison.Ordinal));
        Assert.StartsWith($"link {_configured.Address}clips/7/1/a.mp4?", link, StringComparison.Ordinal);
        Assert.Contains("X-Amz-Credential=configured-key%2F", link, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_settings_lead_the_library_elsewhere_when_it_is_left_to_itself()
    {
        var (code, _) = await RunAsync(isReadable: true, "use-bare-library");
        Assert.NotEqual(0, code);
        Assert.NotEmpty(_elsewhere.Requests);
        Assert.Contains(
            _elsewhere.Requests, r => r.Headers.Authorization.ToString().Contains("hostile", StringComparison.Ordinal));
        Assert.True(_monitor.Available > 0);
    }

    /// <summary>A server without the bucket at first, which takes one object whole and one in parts.</summary>
    private ScriptedAnswer Answer(ScriptedRequest request, int before)
    {
        var copies = request.Headers.ContainsKey("x-amz-copy-source");
        if (request.Headers.TryGetValue("x-amz-meta-upload", out var name))
            _upload = name.ToString();
        return (request.Method, request.Target.TrimEnd('/')) switch
        {
            ("HEAD", "/clips") or ("HEAD", "/clips/7/1/b.mp4") => new ScriptedAnswer(404),
            ("HEAD", "/clips/0/0/likely.mp4") => new ScriptedAnswer(200)
            {
                Headers = [("x-amz-meta-upload", _upload), ("Content-Length", $"{S3UserProcess.TwoParts}"), ("ETag", "\"e\"")],
            },
            ("GET", var list) when list.Contains("list-type", StringComparison.Ordinal) =>
                new ScriptedAnswer(200, "<ListBucketResult><Contents><Key>7/1/a.mp4</Key><Size>10</Size></Contents></ListBucketResult>"),
            ("GET", var list) when list.Contains("uploads", StringComparison.Ordinal) =>
                new ScriptedAnswer(200, "<ListMultipartUploadsResult></ListMultipartUploadsResult>"),
            ("POST", var begin) when begin.Contains("uploads", StringComparison.Ordinal) =>
                new ScriptedAnswer(200, "<InitiateMultipartUploadResult><UploadId>u1</UploadId></InitiateMultipartUploadResult>"),
            ("POST", _) => new ScriptedAnswer(200, "<CompleteMultipartUploadResult><ETag>e</ETag></CompleteMultipartUploadResult>"),
            ("PUT", _) when copies => new ScriptedAnswer(200, "<CopyObjectResult><ETag>e</ETag></CopyObjectResult>"),
            ("DELETE", _) => new ScriptedAnswer(204),
            _ => new ScriptedAnswer(200) { Headers = [("ETag", "\"e\"")] },
        };
    }

    private async Task<(int Code, string[] Lines)> RunAsync(bool isReadable, params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, arguments)
        {
            RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
        };
        foreach (var name in start.Environment.Keys.Where(k => k.StartsWith("AWS_", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        foreach (var (name, value) in Hostile(isReadable))
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await process.WaitForExitAsync(limit.Token);
        return (process.ExitCode, $"{await output}\n{await error}".Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    private Dictionary<string, string> Hostile(bool isReadable)
    {
        var (elsewhere, port) = (_elsewhere.Address.ToString(), $"{((IPEndPoint)_monitor.Client.LocalEndPoint!).Port}");
        var aws = _home.CreateSubdirectory(".aws");
        var config = Path.Combine(aws.FullName, "config");
        var credentials = Path.Combine(aws.FullName, "credentials");
        var profile = $"""
            region = hostile-1
            endpoint_url = {elsewhere}
            use_dualstack_endpoint = true
            use_fips_endpoint = true
            s3_use_arn_region = true
            s3_us_east_1_regional_endpoint = legacy
            request_checksum_calculation = when_supported
            response_checksum_validation = when_supported
            retry_mode = adaptive
            max_attempts = 9
            defaults_mode = auto
            sdk_ua_app_id = hostile
            csm_enabled = true
            csm_host = 127.0.0.1
            csm_port = {port}
            {(isReadable ? "" : "neither a section nor a property")}
            """;
        File.WriteAllText(config, $"[default]\n{profile}\n[profile hostile]\n{profile}\n");
        File.WriteAllText(
            credentials,
            "[default]\naws_access_key_id = hostile-file\naws_secret_access_key = s\n"
            + "[hostile]\naws_access_key_id = hostile-file\naws_secret_access_key = s\n");
        return new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["HOME"] = _home.FullName,
            ["AWS_CONFIG_FILE"] = config,
            ["AWS_SHARED_CREDENTIALS_FILE"] = credentials,
            ["AWS_PROFILE"] = "hostile",
            ["AWS_ACCESS_KEY_ID"] = "hostile-environment",
            ["AWS_SECRET_ACCESS_KEY"] = "s",
            ["AWS_SESSION_TOKEN"] = "hostile-token",
            ["AWS_REGION"] = "hostile-1",
            ["AWS_DEFAULT_REGION"] = "hostile-1",
            ["AWS_ENDPOINT_URL"] = elsewhere,
            ["AWS_ENDPOINT_URL_S3"] = elsewhere,
            ["AWS_EC2_METADATA_SERVICE_ENDPOINT"] = elsewhere,
            ["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = elsewhere,
            ["AWS_DEFAULTS_MODE"] = "auto",
            ["AWS_RETRY_MODE"] = "adaptive",
            ["AWS_MAX_ATTEMPTS"] = "9",
            ["AWS_USE_DUALSTACK_ENDPOINT"] = "true",
            ["AWS_USE_FIPS_ENDPOINT"] = "true",
            ["AWS_S3_USE_ARN_REGION"] = "true",
            ["AWS_S3_US_EAST_1_REGIONAL_ENDPOINT"] = "legacy",
            ["AWS_REQUEST_CHECKSUM_CALCULATION"] = "when_supported",
            ["AWS_RESPONSE_CHECKSUM_VALIDATION"] = "when_supported",
            ["AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES"] = "1",
            ["AWS_ENABLE_ENDPOINT_DISCOVERY"] = "true",
            ["AWS_ACCOUNT_ID"] = "hostile",
            ["AWS_ACCOUNT_ID_ENDPOINT_MODE"] = "required",
            ["AWS_AUTH_SCHEME_PREFERENCE"] = "sigv4a",
            ["AWS_SIGV4A_SIGNING_REGION_SET"] = "hostile-1",
            ["AWS_EXECUTION_ENV"] = "hostile",
            ["AWS_SDK_UA_APP_ID"] = "hostile",
            ["AWS_CSM_ENABLED"] = "true",
            ["AWS_CSM_HOST"] = "127.0.0.1",
            ["AWS_CSM_PORT"] = port,
        };
    }
}
