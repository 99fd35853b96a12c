using static ProSanteConnect.Core.Keys.SigningKeyState;

namespace ProSanteConnect.Core.Keys;

/// <summary>The state of a signing key at an instant.</summary>
public enum SigningKeyState
{
    /// <summary>Published, not yet signing, so that relying parties fetch it in advance.</summary>
    Announced,

    /// <summary>Published and signing.</summary>
    Active,

    /// <summary>Published, no longer signing: unexpired tokens carry its signature.</summary>
    Retired,

    /// <summary>No longer published; its signatures are refused.</summary>
    Removed,
}

/// <summary>The states of a signing key. They follow from its instants; no job changes them.</summary>
public static class SigningKeyLifeCycle
{
    /// <summary>The state at an instant. A key is retired once its successor signs; <c>retiredFrom</c> is null while it has none.</summary>
    public static SigningKeyState StateAt(
        DateTimeOffset now, DateTimeOffset activeFrom, DateTimeOffset? retiredFrom, DateTimeOffset? removedAt) => now switch
        {
            _ when now >= removedAt => Removed,
            _ when now >= retiredFrom => Retired,
            _ when now >= activeFrom => Active,
            _ => Announced,
        };

    /// <summary>When a key stops signing: the instant at which the next key that ever signs becomes active; null when there is none.</summary>
    public static DateTimeOffset? RetiredFrom(SigningKey key, IEnumerable<SigningKey> all) => all
        .Where(other => other.Sequence > key.Sequence && EverSigns(other))
        .MinBy(other => other.Sequence)?.ActiveFrom;

    // A key that was removed while announced never became active, so it replaced no other key.
    private static bool EverSigns(SigningKey key) => key.RemovedAt is not { } removedAt || removedAt >= key.ActiveFrom;
}
