using System.Diagnostics;
using ProSanteConnect.Core.Data;
using static ProSanteConnect.Core.Devices.ECpsStatus;

namespace ProSanteConnect.Core.Devices;

/// <summary>The status of an e-CPS. Expiry is computed for an instant and never stored.</summary>
public enum ECpsStatus
{
    Active,
    Inactive,
}

/// <summary>The events that may move an e-CPS.</summary>
public enum ECpsTrigger
{
    Use,
    Renew,
    Deactivate,
}

/// <summary>The table of the statuses of an <see cref="ECps"/>. Nothing leaves Inactive: its holder activates a new e-CPS.</summary>
public abstract class ECpsLifeCycle : LifeCycle<ECpsLifeCycle, ECpsStatus, ECpsTrigger>, ILifeCycle<ECpsStatus, ECpsTrigger>
{
    public static ECpsStatus? Next(ECpsStatus from, ECpsTrigger trigger) => (from, trigger) switch
    {
        (Active, ECpsTrigger.Use) => Active,             // a sign-in, a PIN, a rotated token
        (Active, ECpsTrigger.Renew) => Active,           // another validity
        (Active, ECpsTrigger.Deactivate) => Inactive,    // by its holder, a successor, wrong PINs, the directory or an operator
        _ => null,
    };
}

/// <summary>Why an e-CPS is inactive. Stored by name: the meaning of a name never changes.</summary>
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

    /// <summary>Too many consecutive wrong PINs.</summary>
    Blocked,

    /// <summary>The directory stopped listing its holder.</summary>
    Delisted,

    Operator,

    /// <summary>Its validity is over; computed and never stored.</summary>
    Expired,
}

public static class DeactivationReasonCodes
{
    /// <summary>The code of the API, of the messages and of the error catalogue; its meaning never changes.</summary>
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
