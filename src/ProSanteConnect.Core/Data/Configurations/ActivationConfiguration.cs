using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ProSanteConnect.Core.Enrolment;

namespace ProSanteConnect.Core.Data.Configurations;

internal sealed class ActivationConfiguration : IEntityTypeConfiguration<Activation>
{
    public void Configure(EntityTypeBuilder<Activation> activation)
    {
        activation.Property(a => a.Id).ValueGeneratedNever();
        activation.Property(a => a.CardNumber).HasMaxLength(40);
        activation.Property(a => a.DeviceName).HasMaxLength(60);
        activation.Property(a => a.QrCodeHash).HasMaxLength(32);
        activation.HasIndex(a => a.QrCodeHash).IsUnique();
        activation.Property(a => a.PairingTokenHash).HasMaxLength(32);
        activation.HasIndex(a => a.PairingTokenHash);
        activation.Property(a => a.EnrolmentTokenHash).HasMaxLength(32);
        activation.HasIndex(a => a.EnrolmentTokenHash);
        activation.Property(a => a.CodeMac).HasMaxLength(32);
        activation.HasIndex(a => a.SessionId);
        activation.HasIndex(a => a.PractitionerId);
        activation.HasIndex(a => a.ExpiresAt);
    }
}
