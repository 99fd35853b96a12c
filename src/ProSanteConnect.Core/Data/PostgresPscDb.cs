using Microsoft.EntityFrameworkCore;

namespace ProSanteConnect.Core.Data;

/// <summary>PostgreSQL, for several nodes.</summary>
public sealed class PostgresPscDb(DbContextOptions<PostgresPscDb> options) : PscDb(options);
