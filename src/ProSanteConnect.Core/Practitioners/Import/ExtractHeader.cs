namespace ProSanteConnect.Core.Practitioners.Import;

/// <summary>Where each column stands. Columns have been added over the years, so they are found by name.</summary>
internal sealed class ExtractHeader
{
    private const int Absent = -1;

    private readonly int[] _positions;

    private ExtractHeader(ExtractFormat format, int fields, bool endsWithSeparator, int[] positions)
    {
        Format = format;
        Fields = fields;
        EndsWithSeparator = endsWithSeparator;
        _positions = positions;
    }

    public ExtractFormat Format { get; }

    /// <summary>How many fields a line has, not counting the nothing after a last separator.</summary>
    public int Fields { get; }

    /// <summary>Whether each line ends with a separator, so that a line without one was cut.</summary>
    public bool EndsWithSeparator { get; }

    public bool Has(ExtractColumn column) => _positions[(int)column] != Absent;

    /// <summary>The position of the column's field, or -1.</summary>
    public int PositionOf(ExtractColumn column) => _positions[(int)column];

    /// <summary>Reads the first line; what is refused is returned as the import's own result.</summary>
    public static (ExtractHeader? Header, DirectoryImportResult? Refusal) Read(string line)
    {
        var names = line.TrimStart('\uFEFF').Split(ExtractRow.Separator);
        var endsWithSeparator = names[^1].Trim().Length == 0;
        if (endsWithSeparator) names = names[..^1];

        var positions = new int[ExtractColumns.Count];
        Array.Fill(positions, Absent);
        for (var i = 0; i < names.Length; i++)
        {
            if (!ExtractColumns.TryFind(names[i], out var column)) continue;
            if (positions[(int)column] != Absent) return (null, new DirectoryImportResult.ColumnRepeated(names[i].Trim()));

            positions[(int)column] = i;
        }

        if (positions[(int)ExtractColumn.NationalId] == Absent) return (null, new DirectoryImportResult.HeaderUnknown());

        // What only the restricted extract has tells it from the public one.
        var format = positions[(int)ExtractColumn.FamilyName] != Absent || positions[(int)ExtractColumn.ContactEmail] != Absent
            ? ExtractFormat.Restricted
            : ExtractFormat.Public;
        var missing = Enum.GetValues<ExtractColumn>()
            .Where(column => positions[(int)column] == Absent && ExtractColumns.IsRequired(column, format))
            .Select(ExtractColumns.NameOf)
            .ToList();
        return missing.Count == 0
            ? (new ExtractHeader(format, names.Length, endsWithSeparator, positions), null)
            : (null, new DirectoryImportResult.ColumnsMissing(format, missing));
    }
}
