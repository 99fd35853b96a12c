using System.Text;
using ProSanteConnect.Core.Practitioners.Import;

namespace ProSanteConnect.Core.Tests.Practitioners;

/// <summary>Files and lines that are not as they should be (security-checklist R18, R25).</summary>
[Trait("Requirement", "R25")]
public sealed class RefusedLines
{
    private static readonly ExtractLineValues First = ExtractLineValues.Doctor("98765000017");
    private static readonly ExtractLineValues Second = ExtractLineValues.Doctor("98765000025");

    [Theory]
    [InlineData("\n", false)]
    [InlineData("\n", true)]
    [InlineData("\r\n", false)]
    [InlineData("\r\n", true)]
    public async Task Ends_of_line_and_a_byte_order_mark_do_not_matter(string end, bool mark)
    {
        await using var directory = await DirectoryFixture.CreateAsync();
        await using var other = await DirectoryFixture.CreateAsync();
        var text = ExtractFile.Restricted(First, Second).ToString();

        await directory.ImportAsync(text);
        var result = await other.ImportAsync((mark ? "\uFEFF" : "") + text.Replace("\n", end, StringComparison.Ordinal));

        Assert.Equal(2, Assert.IsType<DirectoryImportResult.Imported>(result).Created);
        Assert.Equal(await directory.SnapshotAsync(), await other.SnapshotAsync());
    }

    [Fact]
    public async Task Blank_lines_and_a_missing_last_end_of_line_do_not_matter()
    {
        await using var directory = await DirectoryFixture.CreateAsync();
        var file = ExtractFile.Restricted(First);

        var result = await directory.ImportAsync(file + "\n  \r\n" + file.TextOf(Second));

        var imported = Assert.IsType<DirectoryImportResult.Imported>(result);
        Assert.Equal((2, 2, 0), (imported.Created, (int)imported.Lines, (int)imported.RefusedLines));
    }

