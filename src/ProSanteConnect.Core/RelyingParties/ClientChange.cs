namespace ProSanteConnect.Core.RelyingParties;

/// <summary>What became of a client that an operator wanted changed.</summary>
public abstract record ClientChange
{
    private ClientChange()
    {
    }

    /// <summary>It is registered. The secret is shown this once; a public client has none.</summary>
    public sealed record Added(ClientSecret? Secret) : ClientChange;

    public sealed record Updated : ClientChange;

    public sealed record Unchanged : ClientChange;

    /// <summary>The client, its sign-ins and their tokens are gone.</summary>
    public sealed record Removed : ClientChange;

    public sealed record AlreadyExists : ClientChange;

    public sealed record Unknown : ClientChange;

    public sealed record Invalid(IReadOnlyList<ClientFailure> Failures) : ClientChange;
}
