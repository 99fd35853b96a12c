namespace ProSanteConnect.Core.Enrolment;

/// <summary>What came of the pairing code that was typed on the computer.</summary>
public abstract record CheckCodeResult
{
    private CheckCodeResult() { }

    public sealed record Confirmed : CheckCodeResult;

    public sealed record Wrong(int AttemptsLeft) : CheckCodeResult;

    /// <summary>The last try was wrong too: the activation is cancelled.</summary>
    public sealed record NoTryLeft : CheckCodeResult;

    public sealed record Expired : CheckCodeResult;

    /// <summary>Cancelled, confirmed before, not scanned yet, or another session's.</summary>
    public sealed record Over : CheckCodeResult;
}
