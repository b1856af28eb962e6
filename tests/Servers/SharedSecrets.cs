namespace Siaga.Tests.Servers;

/// <summary>The secrets that services on several machines share, as settings.</summary>
internal static class SharedSecrets
{
    public static IReadOnlyList<(string Setting, string Value)> Settings { get; } =
    [
        ("Auth:SigningKey", Convert.ToBase64String([.. Enumerable.Range(1, 48).Select(i => (byte)(i * 37))])),
        ("ServiceTokens:Worker", "worker-token-for-the-tests-only"),
        ("ServiceTokens:Ingestion", "ingestion-token-for-the-tests-only"),
    ];

    /// <summary>The settings as arguments of <c>--set</c>.</summary>
    public static IEnumerable<string> Assignments => Settings.Select(s => $"{s.Setting}={s.Value}");
}
