namespace ProSanteConnect.Core.Enrolment;

/// <summary>Whose a pairing or enrolment token is.</summary>
public abstract record ActivationTokenResult
{
    private ActivationTokenResult() { }

    /// <param name="Activation">The activation.</param>
    /// <param name="MayEnrol">Whether it is the enrolment token, with which the phone registers its key.</param>
    public sealed record Found(Activation Activation, bool MayEnrol) : ActivationTokenResult;

    public sealed record Over(Activation Activation) : ActivationTokenResult;

    public sealed record Unknown : ActivationTokenResult;
}
