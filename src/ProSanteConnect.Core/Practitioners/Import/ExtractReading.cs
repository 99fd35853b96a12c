namespace ProSanteConnect.Core.Practitioners.Import;

/// <summary>The first step: every line is looked at by itself and put by until the others about the same person are there.</summary>
internal sealed class ExtractReading(Staging staging, DirectoryImportOptions options)
{
    private const int LinesPerReport = 1000;

    /// <summary>Nobody exercises in so many situations: such a person is an error of the file, and might not fit in memory.</summary>
    private const int MaxLinesPerPerson = 500;

    private ExtractHeader? _header;

    public ExtractHeader Header => _header ?? throw new InvalidOperationException("The extract has not been read.");

    /// <summary>Lines after the header, blank ones left out.</summary>
    public long Lines { get; private set; }

    public long RefusedLines { get; private set; }

    /// <summary>Lines that were taken with a remark.</summary>
    public long Remarks { get; private set; }

    /// <summary>Refused lines that do not say of whom they speak.</summary>
    public long NamelessLines { get; private set; }

    /// <summary>Returns why the whole file is refused, or null when its lines are staged.</summary>
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
        RefuseCrowds();
        return Lines > RefusedLines ? null : new DirectoryImportResult.NothingListed(RefusedLines);
    }

    /// <summary>Returns false when the line shows that the file was cut.</summary>
    private bool Take(ExtractLine line)
    {
        var (person, remark) = LineCheck.Check(new ExtractRow(Header, line.Number, line.Text), line.Fault);
        if (!line.Ended && remark?.Fault is LineFault.TooFewColumns or LineFault.NotUtf8) return false;

        if (remark is not null) options.OnRemark?.Invoke(remark);
        if (remark is not { Refused: true })
        {
            if (remark is not null) Remarks++;
            staging.AddLine(line.Number, person, line.Text);
            return true;
        }

        RefusedLines++;
        if (person.Length > 0) staging.Refuse(person);
        else NamelessLines++;
        return true;
    }

    private void RefuseCrowds()
    {
        foreach (var (lastLine, count, person) in staging.Crowds(MaxLinesPerPerson))
        {
            staging.Refuse(person);
            RefusedLines += count;
            options.OnRemark?.Invoke(new LineRemark(lastLine, LineFault.TooManyLines));
        }
    }
}
