namespace ProSanteConnect.Server.Shared.Watching;

/// <summary>What can be waited for.</summary>
internal enum WatchedKind
{
    /// <summary>An approval request: the computer waits for the phone.</summary>
    Approval,

    /// <summary>An activation: computer and phone wait for each other.</summary>
    Activation,

    /// <summary>An e-CPS and what it is being asked: the phone waits for requests.</summary>
    Phone,
}
