using System.Buffers.Binary;
using System.Security.Cryptography;
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

    /// <summary>The listed persons that the file omits.</summary>
    public int Missing { get; private set; }

    /// <summary>A number that is equal for equal sets of missing persons, and never 0.</summary>
    public long MissingDigest { get; private set; }

    /// <summary>Persons left unchanged, because their name vanished from the file.</summary>
    public int SkippedPersons { get; private set; }

    /// <summary>The lines of those persons.</summary>
    public long RefusedLines { get; private set; }

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
            foreach (var person in persons) Compare(known.GetValueOrDefault(person.Person.NationalId), person);

            done += persons.Length;
            _options.Progress?.Report(new DirectoryImportProgress(DirectoryImportStep.Comparing, done, total));
        }
    }

    /// <summary>Finds the listed persons that the file omits.</summary>
    public async Task FindMissingAsync(CancellationToken ct)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var number = new byte[sizeof(long)];
        var listed = _db.Practitioners.Where(p => p.DelistedAt == null).OrderBy(p => p.Id).Select(p => new { p.Id, p.NationalId });
        await foreach (var person in listed.AsAsyncEnumerable().WithCancellation(ct))
        {
            Listed++;
            if (_staging.Concerns(person.NationalId)) continue;

            Missing++;
            _staging.AddDelisted(person.Id);
            BinaryPrimitives.WriteInt64LittleEndian(number, person.Id);
            digest.AppendData(number);
        }

        MissingDigest = BinaryPrimitives.ReadInt64LittleEndian(digest.GetHashAndReset()) | 1;
    }

    private void Compare(Practitioner? known, AssembledPerson listed)
    {
        var merged = _merge.Merge(known, listed);
        if (known is not null && PersonMerge.VanishedName(known, merged) is { } column)
        {
            SkippedPersons++;
            RefusedLines += listed.Lines;
            _options.OnRemark?.Invoke(new LineRemark(listed.FirstLine, LineFault.NameVanished, ExtractColumns.NameOf(column)));
            return;
        }

        if (known is not null && PersonMerge.SaysTheSame(known, merged))
        {
            Unchanged++;
            return;
        }

        if (known is null) Created++;
        else Updated++;
        _staging.AddChange(known?.Id, merged);
    }

    private async Task<Dictionary<string, Practitioner>> KnownAsync(AssembledPerson[] persons, CancellationToken ct)
    {
        var ids = persons.Select(p => p.Person.NationalId).ToList();
        return await _db.Practitioners
            .AsNoTracking()
            .Where(p => ids.Contains(p.NationalId))
            .ToDictionaryAsync(p => p.NationalId, StringComparer.Ordinal, ct);
    }

    private IEnumerable<AssembledPerson> Persons()
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

/// <summary>
/// Decides whether the persons that a full extract omits are removed. A removal is hard to undo (their e-CPS end), so it waits when it is
/// large or when a refused line may be about one of them.
/// </summary>
internal sealed class RemovalDecision(DirectoryComparison comparison, DirectoryImportOptions options, bool unidentified)
{
    public async Task<bool> MustWaitAsync(PscDb db, CancellationToken ct)
    {
        if (comparison.Missing == 0 || options.ConfirmRemovals || options.AllowShrink) return false;
        if (unidentified) return true;
        if (comparison.Missing <= Math.Max(options.UnconfirmedRemovals, (int)(comparison.Listed * options.UnconfirmedShare))) return false;
        return !(options.Scheduled && await WaitingRemovals.ReadAsync(db, ct) == comparison.MissingDigest);
    }

    /// <summary>What the next run of a scheduled job compares with; null keeps what stands.</summary>
    public long? DigestToKeep(ExtractScope scope, bool wait) =>
        scope != ExtractScope.Full || !options.Scheduled ? null : wait && !unidentified ? comparison.MissingDigest : 0;
}
