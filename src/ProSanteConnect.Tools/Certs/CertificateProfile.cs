using System.Globalization;
using System.Reflection;

namespace ProSanteConnect.Tools.Certs;

/// <summary>
/// What a kind of certificate looks like, as the text files of <c>certs/</c> say: one <c>name = value</c> per line,
/// and placeholders in braces for what changes from one certificate to the next.
/// </summary>
public sealed class CertificateProfile
{
    private const string Subject = "subject";
    private const string Key = "key";
    private const string Valid = "valid";

    private readonly IReadOnlyList<KeyValuePair<string, string>> _lines;

    private CertificateProfile(IReadOnlyList<KeyValuePair<string, string>> lines) => _lines = lines;

    public static CertificateProfile RootAuthority { get; } = Embedded("root-authority");
    public static CertificateProfile SubordinateAuthority { get; } = Embedded("subordinate-authority");
    public static CertificateProfile CardAuthentication { get; } = Embedded("card-authentication");
    public static CertificateProfile CardSignature { get; } = Embedded("card-signature");
    public static CertificateProfile OcspResponder { get; } = Embedded("ocsp-responder");
    public static CertificateProfile Server { get; } = Embedded("server");

    internal string SubjectTemplate => Line(Subject);

    internal string KeyKind => Line(Key);

    /// <summary>The names of the extensions with their values, in the order of the file.</summary>
    internal IEnumerable<KeyValuePair<string, string>> Extensions => _lines.Where(l => l.Key is not (Subject or Key or Valid));

    public static CertificateProfile Parse(string text)
    {
        var lines = text.Split('\n')
            .Select(line => line.Trim())
            .Where(line => line.Length > 0 && !line.StartsWith('#'))
            .Select(line => line.Split('=', 2, StringSplitOptions.TrimEntries))
            .Select(parts => parts is [var name, var value]
                ? KeyValuePair.Create(name, value)
                : throw new FormatException($"'{parts[0]}' is no line of a certificate profile: name = value."));
        return new CertificateProfile([.. lines]);
    }

    /// <summary>The same profile but for one line, which takes the place of the one of that name.</summary>
    public CertificateProfile With(string name, string value) =>
        new([.. Others(name), KeyValuePair.Create(name, value)]);

    /// <summary>The same profile and one line more.</summary>
    public CertificateProfile Adding(string name, string value) => new([.. _lines, KeyValuePair.Create(name, value)]);

    public CertificateProfile Without(string name) => new([.. Others(name)]);

    /// <summary>From when and until when a certificate made now is valid.</summary>
    internal (DateTimeOffset From, DateTimeOffset To) ValidityAt(DateTimeOffset now)
    {
        if (Line(Valid).Split(',', StringSplitOptions.TrimEntries) is not [var from, var to])
            throw new FormatException($"'{Line(Valid)}' is no validity: from, to.");

        return (Shift(now, from), Shift(now, to));
    }

    internal static string EmbeddedText(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"certs/{name}.txt")
            ?? throw new InvalidOperationException($"certs/{name}.txt is not embedded.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private static CertificateProfile Embedded(string name) => Parse(EmbeddedText(name));

    private IEnumerable<KeyValuePair<string, string>> Others(string name) =>
        _lines.Any(l => l.Key == name)
            ? _lines.Where(l => l.Key != name)
            : throw new ArgumentException($"The profile has no line '{name}'.", nameof(name));

    private string Line(string name) =>
        _lines.Where(l => l.Key == name).Select(l => l.Value).SingleOrDefault()
        ?? throw new FormatException($"The profile needs exactly one line '{name}'.");

    private static DateTimeOffset Shift(DateTimeOffset now, string text)
    {
        if (text.Split(' ') is not [var count, var unit] || !int.TryParse(count, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var n))
            throw new FormatException($"'{text}' is no term: a sign, a number and days, months or years.");

        return unit.TrimEnd('s') switch
        {
            "day" => now.AddDays(n),
            "month" => now.AddMonths(n),
            "year" => now.AddYears(n),
            _ => throw new FormatException($"'{unit}' is no unit of time here: day, month, year."),
        };
    }
}
