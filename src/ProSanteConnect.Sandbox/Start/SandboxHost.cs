using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Hosting.StaticWebAssets;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ProSanteConnect.Core.Cards.Checks;
using ProSanteConnect.Core.Delivery;
using ProSanteConnect.Sandbox.Mailbox;
using ProSanteConnect.Sandbox.Pki;
using ProSanteConnect.Sandbox.VirtualReader;
using ProSanteConnect.Server;
using ProSanteConnect.Server.Shared.Origins;
using ProSanteConnect.Server.SignIn.Card;
using ProSanteConnect.Tools.Certs;

namespace ProSanteConnect.Sandbox.Start;

/// <summary>The host of the sandbox: the production server, plus the features that only a sandbox may have (design §1, decision 9).</summary>
public static class SandboxHost
{
    /// <param name="prepared">The prepared data folder.</param>
    /// <param name="clock">The clock of the server.</param>
    /// <param name="configure">Changes the configuration last, for tests.</param>
    public static WebApplication Build(PreparedSandbox prepared, TimeProvider clock, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(SandboxHost).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
            EnvironmentName = Environments.Development,
        });
        StaticWebAssetsLoader.UseStaticWebAssets(builder.Environment, builder.Configuration);
        builder.Configuration.AddInMemoryCollection(Settings(prepared));
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.ListenAnyIP(prepared.Arguments.HttpsPort, listener => listener.UseHttps(https =>
            {
                https.ServerCertificate = prepared.ServerCertificate.Certificate;
                https.ServerCertificateChain = prepared.ServerCertificate.Intermediates;
            }));
            kestrel.ListenAnyIP(prepared.Arguments.CardPort, listener => listener.UseCards(
                prepared.ServerCertificate.Certificate, prepared.ServerCertificate.Intermediates,
                kestrel.ApplicationServices.GetRequiredService<TrustedAuthorities>().ToCollection(), CardListener.DefaultHandshakeTimeout));
            kestrel.Listen(IPAddress.Loopback, prepared.Arguments.HttpPort);
        });
        configure?.Invoke(builder);

        builder.AddServer();
        builder.Services.Replace(ServiceDescriptor.Singleton(clock));
        builder.Services.Replace(ServiceDescriptor.Singleton(prepared.MasterKey));
        builder.Services.AddSingleton(prepared.Arguments);
        builder.Services.AddSingleton<PublicOrigins, SandboxOrigins>();
        builder.Services.AddSingleton<IAskedOrigin, AskedOrigin>();
        builder.Services.AddTestPki(prepared.Pki);
        builder.Services.AddVirtualReader();
        builder.Services.AddMailbox(prepared.Folder.Mailbox);

        var app = builder.Build();
        app.UseServer();
        app.MapTestPki();
        app.MapVirtualReader();
        app.MapMailbox();
        return app;
    }

    private static Dictionary<string, string?> Settings(PreparedSandbox prepared)
    {
        var settings = new Dictionary<string, string?>
        {
            ["Database:Provider"] = prepared.Database.Provider.ToString(),
            ["Database:ConnectionString"] = prepared.Database.ConnectionString,
            ["Database:CommandTimeout"] = prepared.Database.CommandTimeout.ToString("c"),
            ["Database:WaitForDisk"] = prepared.Database.WaitForDisk.ToString(),
            ["Keys:MasterKeyFile"] = prepared.Folder.MasterKey,
            ["AllowedHosts"] = string.Join(';', [.. prepared.Arguments.Names, "127.0.0.1", "[::1]"]),
            ["Card:TrustedAuthorities:0"] = prepared.Pki.Folder.AuthoritiesFile,
            ["Card:AllowTestCards"] = "true",
            ["ErrorPage:ShowRegisteredAddresses"] = "true",
            // Developers sign in often, as the same people and from one machine; the limits must not answer them with decoys.
            ["RateLimits:ApprovalsFromUnknownBrowsersPerQuarterHour"] = "1000",
            ["RateLimits:ApprovalsFromUnknownBrowsersPerDay"] = "10000",
            ["RateLimits:ApprovalsFromKnownBrowsersPerQuarterHour"] = "1000",
            ["RateLimits:ApprovalsPerAddressPerHour"] = "100000",
            ["Card:PolicyOids:0"] = TestPki.PolicyOid,
            ["CardListener:Port"] = prepared.Arguments.CardPort.ToString(System.Globalization.CultureInfo.InvariantCulture),
        };

        // Revocation is checked with the OCSP responder and the CRL of the sandbox, by the code of production.
        var issuers = new[] { prepared.Pki.Pki.FortPersons, prepared.Pki.Pki.StandardPersons };
        for (var i = 0; i < issuers.Length; i++)
        {
            settings[$"Card:RevocationSources:{i}:Issuer"] = issuers[i].Certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false);
            settings[$"Card:RevocationSources:{i}:Crl"] = prepared.Pki.Folder.CrlFile(issuers[i]);
            settings[$"Card:RevocationSources:{i}:Ocsp"] = $"http://localhost:{prepared.Arguments.HttpPort}{TestPkiEndpoints.OcspPath(issuers[i])}";
        }

        return settings;
    }
}
