using CsCheck;
using Microsoft.EntityFrameworkCore;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.Journal;
using ProSanteConnect.Core.Practitioners.Import;

namespace ProSanteConnect.Core.Tests.Practitioners;

/// <summary>What an import does to the directory as a whole (security-checklist R25).</summary>
[Trait("Requirement", "R25")]
public sealed class DirectoryImports
{
    private static ExtractLineValues[] Doctors(int count) =>
        [.. Enumerable.Range(0, count).Select(i => ExtractLineValues.Doctor(ExtractLineValues.Rpps(i)))];

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task Twice_is_once(DatabaseProvider provider)
    {
        await using var directory = await DirectoryFixture.CreateAsync(provider);
        var file = ExtractFile.Extended(Doctors(100));
        await directory.MustImportAsync(file);
        var before = await directory.SnapshotAsync();

        var again = await directory.MustImportAsync(file);

        Assert.Equal((0, 0, 100, 0), (again.Created, again.Updated, again.Unchanged, again.Delisted));
        Assert.Equal(before, await directory.SnapshotAsync());
    }

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task Only_who_changed_is_written(DatabaseProvider provider)
    {
        await using var directory = await DirectoryFixture.CreateAsync(provider);
        var doctors = Doctors(40);
        await directory.MustImportAsync(ExtractFile.Restricted(doctors));
        var before = (await directory.PractitionersAsync()).ToDictionary(p => p.NationalId);

        doctors[7] = doctors[7].With("Nom de famille", "EXEMPLE");
        var imported = await directory.MustImportAsync(ExtractFile.Restricted([.. doctors, ExtractLineValues.Employee("990000010/CPET00001")]));

        Assert.Equal((1, 1, 39), (imported.Created, imported.Updated, imported.Unchanged));
        var changed = (await directory.PractitionersAsync())
            .Where(p => !before.TryGetValue(p.NationalId, out var known) || known.UpdatedAt != p.UpdatedAt || known.Id != p.Id)
            .Select(p => p.FamilyName);
        Assert.Equal(["EXEMPLE", "GABARIT"], changed.Order());
    }

    [Fact]
    public void Shuffled_lines_give_the_same_directory()
    {
        var lines = Doctors(4).SelectMany(doctor => new[]
        {
            doctor,
            doctor.With("Code mode exercice", "S"),
            doctor.With("Code savoir-faire", "SM26"),
            doctor.With("Lieu de naissance", "VANNES").With(ExtractLineValues.ContactEmail, "autre@example.org"),
        }).ToArray();

        Gen.Shuffle(lines).Sample(
            shuffled => DescribeAsync(shuffled).GetAwaiter().GetResult() == DescribeAsync(lines).GetAwaiter().GetResult(),
            iter: 20,
            threads: 1);

        static async Task<string> DescribeAsync(ExtractLineValues[] lines)
        {
            await using var directory = await DirectoryFixture.CreateAsync();
            await directory.MustImportAsync(ExtractFile.Extended(lines));
            return await directory.SnapshotAsync();
        }
    }

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task Whoever_a_full_extract_leaves_out_is_delisted_until_listed_again(DatabaseProvider provider)
    {
        await using var directory = await DirectoryFixture.CreateAsync(provider);
        var doctors = Doctors(10);
        await directory.MustImportAsync(ExtractFile.Restricted(doctors));

        Assert.Equal(2, (await directory.MustImportAsync(ExtractFile.Restricted(doctors[2..]))).Delisted);
        Assert.Equal(directory.Clock.GetUtcNow(), (await directory.PractitionersAsync())[0].DelistedAt);
        Assert.Equal(0, (await directory.MustImportAsync(ExtractFile.Restricted(doctors[2..]))).Delisted);

        Assert.Equal(2, (await directory.MustImportAsync(ExtractFile.Restricted(doctors))).Updated);
        Assert.Each(await directory.PractitionersAsync(), p => Assert.Null(p.DelistedAt));
    }

    [Fact]
    public async Task A_partial_extract_delists_nobody_and_the_public_one_is_partial_unless_told_otherwise()
    {
        await using var directory = await DirectoryFixture.CreateAsync();
        var doctors = Doctors(10);
        await directory.MustImportAsync(ExtractFile.Restricted(doctors));

        Assert.Equal(0, (await directory.MustImportAsync(ExtractFile.Restricted(doctors[0]), ExtractScope.Partial)).Delisted);
        Assert.Equal(0, (await directory.MustImportAsync(ExtractFile.Public(doctors[0]))).Delisted);
        Assert.Equal(1, (await directory.MustImportAsync(ExtractFile.Public(doctors[1..]), ExtractScope.Full)).Delisted);
    }