    [Fact]
    public async Task Columns_are_found_by_name_wherever_they_stand()
    {
        await using var directory = await DirectoryFixture.CreateAsync();
        var file = ExtractFile.Extended(First);

        await directory.MustImportAsync(file);
        var again = await directory.MustImportAsync(file with { Columns = ["Une colonne ajoutée", .. file.Columns.Reverse()] });

        Assert.Equal(1, again.Unchanged);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nom;prénom\nFICTIF;Camille\n")]
    [InlineData("{\"resourceType\":\"Bundle\"}")]
    public async Task A_file_that_is_no_extract_is_refused_as_a_whole(string text)
    {
        await using var directory = await DirectoryFixture.CreateAsync();

        Assert.IsType<DirectoryImportResult.HeaderUnknown>(await directory.ImportAsync(text));
    }

    [Fact]
    public async Task A_header_that_lacks_columns_is_refused_with_their_names()
    {
        await using var directory = await DirectoryFixture.CreateAsync();
        var file = ExtractFile.Restricted(First).WithoutColumn("Nom d'exercice").WithoutColumn("Code sexe");

        var missing = Assert.IsType<DirectoryImportResult.ColumnsMissing>(await directory.ImportAsync(file));

        Assert.Equal(ExtractFormat.Restricted, missing.Format);
        Assert.Equal(["Nom d'exercice", "Code sexe"], missing.Columns);
    }

    [Fact]
    public async Task A_header_that_names_a_column_twice_is_refused()
    {
        await using var directory = await DirectoryFixture.CreateAsync();
        var file = ExtractFile.Restricted(First);

        var result = await directory.ImportAsync(file with { Columns = file.Columns.Add("Nom de famille") });

        Assert.Equal(new DirectoryImportResult.ColumnRepeated("Nom de famille"), result);
    }

    [Fact]
    public async Task A_header_from_before_the_last_columns_were_added_is_taken()
    {
        await using var directory = await DirectoryFixture.CreateAsync();
        var file = ExtractFile.Public(First)
            .WithoutColumn("Code rôle").WithoutColumn("Libellé rôle").WithoutColumn("Code genre activité").WithoutColumn("Libellé genre activité");

        Assert.Equal(1, (await directory.MustImportAsync(file)).Created);
    }

    [Theory]
    [InlineData("", LineFault.TooFewColumns)] // without its last separator: cut in its last field
    [InlineData("|", null)]
    [InlineData("||", LineFault.TooManyColumns)]
    [InlineData("|x|", LineFault.TooManyColumns)]
    public async Task A_line_has_as_many_columns_as_the_header(string end, LineFault? fault)
    {
        await using var directory = await DirectoryFixture.CreateAsync();
        var file = ExtractFile.Restricted(First);

        await directory.ImportAsync(file + file.TextOf(Second)[..^1] + end + "\n");

        Assert.Equal(fault, directory.Remarks.SingleOrDefault()?.Fault);
        Assert.Equal(fault is null ? 2 : 1, (await directory.PractitionersAsync()).Count);
    }

    [Fact]
    public async Task A_line_that_lost_a_column_is_refused_with_its_number()
    {
        await using var directory = await DirectoryFixture.CreateAsync();
        var file = ExtractFile.Restricted(First);

        await directory.ImportAsync(file + file.TextOf(Second).Replace("|FICTIF|", "|", StringComparison.Ordinal) + "\n");

        Assert.Equal([new LineRemark(3, LineFault.TooFewColumns)], directory.Remarks);
    }

    [Theory]
    [InlineData("Nom de famille", "AB\0CD", LineFault.ControlCharacter, "")]
    [InlineData("Nom de famille", "AB\u0085CD", LineFault.ControlCharacter, "")]
    [InlineData("Code sexe", "MASCULIN ET FEMININ", LineFault.FieldTooLong, "Code sexe")]
    [InlineData("Identification nationale PP", "898765000025", LineFault.NationalIdContradicted, "Identification nationale PP")]
    [InlineData("Type d'identifiant PP", "3", LineFault.NationalIdContradicted, "Identification nationale PP")]
    public async Task A_line_that_cannot_be_trusted_is_refused(string column, string value, LineFault fault, string named)
    {
        await using var directory = await DirectoryFixture.CreateAsync();

        await directory.ImportAsync(ExtractFile.Restricted(Second, First.With(column, value)));

        Assert.Equal([new LineRemark(3, fault, named)], directory.Remarks);
        Assert.DoesNotContain(await directory.PractitionersAsync(), p => p.NationalId == "898765000017");
    }

    [Theory]
    [InlineData("8", "", LineFault.NationalIdMissing)]
    [InlineData("8", "9876500001", LineFault.NationalIdWrongLength)]
    [InlineData("0", "99930001", LineFault.NationalIdWrongLength)]
    [InlineData("0", "9993000155", LineFault.NationalIdWrongLength)]
    [InlineData("8", "9876500001A", LineFault.NationalIdUnknown)]
    [InlineData("7", "98765000017", LineFault.NationalIdUnknown)]
    [InlineData("10", "camille.fictif@medecin.mssante.example", LineFault.NationalIdUnknown)]
    [InlineData("30", "98765000017", LineFault.NationalIdUnknown)]
    public async Task An_identifier_that_names_no_person_is_refused(string kind, string number, LineFault fault)
    {
        await using var directory = await DirectoryFixture.CreateAsync();
        var line = First.Identified(kind, number).With("Identification nationale PP", number.Length == 0 ? "" : kind + number);

        await directory.ImportAsync(ExtractFile.Restricted(Second, line));

        Assert.Equal([new LineRemark(3, fault, "Identification nationale PP")], directory.Remarks);
    }

    [Fact]
    public async Task A_wrong_Luhn_key_is_reported_and_taken()
    {
        await using var directory = await DirectoryFixture.CreateAsync();

        var imported = await directory.MustImportAsync(ExtractFile.Restricted(ExtractLineValues.Doctor("98765000018")));

        Assert.Equal((1, 0L, 1L), (imported.Created, imported.RefusedLines, imported.Remarks));
        Assert.Equal([new LineRemark(2, LineFault.WrongLuhnKey, "Identification nationale PP")], directory.Remarks);
    }

    [Theory]
    [InlineData("Date de naissance", "1980-02-01", LineFault.BirthDateUnreadable)]
    [InlineData("Date de naissance", "31/02/1980", LineFault.BirthDateUnreadable)]
    [InlineData(ExtractLineValues.ContactPhone, "voir secrétariat", LineFault.PhoneUnreadable)]
    [InlineData(ExtractLineValues.ContactEmail, "a@example.org;b@example.org", LineFault.EmailUnreadable)]
    public async Task A_doubtful_value_is_reported_and_left_out(string column, string value, LineFault fault)
    {
        await using var directory = await DirectoryFixture.CreateAsync();

        await directory.MustImportAsync(ExtractFile.Restricted(First.With(column, value)));

        var person = await directory.PractitionerAsync("898765000017");
        Assert.Equal([new LineRemark(2, fault, column)], directory.Remarks);
        Assert.True(column switch
        {
            "Date de naissance" => person.BirthDate is null,
            ExtractLineValues.ContactPhone => person.ContactPhone.Length == 0,
            _ => person.ContactEmail.Length == 0,
        });
    }

    [Fact]
    public async Task Lines_that_disagree_about_a_person_are_reported()
    {
        await using var directory = await DirectoryFixture.CreateAsync();

        await directory.MustImportAsync(ExtractFile.Restricted(First, First.With("Lieu de naissance", "VANNES")));

        Assert.Equal([new LineRemark(3, LineFault.LinesDisagree, "Lieu de naissance")], directory.Remarks);
    }

    [Fact]
    public async Task A_line_ten_times_as_long_as_any_is_refused_and_the_next_one_is_read()
    {
        await using var directory = await DirectoryFixture.CreateAsync();
        var endless = First.With("Raison sociale site", new string('x', 10 * ExtractLines.MaxLength));

        await directory.ImportAsync(ExtractFile.Restricted(endless, Second));

        Assert.Equal([new LineRemark(2, LineFault.TooLong)], directory.Remarks);
        Assert.Equal("898765000025", Assert.Single(await directory.PractitionersAsync()).NationalId);
    }

    [Fact]
    public async Task A_file_without_an_end_of_line_is_not_read_into_memory()
    {
        await using var directory = await DirectoryFixture.CreateAsync();
        await using var endless = new EndlessStream(200_000_000);
        var before = GC.GetAllocatedBytesForCurrentThread();

        var result = await directory.ImportAsync(endless);

        Assert.IsType<DirectoryImportResult.HeaderUnknown>(result);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 20_000_000);
    }

