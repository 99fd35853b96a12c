namespace ProSanteConnect.Tools.Phone;

/// <summary>News from the server.</summary>
public abstract record PhoneEvent
{
    private PhoneEvent() { }

    /// <summary>The sign-ins that wait, all of them.</summary>
    public sealed record Requests(IReadOnlyList<WaitingRequest> Waiting) : PhoneEvent;

    public sealed record Active(HeldECps ECps) : PhoneEvent;

    public sealed record Inactive(InactiveECps ECps) : PhoneEvent;

    /// <summary>The last news of a stream: it is over, and may be opened again unless the problem says otherwise.</summary>
    public sealed record Ended(PhoneProblem? Problem) : PhoneEvent;
}
