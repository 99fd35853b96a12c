namespace ProSanteConnect.Core.Practitioners.Import;

/// <summary>One line cut into its fields: '|' separates, nothing quotes.</summary>
internal sealed class ExtractRow
{
    public const char Separator = '|';

    private readonly ExtractHeader _header;
    private readonly Range[] _fields;
    private readonly int _count;

    public ExtractRow(ExtractHeader header, long line, string text)
    {
        _header = header;
        Line = line;
        Text = text;

        // Room for the nothing after the last separator and for one field too many.
        _fields = new Range[header.Fields + 2];
        _count = text.AsSpan().Split(_fields, Separator);
    }

    public long Line { get; }

    public string Text { get; }

    /// <summary>The field without surrounding white space; empty when the column or the field is absent.</summary>
    public string this[ExtractColumn column] => Span(column) is { IsEmpty: false } field ? field.ToString() : "";

    public ReadOnlySpan<char> Span(ExtractColumn column)
    {
        var position = _header.PositionOf(column);
        return position >= 0 && position < _count ? Text.AsSpan(_fields[position]).Trim() : [];
    }

    /// <summary>What is wrong with the number of fields, if anything.</summary>
    public LineFault? ColumnFault()
    {
        var endsWithSeparator = _count == _header.Fields + 1 && Text.AsSpan(_fields[_count - 1]).Trim().IsEmpty;
        if (endsWithSeparator) return null;
        if (_count > _header.Fields) return LineFault.TooManyColumns;

        // Where every line ends with a separator, one that does not was cut, be it in its last field.
        return _count < _header.Fields || _header.EndsWithSeparator ? LineFault.TooFewColumns : null;
    }
}
