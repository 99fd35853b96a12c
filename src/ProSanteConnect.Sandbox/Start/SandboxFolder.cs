namespace ProSanteConnect.Sandbox.Start;

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
