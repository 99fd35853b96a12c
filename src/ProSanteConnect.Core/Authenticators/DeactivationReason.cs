using System.Diagnostics;

namespace ProSanteConnect.Core.Authenticators;

/// <summary>Why an e-CPS is inactive. Stored by name: a name never changes its meaning.</summary>
public enum DeactivationReason
{
    /// <summary>"Supprimer ma e-CPS" on the phone.</summary>
    Deleted,

    /// <summary>"Mot de passe oublié" on the phone.</summary>
    ForgottenPin,

    /// <summary>The button "Actif" of the portal.</summary>
    Deactivated,

    /// <summary>Its holder completed another activation.</summary>
    Replaced,

    /// <summary>Too many wrong PINs in a row.</summary>
    Blocked,

    /// <summary>The directory stopped listing its holder.</summary>
    Delisted,

    Operator,

    /// <summary>Its validity is over: told to whoever asks, and never stored.</summary>
    Expired,
}

public static class DeactivationReasonCodes
{
    /// <summary>The code of the API, of the messages and of the error catalogue; it never changes its meaning.</summary>
    public static string Code(this DeactivationReason reason) => reason switch
    {
        DeactivationReason.Deleted => "deleted",
        DeactivationReason.ForgottenPin => "forgotten-pin",
        DeactivationReason.Deactivated => "deactivated",
        DeactivationReason.Replaced => "replaced",
        DeactivationReason.Blocked => "blocked",
        DeactivationReason.Delisted => "delisted",
        DeactivationReason.Operator => "operator",
        DeactivationReason.Expired => "expired",
        _ => throw new UnreachableException($"Reason {reason}"),
    };
}
