namespace ProSanteConnect.Core.RelyingParties;

/// <summary>What became of the secrets of a client.</summary>
public abstract record SecretChange
{
    private SecretChange()
    {
    }

    /// <summary>A new secret is in force, shown this once.</summary>
    public sealed record Made(ClientSecret Secret, bool OldStillInForce) : SecretChange;

    /// <summary>Only the newest secret is in force.</summary>
    public sealed record OldDropped : SecretChange;

    /// <summary>One secret, or none, is in force: there is no older one to drop.</summary>
    public sealed record NothingToDrop : SecretChange;

    /// <summary>Two secrets are in force already; the older one goes first.</summary>
    public sealed record StillOverlapping : SecretChange;

    public sealed record PublicClient : SecretChange;

    public sealed record Unknown : SecretChange;
}
