using Siaga.Tests.Servers;

namespace Siaga.Bench.Backend;

/// <summary>Inserts companies, cameras and the given number of anomalies, as realistic as needed.</summary>
internal static class Seed
{
    public static async Task FillAsync(PostgresServer server, string database, long rows)
    {
        const int companies = TestHost.Companies;
        const int cameras = companies * 10;
        string[] statements =
        [
            $"INSERT INTO companies (name, created_at) SELECT 'Company ' || i, now() FROM generate_series(1, {companies}) i",
            $"""
             INSERT INTO cameras (company_id, name, stream_key, time_zone, created_at)
             SELECT 1 + i % {companies}, 'Camera ' || i, 'cam' || i, 'UTC', now() FROM generate_series(1, {cameras}) i
             """,
            $"""
             INSERT INTO anomalies (company_id, camera_id, analysis_id, anomaly_type, confidence, storage_key, clip_id, from_s, to_s,
                                    captured_at, received_at, reported_at, status)
             SELECT 1 + i % {companies}, 1 + i % {cameras}, i, (ARRAY['brawl', 'fall', 'arson'])[1 + i % 3], 0.5 + (i % 50) / 100.0,
                    (1 + i % {companies}) || '/' || (1 + i % {cameras}) || '/2026/11/24/' || id || '_20261124T080000Z.mp4', id,
                    2, 4, at, at + interval '5 s', at + interval '6 s', (ARRAY['new', 'acknowledged', 'resolved'])[1 + i % 7 % 3]
             FROM (SELECT i, gen_random_uuid()::text AS id, timestamptz '2026-11-24T08:00:00Z' + i * interval '1 s' AS at
                   FROM generate_series(1, {rows}) i) made ORDER BY i
             """,
            "VACUUM ANALYZE",
        ];
        foreach (var statement in statements)
            await server.ExecuteAsync(statement, database);
    }
}
