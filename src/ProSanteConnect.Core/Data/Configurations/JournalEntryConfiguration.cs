using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ProSanteConnect.Core.Journal;

namespace ProSanteConnect.Core.Data.Configurations;

internal sealed class JournalEntryConfiguration : IEntityTypeConfiguration<JournalEntry>
{
    public void Configure(EntityTypeBuilder<JournalEntry> entry)
    {
        entry.Property(e => e.Detail).HasMaxLength(200);
        entry.Property(e => e.ClientId).HasMaxLength(100);
        entry.Property(e => e.IpAddress).HasMaxLength(45);
        entry.Property(e => e.Browser).HasMaxLength(100);
        entry.Property(e => e.Actor).HasMaxLength(100);
        entry.HasIndex(e => e.At);
        entry.HasIndex(e => new { e.PractitionerId, e.At });
    }
}
