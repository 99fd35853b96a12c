using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace ProSanteConnect.Core.Data;

// Used by `dotnet ef migrations add NAME --context TYPE --output-dir Data/Migrations/PROVIDER`.
internal sealed class SqliteDesignTimeFactory : IDesignTimeDbContextFactory<SqlitePscDb>
{
    public SqlitePscDb CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<SqlitePscDb>().UseSqlite("Data Source=:memory:").Options);
}

internal sealed class PostgresDesignTimeFactory : IDesignTimeDbContextFactory<PostgresPscDb>
{
    public PostgresPscDb CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<PostgresPscDb>().UseNpgsql("Host=localhost").Options);
}

internal sealed class SqlServerDesignTimeFactory : IDesignTimeDbContextFactory<SqlServerPscDb>
{
    public SqlServerPscDb CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<SqlServerPscDb>().UseSqlServer("Server=localhost").Options);
}
