namespace ProSanteConnect.Core.RelyingParties;

/// <summary>What became of a <c>clients.json</c>.</summary>
public abstract record ClientsFileResult
{
    private ClientsFileResult()
    {
    }

    /// <summary>All of it holds now.</summary>
    /// <param name="Added">How many clients are new.</param>
    /// <param name="Updated">How many were changed.</param>
    /// <param name="Removed">How many were removed.</param>
    /// <param name="Unchanged">How many stood as the file says.</param>
    /// <param name="WithoutSecret">The confidential clients that cannot authenticate until <c>psc clients rotate-secret</c> is run.</param>
    public sealed record Applied(int Added, int Updated, int Removed, int Unchanged, IReadOnlyList<string> WithoutSecret) : ClientsFileResult;

    /// <summary>Nothing of it was applied; the sentences, in French, say why.</summary>
    public sealed record Refused(IReadOnlyList<string> Sentences) : ClientsFileResult;
}
