using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ProSanteConnect.Core.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class BackupEligibleKeys : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "IsBackupEligible",
                table: "ECps",
                type: "boolean",
                nullable: false,
                defaultValue: false);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "IsBackupEligible",
                table: "ECps");
        }
    }
}
