using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ProSanteConnect.Core.Security;

namespace ProSanteConnect.Core.Enrolment;

/// <summary>
/// Six digits that a person carries from one screen to another. They are kept as an HMAC under a key outside the database: a
/// plain hash of a million possibilities hides nothing.
/// </summary>
public sealed class ActivationCode
{
    public const int Length = 6;

    private ActivationCode(string value) => Value = value;

    public string Value { get; }

    public static ActivationCode Generate() =>
        new(RandomNumberGenerator.GetInt32(1_000_000).ToString("D6", CultureInfo.InvariantCulture));

    /// <summary>Reads what was typed; spaces between the digits are forgiven.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out ActivationCode? code)
    {
        var digits = string.Concat((text ?? "").Where(c => !char.IsWhiteSpace(c)));
        code = digits.Length == Length && digits.All(char.IsAsciiDigit) ? new ActivationCode(digits) : null;
        return code is not null;
    }

    /// <summary>What is kept of the code, good for one activation alone.</summary>
    public byte[] MacFor(Guid activation, MasterKey masterKey) =>
        HMACSHA256.HashData(masterKey.Derive("activation-codes"), Encoding.ASCII.GetBytes($"{activation:N}:{Value}"));

    public override string ToString() => "ActivationCode(***)";
}
