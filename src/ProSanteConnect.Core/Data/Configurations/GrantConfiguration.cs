using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ProSanteConnect.Core.SignIn;

namespace ProSanteConnect.Core.Data.Configurations;

internal sealed class GrantConfiguration : IEntityTypeConfiguration<Grant>
{
    public void Configure(EntityTypeBuilder<Grant> grant)
    {
        grant.Property(g => g.Id).ValueGeneratedNever();
        grant.Property(g => g.ClientId).HasMaxLength(100);
        grant.Property(g => g.Scope).HasMaxLength(400);
        grant.Property(g => g.RedirectUri).HasMaxLength(2000);
        grant.Property(g => g.CodeChallenge).HasMaxLength(128);
        grant.Property(g => g.CodeChallengeMethod).HasMaxLength(10);
        grant.Property(g => g.Acr).HasMaxLength(40);
        grant.Property(g => g.CodeHash).HasMaxLength(32);
        grant.HasIndex(g => g.CodeHash).IsUnique();
        grant.HasIndex(g => g.SessionId);
        grant.HasIndex(g => g.ExpiresAt);
    }
}
