using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ProSanteConnect.Core.SignIn;

namespace ProSanteConnect.Core.Data.Configurations;

internal sealed class RevokedTokenConfiguration : IEntityTypeConfiguration<RevokedToken>
{
    public void Configure(EntityTypeBuilder<RevokedToken> token)
    {
        token.HasKey(t => t.Jti);
        token.Property(t => t.Jti).ValueGeneratedNever();
        token.HasIndex(t => t.ExpiresAt);
    }
}
