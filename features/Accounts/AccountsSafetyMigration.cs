using FluentMigrator;

namespace Siaga.Accounts;

[Migration(2026_11_24_1211, "users: versions and approval; invitations; workers' tokens")]
public sealed class AccountsSafetyMigration : Migration
{
    public override void Up()
    {
        Create.Column("version").OnTable("users").AsInt64().NotNullable().WithDefaultValue(1);
        Create.Column("pending").OnTable("users").AsBoolean().NotNullable().WithDefaultValue(false);

        Create.Table("invitations")
            .WithColumn("id").AsInt64().PrimaryKey().Identity()
            .WithColumn("email").AsString(254).NotNullable()
            .WithColumn("hash").AsString(64).NotNullable().Unique("ux_invitations_hash")
            .WithColumn("created_by").AsInt64().NotNullable()
            .WithColumn("created_at").AsDateTime2().NotNullable()
            .WithColumn("expires_at").AsDateTime2().NotNullable()
            .WithColumn("accepted_at").AsDateTime2().Nullable()
            .WithColumn("revoked_at").AsDateTime2().Nullable();

        Create.Table("worker_tokens")
            .WithColumn("id").AsInt64().PrimaryKey().Identity()
            .WithColumn("company_id").AsInt64().NotNullable()
            .WithColumn("name").AsString(200).NotNullable()
            .WithColumn("token_id").AsString(32).NotNullable().Unique("ux_worker_tokens_token")
            .WithColumn("created_by").AsInt64().NotNullable()
            .WithColumn("created_at").AsDateTime2().NotNullable()
            .WithColumn("expires_at").AsDateTime2().NotNullable()
            .WithColumn("revoked_at").AsDateTime2().Nullable();
        Create.Index("ix_worker_tokens_company").OnTable("worker_tokens").OnColumn("company_id").Ascending().OnColumn("id").Ascending();
    }

    public override void Down()
    {
        Delete.Table("worker_tokens");
        Delete.Table("invitations");
        Delete.Column("pending").FromTable("users");
        Delete.Column("version").FromTable("users");
    }
}
