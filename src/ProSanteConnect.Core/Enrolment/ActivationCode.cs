using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ProSanteConnect.Core.Security;

namespace ProSanteConnect.Core.Enrolment;

/// <summary>
/// A code of six digits that a person types on another screen. It is stored as an HMAC under a key outside the database,
/// because a plain hash of a million possible codes can be inverted.
/// </summary>
public sealed class ActivationCode
{
    public const int Length = 6;

    private ActivationCode(string value) => Value = value;

    public string Value { get; }

    public static ActivationCode Generate() =>
        new(RandomNumberGenerator.GetInt32(1_000_000).ToString("D6", CultureInfo.InvariantCulture));

    /// <summary>Parses a typed code; white space is ignored.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out ActivationCode? code)
    {
        var digits = string.Concat((text ?? "").Where(c => !char.IsWhiteSpace(c)));
        code = digits.Length == Length && digits.All(char.IsAsciiDigit) ? new ActivationCode(digits) : null;
        return code is not null;
    }

    /// <summary>The MAC that is stored; it is valid for one activation.</summary>
    public byte[] MacFor(Guid activation, MasterKey masterKey) =>
        HMACSHA256.HashData(masterKey.Derive("activation-codes"), Encoding.ASCII.GetBytes($"{activation:N}:{Value}"));

    public override string ToString() => "ActivationCode(***)";
}
