using Microsoft.EntityFrameworkCore;
using ProSanteConnect.Core.Data;

namespace ProSanteConnect.Core.Practitioners.Import;

/// <summary>The second step: compares each person of the file with the database and stages the differences.</summary>
internal sealed class DirectoryComparison
{
    private const int PersonsPerQuery = 256;

    private readonly PscDb _db;
    private readonly Staging _staging;
    private readonly ExtractHeader _header;
    private readonly DirectoryImportOptions _options;
    private readonly PersonAssembly _assembly;
    private readonly PersonMerge _merge;

    public DirectoryComparison(PscDb db, Staging staging, ExtractHeader header, DirectoryImportOptions options)
    {
        _db = db;
        _staging = staging;
        _header = header;
        _options = options;
        _assembly = new PersonAssembly(header, Remark);
        _merge = new PersonMerge(header);
    }

    public int Created { get; private set; }
    public int Updated { get; private set; }
    public int Unchanged { get; private set; }

    /// <summary>The number of listed persons before this import.</summary>
    public int Listed { get; private set; }

    public int Delisted { get; private set; }
    public long Remarks { get; private set; }

    public async Task CompareAsync(CancellationToken ct)
    {
        var total = _staging.CountPersons();
        var empty = !await _db.Practitioners.AnyAsync(ct);
        var done = 0;
        foreach (var persons in Persons().Chunk(PersonsPerQuery))
        {
            ct.ThrowIfCancellationRequested();
            var known = empty ? [] : await KnownAsync(persons, ct);
            foreach (var person in persons) Compare(known.GetValueOrDefault(person.NationalId), person);

            done += persons.Length;
            _options.Progress?.Report(new DirectoryImportProgress(DirectoryImportStep.Comparing, done, total));
        }
    }

    /// <summary>Finds the listed persons that the file omits.</summary>
    public async Task FindDelistedAsync(CancellationToken ct)
    {
        var listed = _db.Practitioners.Where(p => p.DelistedAt == null).Select(p => new { p.Id, p.NationalId });
        await foreach (var person in listed.AsAsyncEnumerable().WithCancellation(ct))
        {
            Listed++;
            if (_staging.Concerns(person.NationalId)) continue;

            Delisted++;
            _staging.AddDelisted(person.Id);
        }
    }

    private void Compare(Practitioner? known, Practitioner listed)
    {
        var merged = _merge.Merge(known, listed);
        if (known is not null && PersonMerge.SaysTheSame(known, merged))
        {
            Unchanged++;
            return;
        }

        if (known is null) Created++;
        else Updated++;
        _staging.AddChange(known?.Id, merged);
    }

    private async Task<Dictionary<string, Practitioner>> KnownAsync(Practitioner[] persons, CancellationToken ct)
    {
        var ids = persons.Select(p => p.NationalId).ToList();
        return await _db.Practitioners
            .AsNoTracking()
            .Where(p => ids.Contains(p.NationalId))
            .ToDictionaryAsync(p => p.NationalId, StringComparer.Ordinal, ct);
    }

    private IEnumerable<Practitioner> Persons()
    {
        var rows = new List<ExtractRow>();
        var nationalId = "";
        foreach (var (number, person, text) in _staging.Lines())
        {
            if (person != nationalId && rows.Count > 0)
            {
                yield return _assembly.Assemble(nationalId, rows);
                rows.Clear();
            }

            nationalId = person;
            rows.Add(new ExtractRow(_header, number, text));
        }

        if (rows.Count > 0) yield return _assembly.Assemble(nationalId, rows);
    }

    private void Remark(LineRemark remark)
    {
        Remarks++;
        _options.OnRemark?.Invoke(remark);
    }
}
