using Microsoft.EntityFrameworkCore;

namespace ProSanteConnect.Core.Data;

/// <summary>SQL Server, for several nodes.</summary>
public sealed class SqlServerPscDb(DbContextOptions<SqlServerPscDb> options) : PscDb(options);
