using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ProSanteConnect.Core.SignIn;

namespace ProSanteConnect.Core.Data.Configurations;

internal sealed class SignInRequestConfiguration : IEntityTypeConfiguration<SignInRequest>
{
    public void Configure(EntityTypeBuilder<SignInRequest> request)
    {
        request.Property(r => r.Id).ValueGeneratedNever();
        request.Property(r => r.ClientId).HasMaxLength(100);
        request.Property(r => r.BrowserHash).HasMaxLength(32);
        request.Property(r => r.HandoverHash).HasMaxLength(32);
        request.Property(r => r.CardNumber).HasMaxLength(40);
        request.Property(r => r.CertificateId).HasMaxLength(600);
        request.HasIndex(r => r.ExpiresAt);
    }
}
