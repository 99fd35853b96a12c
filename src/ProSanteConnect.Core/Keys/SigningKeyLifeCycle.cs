using static ProSanteConnect.Core.Keys.SigningKeyState;

namespace ProSanteConnect.Core.Keys;

/// <summary>What a signing key does at an instant.</summary>
public enum SigningKeyState
{
    /// <summary>Published, so that relying parties know it before it signs.</summary>
    Announced,

    /// <summary>Published, and it signs.</summary>
    Active,

    /// <summary>Published for those who still hold tokens it signed.</summary>
    Retired,

    /// <summary>No longer published: what it signed is refused.</summary>
    Removed,
}

/// <summary>The one table of the states of a signing key, read off its instants: no job is needed to change one.</summary>
public static class SigningKeyLifeCycle
{
    /// <summary>A key is retired from the instant at which its successor signs; null while it has none.</summary>
    public static SigningKeyState StateAt(
        DateTimeOffset now, DateTimeOffset activeFrom, DateTimeOffset? retiredFrom, DateTimeOffset? removedAt) => now switch
        {
            _ when now >= removedAt => Removed,
            _ when now >= retiredFrom => Retired,
            _ when now >= activeFrom => Active,
            _ => Announced,
        };

    /// <summary>When each key stops signing: the instant at which the next one that ever signs begins to.</summary>
    public static DateTimeOffset? RetiredFrom(SigningKey key, IEnumerable<SigningKey> all) => all
        .Where(other => other.Sequence > key.Sequence && EverSigns(other))
        .MinBy(other => other.Sequence)?.ActiveFrom;

    // A key that was removed while it was only announced has replaced nothing.
    private static bool EverSigns(SigningKey key) => key.RemovedAt is not { } removedAt || removedAt >= key.ActiveFrom;
}
