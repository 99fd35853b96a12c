using System.Security.Cryptography;
using ProSanteConnect.Core.Security;

namespace ProSanteConnect.Core.Tests.Keys;

public sealed class MasterKeyFiles : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("psc-test-").FullName;

    private string Path => System.IO.Path.Combine(_folder, "master.key");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_file_is_made_once_and_only_its_owner_reads_it()
    {
        var made = MasterKey.FromFile(Path, createWhenMissing: true);
        var read = MasterKey.FromFile(Path, createWhenMissing: true);

        Assert.Equal(made.Derive("test"), read.Derive("test"));
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path));
    }

    [Fact]
    public void A_missing_file_is_not_made_unasked()
    {
        Assert.Throws<FileNotFoundException>(() => MasterKey.FromFile(Path, createWhenMissing: false));
        Assert.False(File.Exists(Path));
    }

    [Theory]
    [InlineData("")]
    [InlineData("not base64!")]
    [InlineData("dG9vIHNob3J0")]
    [InlineData("bG9uZ2VyIHRoYW4gdGhlIHRoaXJ0eS10d28gYnl0ZXMgb2YgYSBtYXN0ZXIga2V5")]
    public void A_file_that_holds_something_else_is_refused(string content)
    {
        File.WriteAllText(Path, content);

        var failure = Assert.Throws<FormatException>(() => MasterKey.FromFile(Path, createWhenMissing: true));

        Assert.Contains(Path, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_sealed_opens_for_its_purpose_only_and_unchanged_only()
    {
        var masterKey = new MasterKey(RandomNumberGenerator.GetBytes(MasterKey.Size));
        var sealedBytes = masterKey.Seal("one", [1, 2, 3]);

        Assert.Equal([1, 2, 3], masterKey.Open("one", sealedBytes));
        Assert.ThrowsAny<CryptographicException>(() => masterKey.Open("another", sealedBytes));
        sealedBytes[^1] ^= 1;
        Assert.ThrowsAny<CryptographicException>(() => masterKey.Open("one", sealedBytes));
    }
}
