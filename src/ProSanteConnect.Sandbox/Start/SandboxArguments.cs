using ProSanteConnect.Core.Data;

namespace ProSanteConnect.Sandbox.Start;

/// <summary>What the command line of the sandbox says.</summary>
public sealed record SandboxArguments
{
    /// <summary>The folder that holds all state; deleting it starts afresh.</summary>
    public string DataFolder { get; init; } = "sandbox-data";

    /// <summary>Further host names that the sandbox answers for, beside <c>localhost</c>.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>Everything, over TLS.</summary>
    public int HttpsPort { get; init; } = 8443;

    /// <summary>The card listener.</summary>
    public int CardPort { get; init; } = 8444;

    /// <summary>Everything, in clear and on loopback only.</summary>
    public int HttpPort { get; init; } = 8080;

    /// <summary>Another database than the SQLite file of the data folder.</summary>
    public DatabaseOptions? Database { get; init; }

    /// <summary>All names that the certificate bears and the sandbox answers for.</summary>
    public IReadOnlyList<string> Names => ["localhost", .. Hosts.Where(host => host != "localhost").Distinct(StringComparer.OrdinalIgnoreCase)];
}

/// <summary>The places in the data folder.</summary>
public sealed class SandboxFolder(string path)
{
    public string FullPath { get; } = Path.GetFullPath(path);

    public string Database => At("prosanteconnect.db");

    public string MasterKey => At("master.key");

    /// <summary>The test PKI, with the cards.</summary>
    public string Certificates => At("certificats");

    /// <summary>The authority of the sandbox's own certificate, for an application that must trust it.</summary>
    public string TrustedRoot => Path.Combine(Certificates, "autorite-du-bac-a-sable.pem");

    /// <summary>Relying parties of the developer's own, applied at start when the file is there.</summary>
    public string Clients => At("clients.json");

    /// <summary>Every mail and SMS that would have left.</summary>
    public string Mailbox => At("boite");

    private string At(string name) => Path.Combine(FullPath, name);
}
