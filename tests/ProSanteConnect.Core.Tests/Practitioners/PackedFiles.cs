using System.IO.Compression;
using System.Text;
using ProSanteConnect.Core.Practitioners.Import;

namespace ProSanteConnect.Core.Tests.Practitioners;

/// <summary>Archives and other encodings (security-checklist R18).</summary>
[Trait("Requirement", "R18")]
public sealed class PackedFiles
{
    private const string Name = "HÉLÈNE-ŒUVRÉ";

    private static readonly string Text = ExtractFile.Restricted(
        ExtractLineValues.Doctor().With("Nom de famille", Name), ExtractLineValues.Doctor("98765000025").With("Nom de famille", Name)).ToString();

    [Theory]
    [InlineData("utf-8", true)]
    [InlineData("utf-16", true)]
    [InlineData("utf-16", false)]
    [InlineData("utf-16BE", true)]
    [InlineData("utf-16BE", false)]
    [InlineData("windows-1252", false)]
    public async Task Text_in_a_known_encoding_is_decoded(string encoding, bool mark)
    {
        var codec = CodePagesEncodingProvider.Instance.GetEncoding(encoding) ?? Encoding.GetEncoding(encoding);
        byte[] bytes = [.. mark ? codec.GetPreamble() : [], .. codec.GetBytes(Text)];

        await AssertReadAsync(new MemoryStream(bytes));
        await AssertReadAsync(new MemoryStream(Gzip(bytes)));
        await AssertReadAsync(new Unseekable(bytes));
    }

    [Theory]
    [InlineData("extrait.txt")]
    [InlineData("PS_LibreAcces_Dipl_AutExerc_202611.txt", "PS_LibreAcces_Personne_activite_202611.txt", "PS_LibreAcces_SavoirFaire_202611.txt")]
    [InlineData("dossier/", "dossier/extrait.txt")]
    public async Task A_zip_archive_is_unpacked(params string[] files) => await AssertReadAsync(new MemoryStream(Zip(Encoding.UTF8.GetBytes(Text), files)));

    [Fact]
    public async Task An_archive_without_exactly_one_extract_is_refused()
    {
        await using var directory = await DirectoryFixture.CreateAsync();

        Assert.Equal(new DirectoryImportResult.ArchiveAmbiguous(2), await ImportAsync(directory, Zip([1], "a.txt", "b.txt")));
    }

    [Fact]
    public async Task A_damaged_archive_is_refused()
    {
        await using var directory = await DirectoryFixture.CreateAsync();
        var (zip, gzip) = (Zip(Encoding.UTF8.GetBytes(Text), "a.txt"), Gzip(Encoding.UTF8.GetBytes(Text)));
        gzip[gzip.Length / 2] ^= 0xFF;

        Assert.IsType<DirectoryImportResult.ArchiveDamaged>(await ImportAsync(directory, zip[..^10]));
        Assert.IsType<DirectoryImportResult.ArchiveDamaged>(await ImportAsync(directory, gzip));
        Assert.Empty(await directory.PractitionersAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_archive_that_unpacks_to_too_much_is_refused_in_bounded_memory(bool zipped)
    {
        await using var directory = await DirectoryFixture.CreateAsync();
        byte[] bytes = [.. Encoding.UTF8.GetBytes(Text), .. new byte[3_000_000]];
        await using var stream = new MemoryStream(zipped ? Zip(bytes, "a.txt") : Gzip(bytes));

        var result = await directory.ImportAsync(stream, new DirectoryImportOptions { Actor = "test", UnpackedAtMost = 1_000_000 });

        Assert.IsType<DirectoryImportResult.UnpackedTooLong>(result);
        Assert.Empty(await directory.PractitionersAsync());
    }

    private static async Task AssertReadAsync(Stream stream)
    {
        await using var directory = await DirectoryFixture.CreateAsync();

        var imported = Assert.IsType<DirectoryImportResult.Imported>(await directory.ImportAsync(stream));

        Assert.Equal((2, 0L), (imported.Created, imported.RefusedLines));
        Assert.All(await directory.PractitionersAsync(), p => Assert.Equal(Name, p.FamilyName));
    }

    private static async Task<DirectoryImportResult> ImportAsync(DirectoryFixture directory, byte[] bytes)
    {
        await using var stream = new MemoryStream(bytes);
        return await directory.ImportAsync(stream);
    }

    private static byte[] Gzip(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest)) gzip.Write(bytes);
        return packed.ToArray();
    }

    private static byte[] Zip(byte[] bytes, params string[] names)
    {
        using var packed = new MemoryStream();
        using (var archive = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var name in names)
            {
                using var entry = archive.CreateEntry(name).Open();
                if (!name.EndsWith('/')) entry.Write(bytes);
            }
        }

        return packed.ToArray();
    }

    private sealed class Unseekable(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
