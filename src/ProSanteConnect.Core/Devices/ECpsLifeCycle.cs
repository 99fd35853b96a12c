using System.Diagnostics;
using ProSanteConnect.Core.Data;
using static ProSanteConnect.Core.Devices.ECpsStatus;

namespace ProSanteConnect.Core.Devices;

/// <summary>Whether an e-CPS is good for anything. Expiry is asked at an instant and never stored.</summary>
public enum ECpsStatus
{
    Active,
    Inactive,
}

/// <summary>What may happen to an e-CPS once it is there.</summary>
public enum ECpsTrigger
{
    Use,
    Renew,
    Deactivate,
}

/// <summary>The one table of the statuses of an <see cref="ECps"/>: nothing leaves Inactive, its holder activates a new one.</summary>
public abstract class ECpsLifeCycle : LifeCycle<ECpsLifeCycle, ECpsStatus, ECpsTrigger>, ILifeCycle<ECpsStatus, ECpsTrigger>
{
    public static ECpsStatus? Next(ECpsStatus from, ECpsTrigger trigger) => (from, trigger) switch
    {
        (Active, ECpsTrigger.Use) => Active,             // a sign-in, a PIN, a rotated token
        (Active, ECpsTrigger.Renew) => Active,           // three more years
        (Active, ECpsTrigger.Deactivate) => Inactive,    // by its holder, a successor, wrong PINs, the directory or an operator
        _ => null,
    };
}

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
