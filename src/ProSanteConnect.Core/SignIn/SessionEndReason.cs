namespace ProSanteConnect.Core.SignIn;

public enum SessionEndReason
{
    SignedOut,
    SignedOutEverywhere,
    Replaced,
    CardRevoked,
    EndedByOperator,
    ECpsDeactivated,
}
