using System.Text;
using System.Text.Unicode;

namespace ProSanteConnect.Core.Practitioners.Import;

/// <summary>The first step: checks each line and stages it until all lines of the same person are read.</summary>
internal sealed class ExtractReading(Staging staging, DirectoryImportOptions options)
{
    private const int LinesPerReport = 1000;

    /// <summary>More lines about one person indicate an error in the file, and might exhaust the memory.</summary>
    private const int MaxLinesPerPerson = 500;

    private ExtractHeader? _header;

    public ExtractHeader Header => _header ?? throw new InvalidOperationException("The extract has not been read.");

    /// <summary>Lines after the header, without blank ones.</summary>
    public long Lines { get; private set; }

    public long RefusedLines { get; private set; }

    /// <summary>Accepted lines with a remark.</summary>
    public long Remarks { get; private set; }

    /// <summary>Refused lines that may be about a person whom the reading cannot name.</summary>
    public long UnidentifiedLines { get; private set; }

    /// <summary>Stages the lines. Returns the reason when the whole file is refused, otherwise null.</summary>
    public DirectoryImportResult? Run(Stream extract, CancellationToken ct)
    {
        var lines = new ExtractLines(extract);
        if (!lines.Read(out var first) || first.Fault is not null) return new DirectoryImportResult.HeaderUnknown();

        (_header, var refusal) = ExtractHeader.Read(first.Text);
        if (refusal is not null) return refusal;

        var length = extract.CanSeek ? extract.Length : 0;
        while (lines.Read(out var line))
        {
            if (line.Number % LinesPerReport == 0)
            {
                ct.ThrowIfCancellationRequested();
                options.Progress?.Report(new DirectoryImportProgress(DirectoryImportStep.Reading, lines.BytesRead, length));
            }

            if (string.IsNullOrWhiteSpace(line.Text)) continue;

            Lines++;
            if (!Take(line)) return new DirectoryImportResult.FileCut(line.Number);
        }

        options.Progress?.Report(new DirectoryImportProgress(DirectoryImportStep.Reading, lines.BytesRead, lines.BytesRead));
        staging.SortLines();
        RefusePersonsAboveLimit();
        return Lines > RefusedLines ? null : new DirectoryImportResult.NothingListed(RefusedLines);
    }

    /// <summary>Stages or refuses one line. Returns false when the line shows that the file is truncated.</summary>
    private bool Take(ExtractLine line)
    {
        var (persons, mayConcernAnother, remark) = LineCheck.Check(new ExtractRow(Header, line.Number, line.Text), line.Fault);
        if (!line.Ended && remark?.Fault is LineFault.TooFewColumns or LineFault.NotUtf8) return false;

        if (remark is not null) options.OnRemark?.Invoke(remark);
        if (remark is not { Refused: true })
        {
            if (remark is not null) Remarks++;
            staging.AddLine(line.Number, persons[0], line.Text);
            return true;
        }

        RefusedLines++;
        foreach (var person in persons) staging.Refuse(person);
        if (mayConcernAnother) UnidentifiedLines++;
        return true;
    }

    private void RefusePersonsAboveLimit()
    {
        foreach (var (lastLine, count, person) in staging.PersonsAbove(MaxLinesPerPerson))
        {
            staging.Refuse(person);
            RefusedLines += count;
            options.OnRemark?.Invoke(new LineRemark(lastLine, LineFault.TooManyLines));
        }
    }
}

/// <summary>One line split into its fields at '|'; there is no quoting.</summary>
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

        // Two more: the empty field after a trailing separator, and one surplus field to detect too many.
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

    /// <summary>The fault of the number of fields; null when it is right.</summary>
    public LineFault? ColumnFault()
    {
        var endsWithSeparator = _count == _header.Fields + 1 && Text.AsSpan(_fields[_count - 1]).Trim().IsEmpty;
        if (endsWithSeparator) return null;
        if (_count > _header.Fields) return LineFault.TooManyColumns;

        // If every line ends with a separator, one without is truncated, even within its last field.
        return _count < _header.Fields || _header.EndsWithSeparator ? LineFault.TooFewColumns : null;
    }
}

/// <summary>
/// One line of the file; the header is number 1. With a fault, the text is the readable part. <c>Ended</c> is false when the file
/// stops before the end of line.
/// </summary>
internal readonly record struct ExtractLine(long Number, string Text, LineFault? Fault, bool Ended);

/// <summary>
/// Reads lines in bounded memory. A StreamReader would read a file without line breaks whole, and would replace bytes that are
/// not UTF-8.
/// </summary>
internal sealed class ExtractLines(Stream file)
{
    /// <summary>In bytes. Real lines have about 350.</summary>
    public const int MaxLength = 32 * 1024;

    private readonly byte[] _buffer = new byte[4 * MaxLength];
    private int _start;
    private int _end;
    private long _number;

    public long BytesRead { get; private set; }

    public bool Read(out ExtractLine line)
    {
        line = default;
        var length = FindEnd(out var ended);
        if (length == 0 && !ended) return false;

        _number++;
        var tooLong = length > MaxLength || (length == MaxLength && !ended);
        line = Decode(_buffer.AsSpan(_start, Math.Min(length, MaxLength)), tooLong, ended);
        _start += length + (ended ? 1 : 0);
        if (tooLong && !ended) line = line with { Ended = SkipRest() };
        return true;
    }

    /// <summary>The number of bytes before the end of the line, of the file or of the buffer.</summary>
    private int FindEnd(out bool ended)
    {
        var searched = 0;
        while (true)
        {
            var found = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            ended = found >= 0;
            if (ended) return searched + found;

            searched = _end - _start;
            if (searched >= MaxLength || !Fill()) return searched;
        }
    }

    private bool SkipRest()
    {
        while (true)
        {
            var found = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
            if (found >= 0)
            {
                _start += found + 1;
                return true;
            }

            _start = _end;
            if (!Fill()) return false;
        }
    }

    private bool Fill()
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        _end -= _start;
        _start = 0;

        var read = file.Read(_buffer, _end, _buffer.Length - _end);
        _end += read;
        BytesRead += read;
        return read > 0;
    }

    private ExtractLine Decode(ReadOnlySpan<byte> bytes, bool tooLong, bool ended)
    {
        if (bytes.EndsWith("\r"u8)) bytes = bytes[..^1];
        if (_number == 1 && bytes.StartsWith("\uFEFF"u8)) bytes = bytes["\uFEFF"u8.Length..];

        LineFault? fault = tooLong ? LineFault.TooLong : Utf8.IsValid(bytes) ? null : LineFault.NotUtf8;
        return new ExtractLine(_number, Encoding.UTF8.GetString(bytes), fault, ended);
    }
}
