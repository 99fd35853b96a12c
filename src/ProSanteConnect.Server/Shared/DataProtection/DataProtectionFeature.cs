using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.Keys;

namespace ProSanteConnect.Server.Shared.DataProtection;

internal static class DataProtectionFeature
{
    /// <summary>Never changes: what is protected under another name cannot be opened.</summary>
    private const string ApplicationName = "ProSanteConnect";

    /// <summary>Needs <see cref="PscDbFactory"/> and <see cref="MasterKey"/> as services.</summary>
    public static IServiceCollection AddSharedDataProtection(this IServiceCollection services)
    {
        services.AddDataProtection().SetApplicationName(ApplicationName);
        services.AddOptions<KeyManagementOptions>().Configure<PscDbFactory, MasterKey>((keys, databases, masterKey) =>
        {
            keys.XmlRepository = new SealedKeyRepository(databases, masterKey);
            keys.XmlEncryptor = new LeaveToRepository();
        });
        return services;
    }
}
