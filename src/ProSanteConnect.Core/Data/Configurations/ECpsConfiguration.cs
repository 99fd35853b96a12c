using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ProSanteConnect.Core.Authenticators;
using ProSanteConnect.Core.Practitioners;

namespace ProSanteConnect.Core.Data.Configurations;

internal sealed class ECpsConfiguration : IEntityTypeConfiguration<ECps>
{
    public void Configure(EntityTypeBuilder<ECps> eCps)
    {
        eCps.Property(e => e.Id).ValueGeneratedNever();
        eCps.Property(e => e.NationalId).HasMaxLength(NationalId.MaxLength);
        eCps.Property(e => e.DeviceName).HasMaxLength(60);
        eCps.Property(e => e.OperatingSystem).HasMaxLength(60);
        eCps.Property(e => e.AppVersion).HasMaxLength(40);
        eCps.Property(e => e.ConditionsVersion).HasMaxLength(40);

        // Web Authentication lets an identifier have 1023 bytes; an index of SQL Server takes 1700.
        eCps.Property(e => e.CredentialId).HasMaxLength(1023);
        eCps.HasIndex(e => e.CredentialId).IsUnique();
        eCps.Property(e => e.AttestationFormat).HasMaxLength(40);
        eCps.Property(e => e.UserHandle).HasMaxLength(64);
        eCps.Property(e => e.PinHash).HasMaxLength(200);
        eCps.Property(e => e.DeviceTokenHash).HasMaxLength(32);
        eCps.HasIndex(e => e.DeviceTokenHash).IsUnique();
        eCps.Property(e => e.PreviousDeviceTokenHash).HasMaxLength(32);
        eCps.HasIndex(e => e.PreviousDeviceTokenHash);
        eCps.HasIndex(e => new { e.PractitionerId, e.ActivatedAt });
        eCps.HasIndex(e => e.PractitionerId).IsUnique().HasFilter("\"Status\" = 'Active'").HasDatabaseName("IX_ECps_OneActive");
        eCps.HasIndex(e => e.ExpiresAt);
    }
}
