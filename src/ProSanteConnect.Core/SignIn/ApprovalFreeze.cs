namespace ProSanteConnect.Core.SignIn;

/// <summary>Until when browsers that a holder does not know reach no phone of theirs. Cards and known browsers are not concerned.</summary>
public sealed class ApprovalFreeze
{
    public required long PractitionerId { get; init; }
    public required DateTimeOffset Until { get; init; }
}
