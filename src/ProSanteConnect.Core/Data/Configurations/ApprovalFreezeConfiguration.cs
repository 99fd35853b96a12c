using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ProSanteConnect.Core.SignIn;

namespace ProSanteConnect.Core.Data.Configurations;

internal sealed class ApprovalFreezeConfiguration : IEntityTypeConfiguration<ApprovalFreeze>
{
    public void Configure(EntityTypeBuilder<ApprovalFreeze> freeze)
    {
        freeze.HasKey(f => f.PractitionerId);
        freeze.Property(f => f.PractitionerId).ValueGeneratedNever();
        freeze.HasIndex(f => f.Until);
    }
}
