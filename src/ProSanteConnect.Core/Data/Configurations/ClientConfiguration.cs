using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ProSanteConnect.Core.RelyingParties;

namespace ProSanteConnect.Core.Data.Configurations;

internal sealed class ClientConfiguration : IEntityTypeConfiguration<Client>
{
    public void Configure(EntityTypeBuilder<Client> client)
    {
        client.HasKey(c => c.ClientId);
        client.Property(c => c.ClientId).HasMaxLength(100);
        client.Property(c => c.Name).HasMaxLength(200);
        client.Property(c => c.SecretHashes).HasJsonList();
        client.Property(c => c.RedirectUris).HasJsonList();
        client.Property(c => c.PostLogoutRedirectUris).HasJsonList();
        client.Property(c => c.GrantTypes).HasJsonList();
        client.Property(c => c.Scopes).HasJsonList();
        client.Ignore(c => c.IsPublic);
        client.Ignore(c => c.RotatesStrictly);
    }
}