    [Fact]
    public async Task A_file_that_leaves_out_more_than_a_fifth_is_refused_unless_the_operator_insists()
    {
        await using var directory = await DirectoryFixture.CreateAsync();
        var doctors = Doctors(10);
        await directory.MustImportAsync(ExtractFile.Restricted(doctors));
        var before = await directory.SnapshotAsync();

        Assert.Equal(new DirectoryImportResult.Shrunken(10, 3), await directory.ImportAsync(ExtractFile.Restricted(doctors[3..])));
        Assert.Equal(before, await directory.SnapshotAsync());

        Assert.Equal(3, (await directory.MustImportAsync(ExtractFile.Restricted(doctors[3..]), allowShrink: true)).Delisted);
    }

    [Fact]
    public async Task A_refused_line_delists_nobody()
    {
        await using var directory = await DirectoryFixture.CreateAsync();
        var doctors = Doctors(10);
        await directory.MustImportAsync(ExtractFile.Restricted(doctors));

        var broken = doctors[0].With("Nom de famille", "\u0001");
        Assert.Equal(0, (await directory.MustImportAsync(ExtractFile.Restricted([broken, .. doctors[1..]]))).Delisted);

        // Without an identifier on the broken line, the missing person may be the person of that line.
        var nameless = doctors[0].Identified("8", "").With("Identification nationale PP", "");
        var imported = await directory.MustImportAsync(ExtractFile.Restricted([nameless, .. doctors[1..]]));
        Assert.Equal((0, true), (imported.Delisted, imported.DelistingSuspended));
    }

    [Fact]
    public async Task Each_import_stands_in_the_journal_with_its_counts_or_its_refusal()
    {
        await using var directory = await DirectoryFixture.CreateAsync();

        await directory.MustImportAsync(ExtractFile.Restricted(Doctors(2)));
        await directory.ImportAsync("nonsense");

        await using var db = directory.Open();
        var entries = await db.Journal.OrderBy(e => e.Id).ToListAsync(TestContext.Current.CancellationToken);
        Assert.Each(entries, e => Assert.Equal((JournalEvent.DirectoryImported, "test"), (e.Event, e.Actor)));
        Assert.Equal([JournalOutcome.Success, JournalOutcome.Refused], entries.Select(e => e.Outcome));
        Assert.Contains("created=2 updated=0", entries[0].Detail, StringComparison.Ordinal);
        Assert.Equal("header-unknown", entries[1].Detail);
    }

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task Of_two_imports_at_once_one_writes_and_the_other_says_so(DatabaseProvider provider)
    {
        await using var directory = await DirectoryFixture.CreateAsync(provider);
        await directory.MustImportAsync(ExtractFile.Restricted(Doctors(10)));

        // The second import runs while the first one reads its last line, after which it compares with what it read before.
        var inner = default(DirectoryImportResult);
        var options = new DirectoryImportOptions
        {
            Actor = "test",
            Progress = new OnComparing(() => inner ??= directory.ImportAsync(ExtractFile.Restricted(Doctors(12))).GetAwaiter().GetResult()),
        };
        await using var stream = ExtractFile.Restricted(Doctors(11)).ToStream();
        var outer = await new DirectoryImport(directory.Factory, directory.Clock).RunAsync(stream, options, TestContext.Current.CancellationToken);

        Assert.Equal(2, Assert.IsType<DirectoryImportResult.Imported>(inner).Created);
        Assert.IsType<DirectoryImportResult.ChangedMeanwhile>(outer);
        Assert.Equal(12, (await directory.PractitionersAsync()).Count);
    }

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task Long_documents_and_many_rows_are_written_whole(DatabaseProvider provider)
    {
        await using var directory = await DirectoryFixture.CreateAsync(provider);
        var surgeries = Enumerable.Range(0, 100).Select(i => ExtractLineValues.Doctor().With("Raison sociale site", new string('X', 400) + i));

        await directory.MustImportAsync(ExtractFile.Restricted([.. surgeries, .. Doctors(300)]));

        Assert.Equal(300, (await directory.PractitionersAsync()).Count);
        Assert.Equal(101, (await directory.PractitionerAsync("898765000017")).Practices.Sum(p => p.Activities.Count));
    }

    private sealed class OnComparing(Action act) : IProgress<DirectoryImportProgress>
    {
        public void Report(DirectoryImportProgress value)
        {
            if (value.Step == DirectoryImportStep.Comparing) act();
        }
    }
}
