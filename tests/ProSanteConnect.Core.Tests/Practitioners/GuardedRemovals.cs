using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.Practitioners.Import;

namespace ProSanteConnect.Core.Tests.Practitioners;

/// <summary>Nobody is removed or emptied by a file that was not understood (security-checklist R25).</summary>
[Trait("Requirement", "R25")]
public sealed class GuardedRemovals
{
    private static readonly ExtractLineValues[] Doctors =
        [.. Enumerable.Range(0, 40).Select(i => ExtractLineValues.Doctor(ExtractLineValues.Rpps(i)))];

    private static DirectoryImportOptions Scheduled => new() { Actor = "test", Scheduled = true };

    private static DirectoryImportOptions Confirmed => new() { Actor = "test", ConfirmRemovals = true };

    [Theory]
    [InlineData("Identification nationale PP", "898765000025")] // another person's: it is one of the two
    [InlineData("Identifiant PP", "98765000025")]
    [InlineData("Identifiant PP", "9876500000")]                // a digit is lost in one place
    [InlineData("Identification nationale PP", "8\u000198765000009")]
    [InlineData("Nom de famille", "\u0001")]
    public async Task A_line_that_cannot_be_believed_removes_nobody(string column, string value)
    {
        await using var directory = await DirectoryFixture.CreateAsync();
        await directory.MustImportAsync(ExtractFile.Restricted(Doctors));

        var imported = await directory.MustImportAsync(ExtractFile.Restricted([Doctors[0].With(column, value), .. Doctors[1..]]));

        Assert.Equal((0, 1L), (imported.Delisted, imported.RefusedLines));
        Assert.All(await directory.PractitionersAsync(), p => Assert.Null(p.DelistedAt));
    }

    [Theory]
    [InlineData("0", "9930001")]
    [InlineData("8", "9876500")]
    [InlineData("7", "98765000017")]
    public async Task A_line_whose_identifier_is_damaged_removes_nobody_until_the_operator_confirms(string kind, string number)
    {
        await using var directory = await DirectoryFixture.CreateAsync();
        await directory.MustImportAsync(ExtractFile.Restricted(Doctors));
        var file = ExtractFile.Restricted([Doctors[0].Identified(kind, number), .. Doctors[1..]]);

        var imported = await directory.MustImportAsync(file);
        Assert.Equal((0, 1, true), (imported.Delisted, imported.WaitingRemovals, imported.DelistingSuspended));

        // A job would find the same damaged line again, so its second run confirms nothing.
        Assert.Equal(0, (await directory.MustImportAsync(file, Scheduled)).Delisted);
        Assert.Equal(0, (await directory.MustImportAsync(file, Scheduled)).Delisted);

        Assert.Equal(1, (await directory.MustImportAsync(file, Confirmed)).Delisted);
    }

    [Fact]
    public async Task A_line_about_a_mailbox_is_about_no_person_and_holds_nothing_up()
    {
        await using var directory = await DirectoryFixture.CreateAsync();
        await directory.MustImportAsync(ExtractFile.Restricted(Doctors));

        var mailbox = Doctors[0].Identified("10", "camille.fictif@medecin.mssante.example");
        var imported = await directory.MustImportAsync(ExtractFile.Restricted([mailbox, .. Doctors[1..]]));

        Assert.Equal((1, 0), (imported.Delisted, imported.WaitingRemovals));
    }

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task More_than_a_few_removals_wait_while_everything_else_is_applied(DatabaseProvider provider)
    {
        await using var directory = await DirectoryFixture.CreateAsync(provider);
        await directory.MustImportAsync(ExtractFile.Restricted(Doctors));
        var without6 = ExtractFile.Restricted([Doctors[6].With("Nom de famille", "AUTRE"), .. Doctors[7..]]);

        var waiting = await directory.MustImportAsync(without6);
        Assert.Equal((0, 6, 1), (waiting.Delisted, waiting.WaitingRemovals, waiting.Updated));

        Assert.Equal(5, (await directory.MustImportAsync(without6.With(Doctors[0]))).Delisted);
        Assert.Equal(1, (await directory.MustImportAsync(without6, Confirmed)).Delisted);
    }

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task The_second_run_of_a_scheduled_job_removes_whom_the_first_one_missed_too(DatabaseProvider provider)
    {
        await using var directory = await DirectoryFixture.CreateAsync(provider);
        await directory.MustImportAsync(ExtractFile.Restricted(Doctors));
        var (without6, without7) = (ExtractFile.Restricted(Doctors[6..]), ExtractFile.Restricted(Doctors[7..]));

        Assert.Equal(6, (await directory.MustImportAsync(without6, Scheduled)).WaitingRemovals);
        Assert.Equal(7, (await directory.MustImportAsync(without7, Scheduled)).WaitingRemovals);
        Assert.Equal(6, (await directory.MustImportAsync(without6, Scheduled)).WaitingRemovals);
        Assert.Equal(6, (await directory.MustImportAsync(without6)).WaitingRemovals); // an operator's own run confirms nothing
        Assert.Equal(6, (await directory.MustImportAsync(without6, Scheduled)).Delisted);

        // What was confirmed once is not confirmed for ever.
        await directory.MustImportAsync(ExtractFile.Restricted(Doctors));
        Assert.Equal(6, (await directory.MustImportAsync(without6, Scheduled)).WaitingRemovals);
    }

    [Theory]
    [InlineData("Nom de famille", "")]
    [InlineData("Prénoms", "''")]
    public async Task A_person_whose_name_vanishes_is_kept_and_reported(string column, string value)
    {
        await using var directory = await DirectoryFixture.CreateAsync();
        await directory.MustImportAsync(ExtractFile.Restricted(Doctors));
        var before = await directory.SnapshotAsync();

        var nameless = Doctors[0].With(column, value).With("Code sexe", "M");
        var imported = await directory.MustImportAsync(ExtractFile.Restricted([nameless, .. Doctors[1..]]));

        Assert.Equal((1L, 1, 0), (imported.RefusedLines, imported.SkippedPersons, imported.Updated));
        Assert.Equal([new LineRemark(2, LineFault.NameVanished, column)], directory.Remarks);
        Assert.Equal(before, await directory.SnapshotAsync());
    }

    [Theory]
    [InlineData("Date de naissance", "1980-02-01")]
    [InlineData(ExtractLineValues.ContactPhone, "voir secrétariat")]
    [InlineData(ExtractLineValues.ContactEmail, "a@example.org;b@example.org")]
    [InlineData("Autres identifiants", "0999300015")]
    public async Task A_value_that_cannot_be_read_empties_nothing(string column, string value)
    {
        await using var directory = await DirectoryFixture.CreateAsync();
        var doctor = ExtractLineValues.Doctor().With("Autres identifiants", "898765000017,RPPS,1;0999300015,ADELI,1");
        await directory.MustImportAsync(ExtractFile.Extended(doctor));
        var before = await directory.SnapshotAsync();

        var imported = await directory.MustImportAsync(ExtractFile.Extended(doctor.With(column, value)));

        Assert.Equal(1, imported.Unchanged);
        Assert.Equal(before, await directory.SnapshotAsync());
        Assert.Equal(column, Assert.Single(directory.Remarks).Column);
    }
}
