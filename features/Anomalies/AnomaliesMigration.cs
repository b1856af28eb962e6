using FluentMigrator;

namespace Siaga.Anomalies;

/// <summary>Covering indexes: latency queries over a million reports read only the index.</summary>
[Migration(2026_11_24_1312, "analyses: times by company, by camera and of all")]
public sealed class AnalysisTimesMigration : Migration
{
    public override void Up()
    {
        Create.Index("ix_analyses_company_times").OnTable("analyses")
            .OnColumn("company_id").Ascending().OnColumn("reported_at").Ascending().OnColumn("received_at").Ascending();
        Create.Index("ix_analyses_camera_times").OnTable("analyses")
            .OnColumn("camera_id").Ascending().OnColumn("reported_at").Ascending()
            .OnColumn("received_at").Ascending().OnColumn("company_id").Ascending();
        Create.Index("ix_analyses_times").OnTable("analyses").OnColumn("reported_at").Ascending().OnColumn("received_at").Ascending();
        Delete.Index("ix_analyses_company_reported").OnTable("analyses");
        Delete.Index("ix_analyses_reported").OnTable("analyses");
    }

    public override void Down()
    {
        Create.Index("ix_analyses_company_reported").OnTable("analyses")
            .OnColumn("company_id").Ascending().OnColumn("reported_at").Ascending();
        Create.Index("ix_analyses_reported").OnTable("analyses").OnColumn("reported_at").Ascending();
        Delete.Index("ix_analyses_times").OnTable("analyses");
        Delete.Index("ix_analyses_camera_times").OnTable("analyses");
        Delete.Index("ix_analyses_company_times").OnTable("analyses");
    }
}

/// <summary>Indexes for lists by time, type and status; of one company, or of all for a superadmin.</summary>
[Migration(2026_11_24_1302, "indexes of analyses and anomalies")]
public sealed class AnomalyIndexesMigration : AutoReversingMigration
{
    public override void Up()
    {
        Create.Index("ix_analyses_company_reported").OnTable("analyses")
            .OnColumn("company_id").Ascending().OnColumn("reported_at").Ascending();
        Create.Index("ix_analyses_reported").OnTable("analyses").OnColumn("reported_at").Ascending();
        Create.Index("ix_anomalies_company_reported").OnTable("anomalies")
            .OnColumn("company_id").Ascending().OnColumn("reported_at").Ascending();
        Create.Index("ix_anomalies_reported").OnTable("anomalies").OnColumn("reported_at").Ascending();
        Create.Index("ix_anomalies_company_type").OnTable("anomalies")
            .OnColumn("company_id").Ascending().OnColumn("anomaly_type").Ascending().OnColumn("id").Ascending();
        Create.Index("ix_anomalies_type").OnTable("anomalies").OnColumn("anomaly_type").Ascending().OnColumn("id").Ascending();
        Create.Index("ix_anomalies_company_status").OnTable("anomalies")
            .OnColumn("company_id").Ascending().OnColumn("status").Ascending().OnColumn("id").Ascending();
        Create.Index("ix_anomalies_status").OnTable("anomalies").OnColumn("status").Ascending().OnColumn("id").Ascending();
    }
}

[Migration(2026_11_24_1301, "analyses and anomalies")]
public sealed class AnomaliesMigration : AutoReversingMigration
{
    private const int Unbounded = int.MaxValue;

    public override void Up()
    {
        Create.Table("analyses")
            .WithColumn("id").AsInt64().PrimaryKey().Identity()
            .WithColumn("company_id").AsInt64().NotNullable()
            .WithColumn("camera_id").AsInt64().NotNullable()
            .WithColumn("task_id").AsString(100).NotNullable().Unique("ux_analyses_task")
            .WithColumn("clip_id").AsString(100).Nullable()
            .WithColumn("storage_key").AsString(500).NotNullable()
            .WithColumn("sha256").AsString(64).Nullable()
            .WithColumn("state").AsString(20).NotNullable()
            .WithColumn("reason_code").AsString(100).Nullable()
            .WithColumn("reason").AsString(1000).Nullable()
            .WithColumn("model_name").AsString(200).Nullable()
            .WithColumn("model_sha256").AsString(64).Nullable()
            .WithColumn("labels").AsString(Unbounded).NotNullable()
            .WithColumn("anomaly").AsBoolean().NotNullable()
            .WithColumn("label").AsString(100).Nullable()
            .WithColumn("confidence").AsDouble().NotNullable()
            .WithColumn("windows").AsString(Unbounded).NotNullable()
            .WithColumn("frames").AsInt32().NotNullable()
            .WithColumn("seconds").AsDouble().NotNullable()
            .WithColumn("decode_ms").AsDouble().NotNullable()
            .WithColumn("infer_ms").AsDouble().NotNullable()
            .WithColumn("captured_at").AsDateTime2().NotNullable()
            .WithColumn("received_at").AsDateTime2().NotNullable()
            .WithColumn("reported_at").AsDateTime2().NotNullable()
            .WithColumn("worker").AsString(200).Nullable();
        Create.Index("ix_analyses_company").OnTable("analyses").OnColumn("company_id").Ascending().OnColumn("id").Ascending();
        Create.Index("ix_analyses_camera").OnTable("analyses").OnColumn("camera_id").Ascending().OnColumn("id").Ascending();

        Create.Table("anomalies")
            .WithColumn("id").AsInt64().PrimaryKey().Identity()
            .WithColumn("company_id").AsInt64().NotNullable()
            .WithColumn("camera_id").AsInt64().NotNullable()
            .WithColumn("analysis_id").AsInt64().NotNullable().Unique("ux_anomalies_analysis")
            .WithColumn("anomaly_type").AsString(100).NotNullable()
            .WithColumn("confidence").AsDouble().NotNullable()
            .WithColumn("storage_key").AsString(500).NotNullable()
            .WithColumn("clip_id").AsString(100).Nullable()
            .WithColumn("from_s").AsDouble().Nullable()
            .WithColumn("to_s").AsDouble().Nullable()
            .WithColumn("captured_at").AsDateTime2().NotNullable()
            .WithColumn("received_at").AsDateTime2().NotNullable()
            .WithColumn("reported_at").AsDateTime2().NotNullable()
            .WithColumn("status").AsString(20).NotNullable()
            .WithColumn("acknowledged_by").AsInt64().Nullable()
            .WithColumn("acknowledged_at").AsDateTime2().Nullable()
            .WithColumn("acknowledge_note").AsString(2000).Nullable()
            .WithColumn("resolution").AsString(20).Nullable()
            .WithColumn("resolved_by").AsInt64().Nullable()
            .WithColumn("resolved_at").AsDateTime2().Nullable()
            .WithColumn("resolve_note").AsString(2000).Nullable();
        Create.Index("ix_anomalies_company").OnTable("anomalies").OnColumn("company_id").Ascending().OnColumn("id").Ascending();
        Create.Index("ix_anomalies_camera").OnTable("anomalies").OnColumn("camera_id").Ascending().OnColumn("id").Ascending();
    }
}
