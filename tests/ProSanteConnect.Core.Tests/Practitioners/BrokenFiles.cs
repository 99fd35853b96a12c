using System.Text;
using System.Text.Json;
using CsCheck;
using ProSanteConnect.Core.Practitioners;
using ProSanteConnect.Core.Practitioners.Import;

namespace ProSanteConnect.Core.Tests.Practitioners;

/// <summary>
/// Reading any file ends with a result (security-checklist R18). The environment variable <c>CsCheck_Iter</c>
/// sets the number of iterations.
/// </summary>
[Trait("Requirement", "R18")]
public sealed class BrokenFiles
{
    private static readonly byte[] Whole = Encoding.UTF8.GetBytes(ExtractFile.Extended(
        ExtractLineValues.Doctor(), ExtractLineValues.Doctor("98765000025"), ExtractLineValues.Employee("990000010/CPET00001")).ToString());

    // Half of the characters have a meaning in the format.
    private static readonly byte[] Telling = [.. "|\n\r',;/"u8, 0, 0xC3, 0xFF];
    private static readonly Gen<byte> Byte = Gen.OneOf(Gen.Byte, Gen.Int[0, Telling.Length - 1].Select(i => Telling[i]));

    [Fact]
    public void Any_bytes_are_read_to_the_end() =>
        Byte.Array[0, 2000].Sample(bytes => Read(bytes).All(CanBeStored), threads: 1);

    [Fact]
    public void Any_change_to_a_good_file_is_read_to_the_end() =>
        Gen.Select(Gen.Int[0, Whole.Length - 1], Gen.Int[0, 40], Byte.Array[0, 40]).Array[1, 5].Sample(
            changes => Read(Change(changes)).All(CanBeStored), threads: 1);

    [Fact]
    public void A_file_cut_anywhere_says_nothing_that_the_whole_one_does_not()
    {
        var persons = Read(Whole);
        for (var length = 0; length < Whole.Length; length++)
        {
            Assert.All(Read(Whole[..length]), cut => Assert.Contains(persons, person => PersonMerge.SaysTheSame(person, cut)));
        }
    }

    private static byte[] Change((int At, int Removed, byte[] Inserted)[] changes)
    {
        var bytes = Whole.ToList();
        foreach (var (at, removed, inserted) in changes)
        {
            var start = Math.Min(at, bytes.Count);
            bytes.RemoveRange(start, Math.Min(removed, bytes.Count - start));
            bytes.InsertRange(start, inserted);
        }

        return [.. bytes];
    }

    // What the columns of the database allow (PractitionerConfiguration).
    private static bool CanBeStored(Practitioner person) =>
        NationalId.TryParse(person.NationalId, out _)
        && person is { FamilyName.Length: <= 200, BirthPlace.Length: <= 200, ContactPhone.Length: <= 30, ContactEmail.Length: <= 254 }
        && person is { BirthCommuneCode.Length: <= 10, BirthCountryCode.Length: <= 10, SexCode.Length: <= 10, CivilityCode.Length: <= 10 }
        && !JsonSerializer.Serialize(person).Contains("\\u0000", StringComparison.Ordinal);

    /// <summary>Reads as an import does, up to the persons; nobody when the file is refused.</summary>
    private static List<Practitioner> Read(byte[] bytes)
    {
        using var staging = new Staging();
        var remarks = new List<LineRemark>();
        var reading = new ExtractReading(staging, new DirectoryImportOptions { Actor = "test", OnRemark = remarks.Add });
        using var stream = new MemoryStream(bytes);
        if (reading.Run(stream, TestContext.Current.CancellationToken) is not null) return [];

        Assert.Equal(reading.RefusedLines, remarks.Count(r => r.Refused));
        var assembly = new PersonAssembly(reading.Header, remarks.Add);
        return [.. staging.Lines()
            .GroupBy(line => line.Person, line => new ExtractRow(reading.Header, line.Number, line.Text))
            .Select(lines => assembly.Assemble(lines.Key, [.. lines]).Person)];
    }
}
