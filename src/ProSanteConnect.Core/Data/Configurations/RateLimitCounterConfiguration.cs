using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ProSanteConnect.Core.Data.Configurations;

internal sealed class RateLimitCounterConfiguration : IEntityTypeConfiguration<RateLimitCounter>
{
    public void Configure(EntityTypeBuilder<RateLimitCounter> counter)
    {
        counter.HasKey(c => new { c.Key, c.WindowEndsAt });
        counter.Property(c => c.Key).HasMaxLength(100);
        counter.HasIndex(c => c.WindowEndsAt);
    }
}
