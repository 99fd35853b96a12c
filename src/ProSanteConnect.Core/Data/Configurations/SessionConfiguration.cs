using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ProSanteConnect.Core.Practitioners;
using ProSanteConnect.Core.SignIn;

namespace ProSanteConnect.Core.Data.Configurations;

internal sealed class SessionConfiguration : IEntityTypeConfiguration<Session>
{
    public void Configure(EntityTypeBuilder<Session> session)
    {
        session.Property(s => s.Id).ValueGeneratedNever();
        session.Property(s => s.NationalId).HasMaxLength(NationalId.MaxLength);
        session.Property(s => s.CookieHash).HasMaxLength(32);
        session.HasIndex(s => s.CookieHash).IsUnique();
        session.HasIndex(s => s.PractitionerId);
        session.HasIndex(s => s.ECpsId);
        session.HasIndex(s => s.ExpiresAt);
        session.Property(s => s.IpAddress).HasMaxLength(45);
        session.Property(s => s.Browser).HasMaxLength(100);
        session.Property(s => s.UserAgentHash).HasMaxLength(32);
        session.Property(s => s.CardNumber).HasMaxLength(40);
        session.Property(s => s.CertificateId).HasMaxLength(600);
    }
}
