namespace ProSanteConnect.Core.Practitioners.Import;

public abstract record DirectoryImportResult
{
    private DirectoryImportResult() { }

    public sealed record Imported : DirectoryImportResult
    {
        public required ExtractFormat Format { get; init; }
        public required ExtractScope Scope { get; init; }

        /// <summary>Lines of the file after the header, blank ones left out.</summary>
        public required long Lines { get; init; }

        public required long RefusedLines { get; init; }

        /// <summary>Remarks on lines that were taken: without a doubtful value, or with a wrong key.</summary>
        public required long Remarks { get; init; }

        public required int Created { get; init; }
        public required int Updated { get; init; }
        public required int Unchanged { get; init; }
        public required int Delisted { get; init; }

        /// <summary>Persons left as they were, because a line about them was refused: nobody is half known.</summary>
        public required int LeftAsTheyWere { get; init; }

        /// <summary>Nobody was delisted, because a refused line does not say of whom it speaks.</summary>
        public required bool DelistingSuspended { get; init; }
    }

    /// <summary>The first line is not the header of a known extract.</summary>
    public sealed record HeaderUnknown : DirectoryImportResult;

    public sealed record ColumnsMissing(ExtractFormat Format, IReadOnlyList<string> Columns) : DirectoryImportResult;

    public sealed record ColumnRepeated(string Column) : DirectoryImportResult;

    /// <summary>The last line stops in its middle: so did the transfer of the file.</summary>
    public sealed record FileCut(long Line) : DirectoryImportResult;

    /// <summary>No line could be taken.</summary>
    public sealed record NothingListed(long RefusedLines) : DirectoryImportResult;

    /// <summary>More than a fifth of those listed now would be delisted.</summary>
    public sealed record Shrunken(int Listed, int Vanishing) : DirectoryImportResult;

    /// <summary>Another import wrote while this one compared.</summary>
    public sealed record ChangedMeanwhile : DirectoryImportResult;
}
