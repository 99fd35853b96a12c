using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ProSanteConnect.Core.Delivery;

namespace ProSanteConnect.Core.Data.Configurations;

internal sealed class OutboxMessageConfiguration : IEntityTypeConfiguration<OutboxMessage>
{
    public void Configure(EntityTypeBuilder<OutboxMessage> message)
    {
        message.ToTable("Outbox");
        message.Property(m => m.Id).ValueGeneratedNever();
        message.Property(m => m.IdempotencyKey).HasMaxLength(OutboxMessage.MaxKeyLength);
        message.HasIndex(m => m.IdempotencyKey).IsUnique();
        message.Property(m => m.Template).HasMaxLength(60);
        message.Property(m => m.LastError).HasMaxLength(100);
        message.HasIndex(m => new { m.Status, m.Channel, m.NotBefore });
        message.HasIndex(m => m.SettledAt);
    }
}
