namespace ProSanteConnect.Core.RelyingParties;

/// <summary>The relying parties that are declared rather than added by hand (section <c>Clients</c>).</summary>
public sealed class ClientsFileOptions
{
    public const string Section = "Clients";

    /// <summary>The path of <c>clients.json</c>, applied at each start (see <see cref="ClientsFile"/>); none by default.</summary>
    public string? File { get; set; }
}
