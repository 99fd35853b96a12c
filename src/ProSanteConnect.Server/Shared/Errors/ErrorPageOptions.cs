namespace ProSanteConnect.Server.Shared.Errors;

/// <summary>What the error page tells the developer of a relying party (section <c>ErrorPage</c>).</summary>
internal sealed class ErrorPageOptions
{
    /// <summary>
    /// Whether the page lists the redirect URIs that are registered for the client that was named. Off by default; the
    /// sandbox turns it on.
    /// </summary>
    public bool ShowRegisteredAddresses { get; set; }
}
