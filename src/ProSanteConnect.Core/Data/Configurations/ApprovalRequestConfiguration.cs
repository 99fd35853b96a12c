using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ProSanteConnect.Core.SignIn;

namespace ProSanteConnect.Core.Data.Configurations;

internal sealed class ApprovalRequestConfiguration : IEntityTypeConfiguration<ApprovalRequest>
{
    public void Configure(EntityTypeBuilder<ApprovalRequest> request)
    {
        request.Property(a => a.Id).ValueGeneratedNever();
        request.Property(a => a.ClientId).HasMaxLength(100);
        request.Property(a => a.Number).HasMaxLength(2);
        request.Property(a => a.Browser).HasMaxLength(100);
        request.Property(a => a.IpAddress).HasMaxLength(45);
        request.Property(a => a.UserAgentHash).HasMaxLength(32);
        request.Property(a => a.Origin).HasMaxLength(300);
        request.Ignore(a => a.IsDecoy);
        request.HasIndex(a => a.SignInRequestId);
        request.HasIndex(a => a.ECpsId);
        request.HasIndex(a => new { a.PractitionerId, a.ChangedAt });
        request.HasIndex(a => a.PractitionerId).IsUnique()
            .HasFilter("\"Status\" = 'Pending' AND \"PractitionerId\" IS NOT NULL").HasDatabaseName("IX_ApprovalRequests_OnePending");
        request.HasIndex(a => a.ChangedAt);
        request.HasIndex(a => a.ExpiresAt);
    }
}
