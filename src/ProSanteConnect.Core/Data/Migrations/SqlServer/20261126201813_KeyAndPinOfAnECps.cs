using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ProSanteConnect.Core.Data.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class KeyAndPinOfAnECps : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "IsBackupEligible",
                table: "ECps",
                type: "bit",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<int>(
                name: "PinLength",
                table: "ECps",
                type: "int",
                nullable: false,
                defaultValue: 4);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "IsBackupEligible",
                table: "ECps");

            migrationBuilder.DropColumn(
                name: "PinLength",
                table: "ECps");
        }
    }
}
