using FluentMigrator;

namespace Siaga.Accounts;

[Migration(2026_11_24_1201, "users, sessions and devices")]
public sealed class AccountsMigration : Migration
{
    public override void Up()
    {
        Create.Table("users")
            .WithColumn("id").AsInt64().PrimaryKey().Identity()
            .WithColumn("company_id").AsInt64().NotNullable()
            .WithColumn("email").AsString(254).NotNullable()
            .WithColumn("name").AsString(200).Nullable()
            .WithColumn("role").AsString(20).NotNullable()
            .WithColumn("password_hash").AsString(200).NotNullable()
            .WithColumn("created_at").AsDateTime2().NotNullable()
            .WithColumn("deleted_at").AsDateTime2().Nullable();
        Create.Index("ix_users_company").OnTable("users").OnColumn("company_id").Ascending().OnColumn("id").Ascending();
        Execute.Sql("CREATE UNIQUE INDEX ux_users_email ON users (email) WHERE deleted_at IS NULL");

        Create.Table("sessions")
            .WithColumn("id").AsString(32).PrimaryKey()
            .WithColumn("user_id").AsInt64().NotNullable()
            .WithColumn("created_at").AsDateTime2().NotNullable()
            .WithColumn("revoked_at").AsDateTime2().Nullable();
        Create.Index("ix_sessions_user").OnTable("sessions").OnColumn("user_id").Ascending();

        Create.Table("refresh_tokens")
            .WithColumn("id").AsInt64().PrimaryKey().Identity()
            .WithColumn("session_id").AsString(32).NotNullable()
            .WithColumn("hash").AsString(64).NotNullable().Unique("ux_refresh_tokens_hash")
            .WithColumn("expires_at").AsDateTime2().NotNullable()
            .WithColumn("used_at").AsDateTime2().Nullable();
        Create.Index("ix_refresh_tokens_session").OnTable("refresh_tokens").OnColumn("session_id").Ascending();

        Create.Table("devices")
            .WithColumn("id").AsInt64().PrimaryKey().Identity()
            .WithColumn("company_id").AsInt64().NotNullable()
            .WithColumn("user_id").AsInt64().NotNullable()
            .WithColumn("fcm_token").AsString(1000).NotNullable().Unique("ux_devices_fcm_token")
            .WithColumn("created_at").AsDateTime2().NotNullable();
        Create.Index("ix_devices_user").OnTable("devices").OnColumn("user_id").Ascending();
        Create.Index("ix_devices_company").OnTable("devices").OnColumn("company_id").Ascending();
    }

    public override void Down()
    {
        Delete.Table("devices");
        Delete.Table("refresh_tokens");
        Delete.Table("sessions");
        Delete.Table("users");
    }
}
