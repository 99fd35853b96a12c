using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ProSanteConnect.Core.Data.Configurations;

internal sealed class RevisionConfiguration : IEntityTypeConfiguration<Revision>
{
    public void Configure(EntityTypeBuilder<Revision> revision)
    {
        revision.HasKey(r => r.Name);
        revision.Property(r => r.Name).HasMaxLength(20);
        revision.HasData(new Revision { Name = Revision.Clients }, new Revision { Name = Revision.Keys });
    }
}
