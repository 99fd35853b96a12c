using System.Security.Cryptography;
using System.Text;

namespace ProSanteConnect.Core.Security;

/// <summary>
/// The only secret outside the database: 256 random bits in a file that only the service may read. Secrets in the database are
/// sealed under keys derived from it, one for each purpose (HKDF, RFC 5869).
/// </summary>
public sealed class MasterKey
{
    public const int Size = 32;
    private const int NonceSize = 12;
    private const int TagSize = 16;

    private readonly byte[] _key;

    public MasterKey(byte[] key)
    {
        if (key.Length != Size) throw new ArgumentException($"The master key has {Size} bytes, not {key.Length}.", nameof(key));

        _key = key;
    }

    /// <summary>Reads the key (base64) from its file. Creates a missing file with <paramref name="createWhenMissing"/>.</summary>
    /// <exception cref="FormatException">The file has another content.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read or created.</exception>
    /// <exception cref="UnauthorizedAccessException">The process may not read or create the file.</exception>
    public static MasterKey FromFile(string path, bool createWhenMissing)
    {
        if (createWhenMissing && !File.Exists(path)) Create(path);

        var key = new byte[Size];
        return Convert.TryFromBase64String(File.ReadAllText(path).Trim(), key, out var length) && length == Size
            ? new MasterKey(key)
            : throw new FormatException($"{path} holds no master key: {Size} bytes in base64 were expected.");
    }

    /// <summary>Derives a key of <see cref="Size"/> bytes for one purpose; deterministic.</summary>
    public byte[] Derive(string purpose) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, _key, Size, info: Encoding.UTF8.GetBytes(purpose));

    /// <summary>Encrypts with AES-256-GCM; the result is nonce, tag, ciphertext.</summary>
    public byte[] Seal(string purpose, ReadOnlySpan<byte> plaintext)
    {
        var sealedBytes = new byte[NonceSize + TagSize + plaintext.Length];
        var nonce = sealedBytes.AsSpan(0, NonceSize);
        RandomNumberGenerator.Fill(nonce);

        using var aes = new AesGcm(Derive(purpose), TagSize);
        aes.Encrypt(nonce, plaintext, sealedBytes.AsSpan(NonceSize + TagSize), sealedBytes.AsSpan(NonceSize, TagSize));
        return sealedBytes;
    }

    /// <summary>Decrypts the output of <see cref="Seal"/>.</summary>
    /// <exception cref="CryptographicException">The bytes were sealed under another key or for another purpose, or were changed.</exception>
    public byte[] Open(string purpose, ReadOnlySpan<byte> sealedBytes)
    {
        var plaintext = new byte[sealedBytes.Length - NonceSize - TagSize];

        using var aes = new AesGcm(Derive(purpose), TagSize);
        aes.Decrypt(sealedBytes[..NonceSize], sealedBytes[(NonceSize + TagSize)..], sealedBytes.Slice(NonceSize, TagSize), plaintext);
        return plaintext;
    }

    private static void Create(string path)
    {
        // Written beside and renamed: a process that is killed here leaves no file without a key.
        var unfinished = $"{path}.{Guid.NewGuid():N}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

        using (var writer = new StreamWriter(unfinished, options)) writer.WriteLine(Convert.ToBase64String(RandomNumberGenerator.GetBytes(Size)));

        File.Move(unfinished, path);
    }

    public override string ToString() => "MasterKey(***)";
}
