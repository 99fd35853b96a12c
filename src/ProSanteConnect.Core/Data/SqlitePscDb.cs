using Microsoft.EntityFrameworkCore;

namespace ProSanteConnect.Core.Data;

/// <summary>The embedded default: one file, no set-up.</summary>
public sealed class SqlitePscDb(DbContextOptions<SqlitePscDb> options) : PscDb(options)
{
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);

        // SQLite has no instants to compare: they are stored as UTC ticks.
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcTicksConverter>();
    }
}
