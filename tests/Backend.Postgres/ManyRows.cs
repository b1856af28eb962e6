namespace Siaga.Tests.Backend;

/// <summary>Enough rows in every table that a full scan is the wrong plan.</summary>
internal static class ManyRows
{
    /// <summary>One of 200 companies; it has every 200th row.</summary>
    public const long Company = 7;

    /// <summary>One of the company's cameras.</summary>
    public const long Camera = 6;

    /// <summary>One of the company's clips.</summary>
    public const string Clip = "clip6";

    private const string Times =
        "SELECT i, timestamptz '2026-11-24T08:00:00Z' + i * interval '0.1 s' AS at FROM generate_series(1, 100000) i ORDER BY i";

    public static async Task FillAsync(TestDatabase database)
    {
        string[] statements =
        [
            "INSERT INTO companies (name, created_at) SELECT 'Company ' || i, now() FROM generate_series(1, 200) i",
            """
            INSERT INTO users (company_id, email, role, password_hash, created_at)
            SELECT 1 + i % 200, 'user' || i || '@siaga.test', 'user', 'none', now() FROM generate_series(1, 10000) i
            """,
            """
            INSERT INTO cameras (company_id, name, stream_key, time_zone, created_at)
            SELECT 1 + i % 200, 'Camera ' || i, 'cam' || i, 'UTC', now() FROM generate_series(1, 10000) i
            """,
            """
            INSERT INTO camera_keys (company_id, camera_id, prefix, hash, created_at, changed_at)
            SELECT 1 + i % 200, i, 'sck_xxxx', md5(i::text) || md5(i::text), now(),
                   timestamptz '2026-11-24T08:00:00Z' + i * interval '0.4 s'
            FROM generate_series(1, 10000) i
            """,
            $"""
             INSERT INTO analyses (company_id, camera_id, task_id, clip_id, storage_key, state, labels, anomaly, confidence, windows,
                                   frames, seconds,
                                   decode_ms, infer_ms, captured_at, received_at, reported_at)
             SELECT 1 + i % 200, 1 + i % 10000, 'task' || i, 'clip' || i, 'key' || i, 'analysed', '{"{}"}', true, 0.9, '[]', 1, 1, 1, 1,
                    at, at, at FROM ({Times}) t
             """,
            $"""
             INSERT INTO anomalies (company_id, camera_id, analysis_id, anomaly_type, confidence, storage_key, captured_at, received_at,
                                    reported_at, status)
             SELECT 1 + i % 200, 1 + i % 10000, i, (ARRAY['brawl', 'fall', 'arson'])[1 + i % 3], 0.9, 'k/' || i, at, at, at,
                    (ARRAY['new', 'acknowledged', 'resolved'])[1 + i % 7 % 3] FROM ({Times}) t
             """,
            $"""
             INSERT INTO recordings (company_id, camera_id, clip_id, storage_key, size, sha256, captured_at, received_at)
             SELECT 1 + i % 200, 1 + i % 10000, 'clip' || i, 'k/' || i, 1, 'x', at, at FROM ({Times}) t
             """,
            """
            INSERT INTO camera_footage (camera_id, company_id, last_clip_at, last_received_at, usual_ms)
            SELECT i, 1 + (i - 1) % 200, now(), now(), 10000 FROM generate_series(1, 10000) i
            """,
            $"""
             INSERT INTO clip_copies (clip_id, company_id, camera_id, state, asked_at, size)
             SELECT 'clip' || i, 1 + i % 200, 1 + i % 10000, 'Preparing', at, 0 FROM ({Times}) t
             """,
            "INSERT INTO audit (company_id, at, actor, action, target) "
                + $"SELECT 1 + i % 200, at, 'somebody', 'something.done', 'x' FROM ({Times}) t",
            "INSERT INTO events (company_id, kind, subject_id, created_at) "
                + $"SELECT 1 + i % 200, 'anomaly', i, at FROM ({Times}) t WHERE i <= 50000",
            $"""
             INSERT INTO scene_versions (company_id, camera_id, number, storage_key, size, sha256, footage_ms, active_frames, view_start,
                                         made_at)
             SELECT 1 + i % 200, 1 + i % 10000, 1 + i / 10000, CASE WHEN i > 90000 THEN 'v' || i END, 1, 'x', 1, 1, 1, at FROM ({Times}) t
             """,
            $"""
             INSERT INTO scene_lessons (company_id, camera_id, name, base, storage_key, size, sha256, footage_ms, active_frames, has_moved,
                                        is_stored, captured_at, lodged_at, merged_into)
             SELECT 1 + i % 200, 1 + i % 10000, 'clip' || i, 1, CASE WHEN i > 90000 THEN 'l' || i END, 1, 'x', 1, 1, false, true, at, at,
                    CASE WHEN i <= 90000 THEN 1 END FROM ({Times}) t
             """,
            "VACUUM ANALYZE",
        ];
        foreach (var statement in statements)
            await database.ExecuteAsync(statement);
    }
}
