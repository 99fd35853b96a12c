using ProSanteConnect.Core.Data;

namespace ProSanteConnect.Sandbox.Start;

/// <summary>The arguments of the command line.</summary>
public sealed record SandboxArguments
{
    /// <summary>The folder that holds all state. Deleting it resets the sandbox.</summary>
    public string DataFolder { get; init; } = "sandbox-data";

    /// <summary>Host names to answer for in addition to <c>localhost</c>.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>The port for https.</summary>
    public int HttpsPort { get; init; } = 8443;

    /// <summary>The port of the card listener.</summary>
    public int CardPort { get; init; } = 8444;

    /// <summary>The port for http, on loopback only.</summary>
    public int HttpPort { get; init; } = 8080;

    /// <summary>A database to use instead of the SQLite file of the data folder; null for that file.</summary>
    public DatabaseOptions? Database { get; init; }

    /// <summary>All host names: those of the TLS certificate, and those that the sandbox answers for.</summary>
    public IReadOnlyList<string> Names => ["localhost", .. Hosts.Where(host => host != "localhost").Distinct(StringComparer.OrdinalIgnoreCase)];
}

/// <summary>The paths of the data folder.</summary>
public sealed class SandboxFolder(string path)
{
    public string FullPath { get; } = Path.GetFullPath(path);

    public string Database => At("prosanteconnect.db");

    public string MasterKey => At("master.key");

    /// <summary>The test PKI, with the cards.</summary>
    public string Certificates => At("certificats");

    /// <summary>The root of the TLS certificate, for applications that must trust it.</summary>
    public string TrustedRoot => Path.Combine(Certificates, "autorite-du-bac-a-sable.pem");

    /// <summary>The relying parties of the developer, applied at start when the file exists.</summary>
    public string Clients => At("clients.json");

    /// <summary>The mails and SMS that were not sent.</summary>
    public string Mailbox => At("boite");

    private string At(string name) => Path.Combine(FullPath, name);
}
