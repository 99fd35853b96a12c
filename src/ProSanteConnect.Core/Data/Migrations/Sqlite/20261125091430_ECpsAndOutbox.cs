using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ProSanteConnect.Core.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class ECpsAndOutbox : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "ECpsId",
                table: "SignInRequests",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "ECpsId",
                table: "Sessions",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "Activations",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Mode = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    PractitionerId = table.Column<long>(type: "INTEGER", nullable: false),
                    SessionId = table.Column<Guid>(type: "TEXT", nullable: true),
                    CardNumber = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    Status = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ExpiresAt = table.Column<long>(type: "INTEGER", nullable: false),
                    QrCodeHash = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false),
                    PairingTokenHash = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: true),
                    EnrolmentTokenHash = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: true),
                    DeviceName = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    CodeMac = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: true),
                    CodeExpiresAt = table.Column<long>(type: "INTEGER", nullable: true),
                    CodeTries = table.Column<int>(type: "INTEGER", nullable: false),
                    CodeSends = table.Column<int>(type: "INTEGER", nullable: false),
                    CodeSentAt = table.Column<long>(type: "INTEGER", nullable: true),
                    PollSeconds = table.Column<int>(type: "INTEGER", nullable: false),
                    NextPollAt = table.Column<long>(type: "INTEGER", nullable: true),
                    ScannedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    ECpsId = table.Column<Guid>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Activations", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ApprovalFreezes",
                columns: table => new
                {
                    PractitionerId = table.Column<long>(type: "INTEGER", nullable: false),
                    Until = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ApprovalFreezes", x => x.PractitionerId);
                });

            migrationBuilder.CreateTable(
                name: "ApprovalRequests",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    SignInRequestId = table.Column<Guid>(type: "TEXT", nullable: true),
                    ClientId = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    PractitionerId = table.Column<long>(type: "INTEGER", nullable: true),
                    ECpsId = table.Column<Guid>(type: "TEXT", nullable: true),
                    Number = table.Column<string>(type: "TEXT", maxLength: 2, nullable: false),
                    Browser = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    IpAddress = table.Column<string>(type: "TEXT", maxLength: 45, nullable: false),
                    UserAgentHash = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: true),
                    KnownBrowser = table.Column<bool>(type: "INTEGER", nullable: false),
                    Origin = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    Status = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ExpiresAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ChangedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ApprovalRequests", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Ceremonies",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Purpose = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Subject = table.Column<Guid>(type: "TEXT", nullable: false),
                    SealedState = table.Column<byte[]>(type: "BLOB", nullable: false),
                    ExpiresAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Ceremonies", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ECps",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    PractitionerId = table.Column<long>(type: "INTEGER", nullable: false),
                    NationalId = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Status = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    DeactivationReason = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    DeactivatedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    ActivatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ExpiresAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Mode = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    DeviceName = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    OperatingSystem = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    AppVersion = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    ConditionsVersion = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    CredentialId = table.Column<byte[]>(type: "BLOB", maxLength: 1023, nullable: false),
                    PublicKey = table.Column<byte[]>(type: "BLOB", nullable: false),
                    SignCount = table.Column<long>(type: "INTEGER", nullable: false),
                    AttestationObject = table.Column<byte[]>(type: "BLOB", nullable: true),
                    AttestationFormat = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    UserHandle = table.Column<byte[]>(type: "BLOB", maxLength: 64, nullable: false),
                    PinHash = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    PinFailures = table.Column<int>(type: "INTEGER", nullable: false),
                    LastUsedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    DeviceTokenHash = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false),
                    PreviousDeviceTokenHash = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: true),
                    DeviceTokenIssuedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    DeviceTokenExpiresAt = table.Column<long>(type: "INTEGER", nullable: false),
                    PushEndpoint = table.Column<byte[]>(type: "BLOB", nullable: true),
                    PushKey = table.Column<byte[]>(type: "BLOB", nullable: true),
                    PushAuth = table.Column<byte[]>(type: "BLOB", nullable: true),
                    LastReminder = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ECps", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "KnownBrowsers",
                columns: table => new
                {
                    TokenHash = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false),
                    PractitionerId = table.Column<long>(type: "INTEGER", nullable: false),
                    FirstSeenAt = table.Column<long>(type: "INTEGER", nullable: false),
                    LastSeenAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ExpiresAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_KnownBrowsers", x => new { x.TokenHash, x.PractitionerId });
                });

            migrationBuilder.CreateTable(
                name: "Outbox",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    IdempotencyKey = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Channel = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Template = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    Payload = table.Column<byte[]>(type: "BLOB", nullable: false),
                    PractitionerId = table.Column<long>(type: "INTEGER", nullable: true),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    NotBefore = table.Column<long>(type: "INTEGER", nullable: false),
                    ExpiresAt = table.Column<long>(type: "INTEGER", nullable: false),
                    LeasedUntil = table.Column<long>(type: "INTEGER", nullable: true),
                    LeaseId = table.Column<Guid>(type: "TEXT", nullable: true),
                    Attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    Status = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    LastError = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    SettledAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Outbox", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Sessions_ECpsId",
                table: "Sessions",
                column: "ECpsId");

            migrationBuilder.CreateIndex(
                name: "IX_Activations_EnrolmentTokenHash",
                table: "Activations",
                column: "EnrolmentTokenHash");

            migrationBuilder.CreateIndex(
                name: "IX_Activations_ExpiresAt",
                table: "Activations",
                column: "ExpiresAt");

            migrationBuilder.CreateIndex(
                name: "IX_Activations_PairingTokenHash",
                table: "Activations",
                column: "PairingTokenHash");

            migrationBuilder.CreateIndex(
                name: "IX_Activations_PractitionerId",
                table: "Activations",
                column: "PractitionerId");

            migrationBuilder.CreateIndex(
                name: "IX_Activations_QrCodeHash",
                table: "Activations",
                column: "QrCodeHash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Activations_SessionId",
                table: "Activations",
                column: "SessionId");

            migrationBuilder.CreateIndex(
                name: "IX_ApprovalFreezes_Until",
                table: "ApprovalFreezes",
                column: "Until");

            migrationBuilder.CreateIndex(
                name: "IX_ApprovalRequests_ChangedAt",
                table: "ApprovalRequests",
                column: "ChangedAt");

            migrationBuilder.CreateIndex(
                name: "IX_ApprovalRequests_ECpsId",
                table: "ApprovalRequests",
                column: "ECpsId");

            migrationBuilder.CreateIndex(
                name: "IX_ApprovalRequests_ExpiresAt",
                table: "ApprovalRequests",
                column: "ExpiresAt");

            migrationBuilder.CreateIndex(
                name: "IX_ApprovalRequests_OnePending",
                table: "ApprovalRequests",
                column: "PractitionerId",
                unique: true,
                filter: "\"Status\" = 'Pending' AND \"PractitionerId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_ApprovalRequests_PractitionerId_ChangedAt",
                table: "ApprovalRequests",
                columns: new[] { "PractitionerId", "ChangedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_ApprovalRequests_SignInRequestId",
                table: "ApprovalRequests",
                column: "SignInRequestId");

            migrationBuilder.CreateIndex(
                name: "IX_Ceremonies_ExpiresAt",
                table: "Ceremonies",
                column: "ExpiresAt");

            migrationBuilder.CreateIndex(
                name: "IX_ECps_CredentialId",
                table: "ECps",
                column: "CredentialId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ECps_DeviceTokenHash",
                table: "ECps",
                column: "DeviceTokenHash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ECps_ExpiresAt",
                table: "ECps",
                column: "ExpiresAt");

            migrationBuilder.CreateIndex(
                name: "IX_ECps_OneActive",
                table: "ECps",
                column: "PractitionerId",
                unique: true,
                filter: "\"Status\" = 'Active'");

            migrationBuilder.CreateIndex(
                name: "IX_ECps_PractitionerId_ActivatedAt",
                table: "ECps",
                columns: new[] { "PractitionerId", "ActivatedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_ECps_PreviousDeviceTokenHash",
                table: "ECps",
                column: "PreviousDeviceTokenHash");

            migrationBuilder.CreateIndex(
                name: "IX_KnownBrowsers_ExpiresAt",
                table: "KnownBrowsers",
                column: "ExpiresAt");

            migrationBuilder.CreateIndex(
                name: "IX_KnownBrowsers_PractitionerId",
                table: "KnownBrowsers",
                column: "PractitionerId");

            migrationBuilder.CreateIndex(
                name: "IX_Outbox_IdempotencyKey",
                table: "Outbox",
                column: "IdempotencyKey",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Outbox_SettledAt",
                table: "Outbox",
                column: "SettledAt");

            migrationBuilder.CreateIndex(
                name: "IX_Outbox_Status_Channel_NotBefore",
                table: "Outbox",
                columns: new[] { "Status", "Channel", "NotBefore" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Activations");

            migrationBuilder.DropTable(
                name: "ApprovalFreezes");

            migrationBuilder.DropTable(
                name: "ApprovalRequests");

            migrationBuilder.DropTable(
                name: "Ceremonies");

            migrationBuilder.DropTable(
                name: "ECps");

            migrationBuilder.DropTable(
                name: "KnownBrowsers");

            migrationBuilder.DropTable(
                name: "Outbox");

            migrationBuilder.DropIndex(
                name: "IX_Sessions_ECpsId",
                table: "Sessions");

            migrationBuilder.DropColumn(
                name: "ECpsId",
                table: "SignInRequests");

            migrationBuilder.DropColumn(
                name: "ECpsId",
                table: "Sessions");
        }
    }
}
