using OpenIddict.Abstractions;
using OpenIddict.Server;
using OpenIddict.Server.AspNetCore;
using ProSanteConnect.Core.RelyingParties;

namespace ProSanteConnect.Server.Shared.Errors;

/// <summary>
/// A request that may not be answered at its redirect URI (OpenID Connect Core, section 3.1.2.6): what the relying party's developer
/// needs to know.
/// </summary>
internal sealed record ProtocolRefusal(string Error, string? Description, IReadOnlyList<SentParameter> Sent, bool IsSignOut)
{
    // Shown on the page; never a token, a secret or personal data.
    private static readonly string[] Shown =
    [
        OpenIddictConstants.Parameters.ClientId,
        OpenIddictConstants.Parameters.RedirectUri,
        OpenIddictConstants.Parameters.PostLogoutRedirectUri,
        OpenIddictConstants.Parameters.ResponseType,
        OpenIddictConstants.Parameters.ResponseMode,
        OpenIddictConstants.Parameters.Scope,
        OpenIddictConstants.Parameters.Prompt,
        OpenIddictConstants.Parameters.AcrValues,
        OpenIddictConstants.Parameters.CodeChallengeMethod,
    ];

    /// <summary>The refusal of this request by OpenIddict, or null.</summary>
    public static ProtocolRefusal? Of(HttpContext context)
    {
        var transaction = context.Features.Get<OpenIddictServerAspNetCoreFeature>()?.Transaction;
        if (transaction?.Response?.Error is not { } error) return null;

        var sent = Shown
            .Select(name => new SentParameter(name, (string?)transaction.Request?.GetParameter(name) ?? ""))
            .Where(parameter => parameter.Value.Length > 0);
        return new(error, transaction.Response.ErrorDescription, [.. sent], transaction.EndpointType == OpenIddictServerEndpointType.EndSession);
    }

    public string? ValueOf(string name) => Sent.FirstOrDefault(parameter => parameter.Name == name)?.Value;
}

/// <summary>One parameter of a refused request, unchanged: untrusted text.</summary>
internal sealed record SentParameter
{
    private const int MaxLength = 500;

    public SentParameter(string name, string value)
    {
        Name = name;
        Value = value.Length > MaxLength ? value[..MaxLength] + "…" : value;
    }

    public string Name { get; }
    public string Value { get; }
}

/// <summary>What was refused, and the registered values that may be shown to anybody.</summary>
internal sealed record DeveloperNotes(ProtocolRefusal Refusal, bool IsClientKnown, IReadOnlyList<string> RegisteredAddresses)
{
    public static DeveloperNotes About(ProtocolRefusal refusal, Client? client, ErrorPageOptions options)
    {
        var registered = refusal.IsSignOut ? client?.PostLogoutRedirectUris : client?.RedirectUris;
        return new(refusal, client is not null, options.ShowRegisteredAddresses ? registered ?? [] : []);
    }
}
