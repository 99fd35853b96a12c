using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ProSanteConnect.Core.Authenticators;

namespace ProSanteConnect.Core.Data.Configurations;

internal sealed class CeremonyConfiguration : IEntityTypeConfiguration<Ceremony>
{
    public void Configure(EntityTypeBuilder<Ceremony> ceremony)
    {
        ceremony.Property(c => c.Id).ValueGeneratedNever();
        ceremony.HasIndex(c => c.ExpiresAt);
    }
}
