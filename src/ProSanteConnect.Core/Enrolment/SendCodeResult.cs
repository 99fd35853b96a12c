namespace ProSanteConnect.Core.Enrolment;

/// <summary>What came of asking for an SMS.</summary>
public abstract record SendCodeResult
{
    private SendCodeResult() { }

    /// <param name="Phone">The number in E.164, to be shown masked.</param>
    /// <param name="CodeExpiresAt">The end of the code.</param>
    /// <param name="ResendAt">From when another one may be asked for.</param>
    /// <param name="SendsLeft">How many more this activation may send.</param>
    public sealed record Sent(string Phone, DateTimeOffset CodeExpiresAt, DateTimeOffset ResendAt, int SendsLeft) : SendCodeResult;

    /// <summary>A card's code is shown on the phone, never sent.</summary>
    public sealed record NotOffered : SendCodeResult;

    public sealed record TooSoon(DateTimeOffset ResendAt) : SendCodeResult;

    /// <summary>This activation, or this number for today, has had its SMS.</summary>
    public sealed record Exhausted : SendCodeResult;

    public sealed record Over : SendCodeResult;
}
