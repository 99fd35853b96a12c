namespace ProSanteConnect.Core.Practitioners.Import;

public sealed record DirectoryImportOptions
{
    /// <summary>Who imports, for the journal.</summary>
    public required string Actor { get; init; }

    /// <summary>
    /// Whether the file lists everybody. When not said: the restricted extract does; the public one does not, because it leaves out
    /// students, soldiers and employees.
    /// </summary>
    public ExtractScope? Scope { get; init; }

    /// <summary>Takes a full extract even though it leaves out more than a fifth of those listed now.</summary>
    public bool AllowShrink { get; init; }

    /// <summary>Called for each remark, in the order in which they are found.</summary>
    public Action<LineRemark>? OnRemark { get; init; }

    public IProgress<DirectoryImportProgress>? Progress { get; init; }
}
