using System.Security.Cryptography;
using System.Text;
using Org.BouncyCastle.Crypto.Generators;
using Org.BouncyCastle.Crypto.Parameters;
using ProSanteConnect.Core.Security;

namespace ProSanteConnect.Core.Devices;

/// <summary>
/// Hashes PINs. HMAC under a key outside the database prevents guessing the few digits from a stolen database; Argon2id
/// (RFC 9106), with the costs that OWASP recommends, slows guessing when that key is stolen too.
/// </summary>
public sealed class PinHasher(MasterKey masterKey)
{
    private const string Version = "psc-pin-1";
    private const int SaltSize = 16;
    private const int HashSize = 32;
    private const int MemoryKib = 19 * 1024;
    private const int Passes = 2;
    private const int Lanes = 1;

    // Memory and processors belong to the process: more hashes at once than processors would only make each of them slower.
    private static readonly SemaphoreSlim Seats = new(Environment.ProcessorCount, Environment.ProcessorCount);

    private readonly byte[] _key = masterKey.Derive("pin");

    /// <summary>The hash of a PIN for one e-CPS. It depends on the e-CPS: in the row of another one it matches no PIN.</summary>
    public async Task<string> HashAsync(Guid eCps, NewPin pin, CancellationToken ct)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltSize);
        return $"{Version}${Convert.ToBase64String(salt)}${Convert.ToBase64String(await ComputeAsync(eCps, pin.Value, salt, ct))}";
    }

    public async Task<bool> MatchesAsync(Guid eCps, string pin, string hash, CancellationToken ct)
    {
        var parts = hash.Split('$');
        if (parts is not [Version, var salt, var expected]) throw new FormatException("This is no hash of a PIN that this version knows.");

        var computed = await ComputeAsync(eCps, pin, Convert.FromBase64String(salt), ct);
        return CryptographicOperations.FixedTimeEquals(computed, Convert.FromBase64String(expected));
    }

    private async Task<byte[]> ComputeAsync(Guid eCps, string pin, byte[] salt, CancellationToken ct)
    {
        await Seats.WaitAsync(ct);
        try
        {
            return Compute(eCps, pin, salt);
        }
        finally
        {
            Seats.Release();
        }
    }

    private byte[] Compute(Guid eCps, string pin, byte[] salt)
    {
        var peppered = HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes($"{eCps:N}:{pin}"));
        var argon = new Argon2BytesGenerator();
        argon.Init(new Argon2Parameters.Builder(Argon2Parameters.Argon2id)
            .WithVersion(Argon2Parameters.Version13)
            .WithMemoryAsKB(MemoryKib)
            .WithIterations(Passes)
            .WithParallelism(Lanes)
            .WithSalt(salt)
            .Build());
        var hash = new byte[HashSize];
        argon.GenerateBytes(peppered, hash);
        return hash;
    }
}
