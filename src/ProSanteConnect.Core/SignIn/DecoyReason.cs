namespace ProSanteConnect.Core.SignIn;

/// <summary>Why nobody was asked, for the journal alone: the computer shows the same as ever.</summary>
public enum DecoyReason
{
    UnknownHolder,
    NoActiveECps,
    Frozen,
    Limited,
}
