using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ProSanteConnect.Core.Practitioners;

namespace ProSanteConnect.Core.Data.Configurations;

internal sealed class PractitionerConfiguration : IEntityTypeConfiguration<Practitioner>
{
    public void Configure(EntityTypeBuilder<Practitioner> practitioner)
    {
        practitioner.Property(p => p.NationalId).HasMaxLength(NationalId.MaxLength);
        practitioner.HasIndex(p => p.NationalId).IsUnique();
        practitioner.Property(p => p.FamilyName).HasMaxLength(200);
        practitioner.Property(p => p.BirthCommuneCode).HasMaxLength(10);
        practitioner.Property(p => p.BirthCountryCode).HasMaxLength(10);
        practitioner.Property(p => p.BirthPlace).HasMaxLength(200);
        practitioner.Property(p => p.SexCode).HasMaxLength(10);
        practitioner.Property(p => p.CivilityCode).HasMaxLength(10);
        practitioner.Property(p => p.ContactPhone).HasMaxLength(30);
        practitioner.Property(p => p.ContactEmail).HasMaxLength(254);
        practitioner.HasIndex(p => new { p.ContactEmail, p.ContactPhone });
        practitioner.Property(p => p.GivenNames).HasJsonList();
        practitioner.Property(p => p.Practices).HasJsonList();
        practitioner.Property(p => p.AlternativeIdentifiers).HasJsonList();
        practitioner.Ignore(p => p.GivenName);
    }
}
