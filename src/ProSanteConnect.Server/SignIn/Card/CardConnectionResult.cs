using ProSanteConnect.Core.Authenticators;

namespace ProSanteConnect.Server.SignIn.Card;

/// <summary>What a connection to the card listener brings.</summary>
internal abstract record CardConnectionResult
{
    private CardConnectionResult() { }

    public sealed record Presented(UnverifiedCertificate Certificate) : CardConnectionResult;

    public sealed record Nothing : CardConnectionResult;

    /// <summary>A certificate in a header, from somebody who is not the proxy.</summary>
    public sealed record ForgedHeader : CardConnectionResult;
}
