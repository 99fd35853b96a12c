using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ProSanteConnect.Core.Keys;

namespace ProSanteConnect.Core.Data.Configurations;

internal sealed class SigningKeyConfiguration : IEntityTypeConfiguration<SigningKey>
{
    public void Configure(EntityTypeBuilder<SigningKey> key)
    {
        key.HasKey(k => k.Sequence);
        key.Property(k => k.Sequence).ValueGeneratedNever();
        key.Property(k => k.Kid).HasMaxLength(64);
        key.HasIndex(k => k.Kid).IsUnique();
        key.Property(k => k.Algorithm).HasMaxLength(16);
    }
}
