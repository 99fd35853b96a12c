using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ProSanteConnect.Core.SignIn;

namespace ProSanteConnect.Core.Data.Configurations;

internal sealed class KnownBrowserConfiguration : IEntityTypeConfiguration<KnownBrowser>
{
    public void Configure(EntityTypeBuilder<KnownBrowser> browser)
    {
        browser.HasKey(b => new { b.TokenHash, b.PractitionerId });
        browser.Property(b => b.TokenHash).HasMaxLength(32);
        browser.HasIndex(b => b.PractitionerId);
        browser.HasIndex(b => b.ExpiresAt);
    }
}
