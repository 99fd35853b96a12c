namespace ProSanteConnect.Server.Devices.Api;

/// <summary>Words that a phone says about itself, before they are kept and shown.</summary>
internal static class PlainText
{
    /// <summary>One line without control or formatting characters, cut to a length.</summary>
    public static string Of(string? text, int maxLength)
    {
        var plain = string.Concat((text ?? "").Where(c => !char.IsControl(c) && char.GetUnicodeCategory(c) != System.Globalization.UnicodeCategory.Format)).Trim();
        if (plain.Length <= maxLength) return plain;

        var end = char.IsHighSurrogate(plain[maxLength - 1]) ? maxLength - 1 : maxLength;
        return plain[..end].TrimEnd();
    }
}
