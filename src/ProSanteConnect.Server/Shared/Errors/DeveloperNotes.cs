using ProSanteConnect.Core.RelyingParties;

namespace ProSanteConnect.Server.Shared.Errors;

/// <summary>What was refused, and as much of what is registered as may be shown to whoever asks.</summary>
internal sealed record DeveloperNotes(ProtocolRefusal Refusal, bool IsClientKnown, IReadOnlyList<string> RegisteredAddresses)
{
    public static DeveloperNotes About(ProtocolRefusal refusal, Client? client, ErrorPageOptions options)
    {
        var registered = refusal.IsSignOut ? client?.PostLogoutRedirectUris : client?.RedirectUris;
        return new(refusal, client is not null, options.ShowRegisteredAddresses ? registered ?? [] : []);
    }
}
