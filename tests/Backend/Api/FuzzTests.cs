using System.Globalization;
using System.Text;

namespace Siaga.Tests.Backend.Api;

/// <summary>
/// Sends valid and invalid requests generated from the document. No answer is a 5xx, and every answer fits the document.
/// <c>SIAGA_FUZZ_REQUESTS</c> sets their number (default 1,500; the full run is 20,000), <c>SIAGA_SEED</c> the seed.
/// </summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    private const int BatchSize = 500;
    private const int RenewEvery = 40;
    private const int DefaultRequests = 1500;
    private const int DefaultSeed = 20_261_124;
    private const int MaxMisfitsShown = 20;

    [Fact]
    public async Task No_request_made_from_the_document_breaks_anything_and_every_answer_fits_the_document()
    {
        var total = Setting("SIAGA_FUZZ_REQUESTS", DefaultRequests);
        var seed = Setting("SIAGA_SEED", DefaultSeed);
        var misfits = new List<string>();
        var statuses = new SortedDictionary<int, int>();
        var api = await DescribeAsync();
        for (var sent = 0; sent < total;)
        {
            // Each batch has a Backend of its own, because the fuzzer deletes what it finds, including its own rights.
            var size = Math.Min(BatchSize, total - sent);
            sent += await RunBatchAsync(api, seed + sent, size, statuses, misfits);
        }

        output.WriteLine(
            $"SIAGA_SEED={seed} SIAGA_FUZZ_REQUESTS={total}: {string.Join(", ", statuses.Select(s => $"{s.Key}: {s.Value}"))}");
        Assert.True(
            misfits.Count == 0, $"SIAGA_SEED={seed}: {misfits.Count} of {total}\n{string.Join("\n", misfits.Take(MaxMisfitsShown))}");
        Assert.True(statuses.Keys.Count >= 8 && statuses[200] > total / 8, "The requests reach nothing.");
    }

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? value
            : otherwise;

    private static async Task<ApiDescription> DescribeAsync()
    {
        await using var host = new WholeHost();
        await host.InitializeAsync();
        return await ApiDescription.ReadAsync(host);
    }

    /// <returns>How many were sent; ends early when no one is left who could grant access again.</returns>
    private static async Task<int> RunBatchAsync(
        ApiDescription api, int seed, int size, SortedDictionary<int, int> statuses, List<string> misfits)
    {
        await using var host = new WholeHost();
        await host.InitializeAsync();
        var random = new Random(seed);
        var (callers, ids) = await PopulateAsync(host);
        for (var i = 0; i < size; i++)
        {
            // Some callers have signed out, been deleted or changed passwords: create new ones around what is left.
            if (i % RenewEvery == 0 && i > 0)
            {
                if ((await host.Root.GetAsync("/api/companies")).Status != 200)
                    return i;
                (callers, ids) = await PopulateAsync(host);
            }

            var request = new RequestMaker(api, random, ids).Next();
            var caller = CallerOf(request.Operation, callers, random);
            var misfit = await SendAsync(api, caller, request, statuses);
            if (misfit is not null)
                misfits.Add(
                    $"{request.Operation.Name}: {misfit}\n  {request.Path}\n  {request.Shown}\n  {string.Join(", ", request.Headers)}");
        }

        return size;
    }

    private static async Task<(Dictionary<string, Client[]> Callers, string[] Ids)> PopulateAsync(WholeHost host)
    {
        var tenant = await host.MakeTenantAsync();
        var other = await host.MakeTenantAsync();
        var anomaly = await host.ReportAnomalyAsync(tenant);
        var foreign = await host.ReportAnomalyAsync(other);
        var (keyId, key) = await WholeHost.MakeKeyAsync(tenant.Admin, tenant.CameraId);
        var camera = new Client(host, ("X-Camera-Key", key));
        var clip = (await host.UploadAsync(camera)).Json.GetProperty("clip_id").GetString()!;
        var made = await tenant.Admin.PostAsync("/api/worker-tokens", new { name = "outside" });
        var worker = new Client(host, ("Authorization", $"Bearer {made.Json.GetProperty("token").GetString()}"));
        var people = new[] { tenant.User, tenant.Admin, tenant.Admin, host.Root, host.Root };
        var callers = new Dictionary<string, Client[]>(StringComparer.Ordinal)
        {
            [Web.SecurityMetadata.Person] = people,
            [Web.SecurityMetadata.WorkerBearer] = [host.Worker, worker],
            [Web.SecurityMetadata.WorkerToken] = [host.Worker, worker],
            [Web.SecurityMetadata.CameraBearer] = [camera],
            [Web.SecurityMetadata.CameraKey] = [camera],
            [""] = [
                host.Anonymous, host.Ingestion, new Client(host, ("Authorization", "Bearer nonsense")),
                new Client(host, ("Authorization", "Basic é")), .. people, camera, worker],
        };
        string[] ids =
        [
            $"{tenant.CompanyId}", $"{tenant.CameraId}", $"{anomaly}", $"{keyId}", $"cam{tenant.CameraId}", clip, $"{other.CameraId}",
            $"{foreign}", $"{Expect.Id(tenant.User.Session.GetProperty("user"))}", $"{Expect.Id(tenant.Admin.Session.GetProperty("user"))}",
            $"{Expect.Id(made.Json)}", "1", "2", "3", "4",
        ];
        return (callers, ids);
    }

    private static Client CallerOf(ApiOperation operation, Dictionary<string, Client[]> callers, Random random)
    {
        var schemes = operation.Schemes.ToList();
        var scheme = schemes.Count == 0 || random.NextDouble() < 0.1 ? "" : schemes[random.Next(schemes.Count)];
        return callers[scheme][random.Next(callers[scheme].Length)];
    }

    private static async Task<string?> SendAsync(
        ApiDescription api, Client caller, MadeRequest request, SortedDictionary<int, int> statuses)
    {
        using var response = await caller.OpenAsync(
            new HttpMethod(request.Operation.Method), request.Path, request.Content, HttpCompletionOption.ResponseHeadersRead,
            [.. request.Headers]);
        var status = (int)response.StatusCode;
        statuses[status] = statuses.GetValueOrDefault(status) + 1;
        var type = response.Content.Headers.ContentType?.MediaType;

        // An event stream never ends by itself.
        var text = type == "text/event-stream" ? "" : await TextOf(response);

        // Kestrel refuses a path with a NUL character before this API sees it.
        if (status == 400 && text.Length == 0 && request.Path.Contains("%00", StringComparison.Ordinal))
            return null;
        if (status >= 500)
            return $"{status} {text}";
        if (text.Contains("Exception", StringComparison.Ordinal) || text.Contains("   at Siaga", StringComparison.Ordinal))
            return $"shows its inside: {text}";
        return api.Misfit(request.Operation, status, type, text) is { } misfit
            ? $"{misfit} in {(text.Length > 300 ? text[..300] : text)}"
            : null;
    }

    private static async Task<string> TextOf(HttpResponseMessage response)
    {
        await using var raw = await response.Content.ReadAsStreamAsync();
        await using Stream plain = response.Content.Headers.ContentEncoding.FirstOrDefault() switch
        {
            "gzip" => new System.IO.Compression.GZipStream(raw, System.IO.Compression.CompressionMode.Decompress),
            "br" => new System.IO.Compression.BrotliStream(raw, System.IO.Compression.CompressionMode.Decompress),
            _ => raw,
        };
        using var reader = new StreamReader(plain, Encoding.UTF8);
        return await reader.ReadToEndAsync();
    }
}
