using System.Data.Common;
using System.Net.Sockets;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace ProSanteConnect.Server.Start;

/// <summary>Why the production host cannot start, in a sentence that an operator can act on.</summary>
internal static class StartRefusal
{
    /// <summary>Null for what no setting explains: that is a fault of ours, and is shown with its trace.</summary>
    public static string? SentenceFor(Exception exception) => exception switch
    {
        // The same options may be asked for twice, and say the same twice.
        OptionsValidationException invalid => string.Join(Environment.NewLine, invalid.Failures.Distinct()),
        AggregateException several when Sentences(several) is { Length: > 0 } sentences => sentences,
        IOException { InnerException: AddressInUseException or SocketException } busy => $"A port cannot be listened on: {busy.Message}",
        SocketException busy => $"A port cannot be listened on: {busy.Message}",
        FileNotFoundException or DirectoryNotFoundException => $"A file that the settings name is missing: {exception.Message}",
        UnauthorizedAccessException => $"A file that the settings name may not be read or written: {exception.Message}",
        FormatException or CryptographicException => $"A file that the settings name holds something else than it should: {exception.Message}",
        DbException => $"The database cannot be used (Database:Provider, Database:ConnectionString): {exception.Message}",
        InvalidOperationException { InnerException: DbException inner } => SentenceFor(inner),
        InvalidOperationException { Message: var message } when NamesSetting(message) => message,
        _ => null,
    };

    private static string Sentences(AggregateException several) =>
        string.Join(Environment.NewLine, several.Flatten().InnerExceptions.Select(SentenceFor).OfType<string>().Distinct());

    // Ours begin with the setting they speak of: "Card:RevocationSources: …".
    private static bool NamesSetting(string message) =>
        message.IndexOf(':') is > 0 and var colon && message[..colon].All(char.IsAsciiLetter) && colon + 1 < message.Length && char.IsAsciiLetter(message[colon + 1]);
}
