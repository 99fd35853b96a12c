using Microsoft.Extensions.Options;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.Keys;
using ProSanteConnect.Core.RelyingParties;
using ProSanteConnect.Core.Security;

namespace ProSanteConnect.Server.Start;

/// <summary>What must stand before anything else does: the database and the master key.</summary>
internal static class StartFeature
{
    public static void AddDatabase(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<DatabaseOptions>().BindConfiguration("Database").ValidateDataAnnotations();
        services.AddOptions<ClientsFileOptions>().BindConfiguration(ClientsFileOptions.Section);
        services.AddPscDb(provider => provider.GetRequiredService<IOptions<DatabaseOptions>>().Value);
    }

    public static void AddKeys(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<KeyOptions>().BindConfiguration(KeyOptions.Section).ValidateDataAnnotations();
        services.AddSingleton(provider =>
            MasterKey.FromFile(provider.GetRequiredService<IOptions<KeyOptions>>().Value.MasterKeyFile, createWhenMissing: false));
    }
}
