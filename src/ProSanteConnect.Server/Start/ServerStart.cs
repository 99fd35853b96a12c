using System.Data.Common;
using System.Net.Sockets;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.RelyingParties;
using ProSanteConnect.Server.Shared.Origins;

namespace ProSanteConnect.Server.Start;

/// <summary>Prepares and starts the production host, or says in one sentence why it cannot start.</summary>
internal static class ServerStart
{
    public static async Task<int> RunPreparedAsync(this WebApplicationBuilder builder, Action<WebApplication> use)
    {
        try
        {
            await using var app = builder.Build();
            use(app);
            if (await PrepareAsync(app.Services) is { } sentence) return await RefuseAsync(sentence);

            await app.RunAsync();
            return 0;
        }
        catch (Exception exception) when (StartRefusal.SentenceFor(exception) is { } sentence)
        {
            return await RefuseAsync(sentence);
        }
    }

    private static async Task<int> RefuseAsync(string sentence)
    {
        await Console.Error.WriteLineAsync(sentence);
        return 1;
    }

    private static void SayWaiting() => Console.Error.WriteLine("Another process is migrating the database; this start waits for it, at most one minute.");

    /// <summary>Brings the database up to date and applies the declared relying parties; null when all is well.</summary>
    private static async Task<string?> PrepareAsync(IServiceProvider services)
    {
        var databases = services.GetRequiredService<PscDbFactory>();
        var clock = services.GetRequiredService<TimeProvider>();
        switch (await databases.BringUpToDateAsync(services.GetRequiredService<IOptions<DatabaseOptions>>().Value, SayWaiting, clock, CancellationToken.None))
        {
            case MigrationResult.Newer:
                return "The database comes from a newer version of ProSanteConnect: update this program.";
            case MigrationResult.Unsupported:
                return "The database was made by a development version of ProSanteConnect and cannot be migrated: name an empty database in Database:ConnectionString.";
            case MigrationResult.Busy:
                return "Another process has been migrating the database for a minute: wait until it has finished, then start this node again.";
        }

        var now = clock.GetUtcNow();
        var clients = new Clients(databases);
        var origins = services.GetRequiredService<IOptions<OriginOptions>>().Value;
        await OwnClients.EnsureAsync(clients, [origins.Wallet ?? origins.Auth], now, CancellationToken.None);

        if (services.GetRequiredService<IOptions<ClientsFileOptions>>().Value.File is not { Length: > 0 } file) return null;

        return await ClientsFile.ApplyAsync(file, clearSecretsAllowed: false, clients, now) is ClientsFileResult.Refused refused
            ? $"{file}: {string.Join(' ', refused.Sentences)}"
            : null;
    }
}

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