    [Fact]
    public async Task A_line_in_another_encoding_is_refused()
    {
        await using var directory = await DirectoryFixture.CreateAsync();
        var file = ExtractFile.Restricted(Second);
        byte[] bytes =
        [
            .. Encoding.UTF8.GetBytes(file.ToString()),
            .. Encoding.Latin1.GetBytes(file.TextOf(First.With("Nom de famille", "HÉLÈNE")) + "\n"),
            .. Encoding.UTF8.GetBytes(file.TextOf(ExtractLineValues.Doctor("98765000033"))),
        ];

        await using var stream = new MemoryStream(bytes);
        await directory.ImportAsync(stream);

        Assert.Equal([new LineRemark(3, LineFault.NotUtf8)], directory.Remarks);
        Assert.Equal(2, (await directory.PractitionersAsync()).Count);
    }

    [Fact]
    public async Task A_file_that_stops_in_the_middle_of_a_line_is_refused_as_a_whole()
    {
        await using var directory = await DirectoryFixture.CreateAsync();
        await directory.MustImportAsync(ExtractFile.Restricted(First, Second));
        var before = await directory.SnapshotAsync();
        var text = ExtractFile.Restricted(First.With("Nom de famille", "AUTRE"), Second).ToString();

        var result = await directory.ImportAsync(text[..^20]);

        Assert.Equal(new DirectoryImportResult.FileCut(3), result);
        Assert.Equal(before, await directory.SnapshotAsync());
    }

    [Fact]
    public async Task A_file_with_a_header_and_no_line_that_can_be_taken_is_refused()
    {
        await using var directory = await DirectoryFixture.CreateAsync();
        await directory.MustImportAsync(ExtractFile.Restricted(First));

        Assert.Equal(new DirectoryImportResult.NothingListed(0), await directory.ImportAsync(ExtractFile.Restricted(), allowShrink: true));
        Assert.Equal(
            new DirectoryImportResult.NothingListed(1),
            await directory.ImportAsync(ExtractFile.Restricted(First.With("Nom de famille", "\t\t\0")), allowShrink: true));
    }

    [Fact]
    public async Task A_person_of_too_many_lines_is_refused()
    {
        await using var directory = await DirectoryFixture.CreateAsync();
        var crowd = Enumerable.Range(0, 501).Select(i => First.With("Numéro Voie (coord. structure)", $"{i}"));

        var imported = await directory.MustImportAsync(ExtractFile.Restricted([Second, .. crowd]));

        Assert.Equal((1, 501L, 1), (imported.Created, imported.RefusedLines, imported.SkippedPersons));
        Assert.Equal([new LineRemark(503, LineFault.TooManyLines)], directory.Remarks);
    }

    [Fact]
    public async Task A_person_with_a_refused_line_stays_as_they_were()
    {
        await using var directory = await DirectoryFixture.CreateAsync();
        await directory.MustImportAsync(ExtractFile.Restricted(First, Second));
        var before = await directory.PractitionerAsync("898765000017");

        var imported = await directory.MustImportAsync(ExtractFile.Restricted(
            First.With("Nom de famille", "AUTRE"), First.With("Code sexe", "\u0001"), Second));

        Assert.Equal((0, 1, 1, 0), (imported.Updated, imported.Unchanged, imported.SkippedPersons, imported.Delisted));
        var after = await directory.PractitionerAsync("898765000017");
        Assert.Equal((before.FamilyName, before.UpdatedAt, null), (after.FamilyName, after.UpdatedAt, after.DelistedAt));
    }

    private sealed class EndlessStream(long length) : MemoryStream
    {
        private long _left = length;

        public override int Read(byte[] buffer, int offset, int count)
        {
            var read = (int)Math.Min(count, _left);
            _left -= read;
            Array.Fill(buffer, (byte)'x', offset, read);
            return read;
        }
    }
}
