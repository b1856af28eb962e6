using System.Globalization;

namespace Siaga.App.Dashboard.Api;

/// <summary>Calls about clips.</summary>
public sealed class ClipCalls(ApiClient api)
{
    public Task<Answer<Clip>> FindAsync(string clipId, CancellationToken cancellationToken = default) =>
        api.GetAsync($"/api/clips/{clipId}", ApiJson.Default.ShowRecordedClipResponse, cancellationToken);

    /// <summary>Requests a copy that browsers can play, and shows the clip.</summary>
    public async Task<Answer<Clip>> MakePlayableAsync(string clipId)
    {
        var asked = await api.SendAsync(HttpMethod.Post, $"/api/clips/{clipId}/playable", ApiJson.Default.AskForPlayableResponse);
        return asked.IsOk ? await FindAsync(clipId) : new Answer<Clip>(null, asked.Problem);
    }

    /// <summary>What a camera recorded between two times, oldest first, with links that play.</summary>
    public Task<Answer<ListRecordingsResponse>> RecordingsAsync(
        long cameraId, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken = default)
    {
        var path = string.Create(CultureInfo.InvariantCulture, $"/api/cameras/{cameraId}/recordings");
        return api.GetAsync(
            $"{path}?from={from.UtcDateTime:O}&to={to.UtcDateTime:O}&presign=1", ApiJson.Default.ListRecordingsResponse, cancellationToken);
    }

    public static string ExportPath(string clipId) => $"/api/clips/{clipId}/export";
}
