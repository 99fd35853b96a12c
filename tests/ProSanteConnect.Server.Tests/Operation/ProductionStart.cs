using System.Diagnostics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Testing;

namespace ProSanteConnect.Server.Tests.Operation;

/// <summary>The production host as a process of its own: every failure of the start prints one sentence and exits with code 1.</summary>
public sealed class ProductionStart : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("psc-start-").FullName;

    [Theory]
    [InlineData("CardListener__CertificateFile", null, "CardListener:CertificateFile must name the certificate of the card listener.")]
    [InlineData("CardListener__KeyFile", "{folder}/master.key", "A file that the settings name holds something else than it should")]
    [InlineData("Card__TrustedAuthorities__0", null, "Card:TrustedAuthorities names no file")]
    [InlineData("Card__TrustedAuthorities__0", "{folder}/absent.pem", "absent.pem")]
    [InlineData("Card__PolicyOids__0", null, "Card:PolicyOids is empty")]
    [InlineData("Card__RevocationSources__0__Issuer", "Nobody", "Card:RevocationSources")]
    [InlineData("Keys__MasterKeyFile", "{folder}/absent.key", "A file that the settings name is missing")]
    [InlineData("Keys__MasterKeyFile", "{folder}/tls.pem", "holds no master key")]
    [InlineData("Keys__RotationInterval", "1.00:00:00", "RotationInterval")]
    [InlineData("Origins__Auth", "http://psc.test", "Origins:Auth must be an https origin")]
    [InlineData("Database__ConnectionString", "Data Source={folder}/absent/x.db", "The database cannot be used")]
    [InlineData("CardListener__AcceptProxyHeader", "true", "CardListener:AcceptProxyHeader needs CardListener:ProxyCertificateSha256")]
    public async Task A_setting_that_does_not_fit_is_told_in_one_sentence(string name, string? value, string sentence)
    {
        var settings = Settings();
        if (value is null) settings.Remove(name);
        else settings[name] = value.Replace("{folder}", _folder, StringComparison.Ordinal);

        var (exitCode, error) = await RunAsync(settings);

        Assert.Equal(1, exitCode);
        Assert.Contains(sentence, error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("20261125013556_Initial", "was made by a development version of ProSanteConnect and cannot be migrated")]
    [InlineData("99991231000000_Later", "comes from a newer version of ProSanteConnect")]
    public async Task A_database_whose_schema_cannot_be_used_is_refused(string migration, string sentence)
    {
        var settings = Settings();
        var options = new DatabaseOptions { Provider = DatabaseProvider.Sqlite, ConnectionString = settings["Database__ConnectionString"] };
        await DatabaseHistory.AddAsync(options, migration);

        var (exitCode, error) = await RunAsync(settings);

        Assert.Equal(1, exitCode);
        Assert.Contains(sentence, Assert.Single(error.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>All that a first start needs.</summary>
    private Dictionary<string, string> Settings()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch.AddYears(50), DateTimeOffset.UnixEpoch.AddYears(150));
        File.WriteAllText(InFolder("tls.pem"), certificate.ExportCertificatePem());
        File.WriteAllText(InFolder("tls.key"), key.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(InFolder("master.key"), Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
        return new Dictionary<string, string>
        {
            ["CardListener__CertificateFile"] = InFolder("tls.pem"),
            ["CardListener__KeyFile"] = InFolder("tls.key"),
            ["CardListener__Port"] = "1",
            ["Card__TrustedAuthorities__0"] = InFolder("tls.pem"),
            ["Card__PolicyOids__0"] = "1.2.3",
            ["Origins__Auth"] = "https://psc.test",
            ["Origins__Card"] = "https://carte.psc.test",
            ["Keys__MasterKeyFile"] = InFolder("master.key"),
            ["Database__ConnectionString"] = $"Data Source={InFolder("psc.db")}",
            ["Logs__Console"] = "false",
        };
    }

    private string InFolder(string file) => Path.Combine(_folder, file);

    private static async Task<(int ExitCode, string Error)> RunAsync(Dictionary<string, string> settings)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "ProSanteConnect.Server.dll")])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        foreach (var (name, value) in settings) start.Environment[name] = value;
        using var server = Process.Start(start)!;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        try
        {
            var error = await server.StandardError.ReadToEndAsync(patience.Token);
            await server.WaitForExitAsync(patience.Token);
            return (server.ExitCode, error);
        }
        finally
        {
            if (!server.HasExited) server.Kill();
        }
    }
}
