using Microsoft.EntityFrameworkCore;
using ProSanteConnect.Core.Data;

namespace ProSanteConnect.Server.Start;

/// <summary>Starts the production host, or says in one sentence why it cannot start.</summary>
internal static class ServerStart
{
    public static async Task<int> RunPreparedAsync(this WebApplication app)
    {
        await using (var db = app.Services.GetRequiredService<PscDbFactory>().Create())
        {
            if (await db.SchemaVersionAsync(CancellationToken.None) == SchemaVersion.Newer)
            {
                await Console.Error.WriteLineAsync("The database comes from a newer version of ProSanteConnect: update this program.");
                return 1;
            }

            await db.Database.MigrateAsync();
        }

        await app.RunAsync();
        return 0;
    }
}
