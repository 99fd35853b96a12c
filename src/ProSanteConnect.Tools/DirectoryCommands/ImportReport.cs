using System.Globalization;
using System.Text;
using ProSanteConnect.Core.Practitioners.Import;

namespace ProSanteConnect.Tools.DirectoryCommands;

/// <summary>Collects the remarks of an import: all of them in a file when one is asked for, counts and the first few in memory.</summary>
internal sealed class ImportReport(string? path) : IDisposable
{
    public const int FirstCount = 10;

    // With a mark, so that spreadsheets read the accents.
    private static readonly UTF8Encoding Encoding = new(encoderShouldEmitUTF8Identifier: true);

    private readonly StreamWriter? _file = Open(path);
    private readonly List<LineRemark> _first = [];
    private readonly SortedDictionary<LineFault, long> _counts = [];

    public string? Path => path;

    public IReadOnlyList<LineRemark> First => _first;

    public IReadOnlyDictionary<LineFault, long> Counts => _counts;

    public void Add(LineRemark remark)
    {
        _counts[remark.Fault] = _counts.GetValueOrDefault(remark.Fault) + 1;
        if (_first.Count < FirstCount) _first.Add(remark);
        _file?.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{remark.Line};{(remark.Refused ? "refusée" : "acceptée")};{ImportText.Of(remark.Fault)};{remark.Column}"));
    }

    public void Dispose() => _file?.Dispose();

    private static StreamWriter? Open(string? path)
    {
        if (path is null) return null;

        var file = new StreamWriter(path, append: false, Encoding);
        file.WriteLine("ligne;suite;raison;colonne");
        return file;
    }
}
