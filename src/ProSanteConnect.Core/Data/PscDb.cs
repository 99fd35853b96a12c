using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using ProSanteConnect.Core.Delivery;
using ProSanteConnect.Core.Devices;
using ProSanteConnect.Core.Enrolment;
using ProSanteConnect.Core.Journal;
using ProSanteConnect.Core.Keys;
using ProSanteConnect.Core.Practitioners;
using ProSanteConnect.Core.RelyingParties;
using ProSanteConnect.Core.Security;
using ProSanteConnect.Core.SignIn;
using ProSanteConnect.Core.SingleSignOn;

namespace ProSanteConnect.Core.Data;

/// <summary>
/// The database. Each provider has a derived type with migrations of its own:
/// <see cref="SqlitePscDb"/>, <see cref="PostgresPscDb"/>, <see cref="SqlServerPscDb"/>.
/// </summary>
public abstract class PscDb(DbContextOptions options) : DbContext(options)
{
    public DbSet<Practitioner> Practitioners => Set<Practitioner>();
    public DbSet<Client> Clients => Set<Client>();
    public DbSet<SignInRequest> SignInRequests => Set<SignInRequest>();
    public DbSet<Session> Sessions => Set<Session>();
    public DbSet<Grant> Grants => Set<Grant>();
    public DbSet<ECps> ECps => Set<ECps>();
    public DbSet<Ceremony> Ceremonies => Set<Ceremony>();
    public DbSet<Activation> Activations => Set<Activation>();
    public DbSet<ApprovalRequest> ApprovalRequests => Set<ApprovalRequest>();
    public DbSet<ApprovalFreeze> ApprovalFreezes => Set<ApprovalFreeze>();
    public DbSet<KnownBrowser> KnownBrowsers => Set<KnownBrowser>();
    public DbSet<RevokedToken> RevokedTokens => Set<RevokedToken>();
    public DbSet<SigningKey> SigningKeys => Set<SigningKey>();
    public DbSet<JournalEntry> Journal => Set<JournalEntry>();
    public DbSet<OutboxMessage> Outbox => Set<OutboxMessage>();
    public DbSet<RateLimitCounter> RateLimitCounters => Set<RateLimitCounter>();
    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();
    public DbSet<Revision> Revisions => Set<Revision>();

    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(PscDb).Assembly);

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<Enum>().HaveConversion<string>().HaveMaxLength(40);
        configurationBuilder.Conventions.Remove<Microsoft.EntityFrameworkCore.Metadata.Conventions.ForeignKeyIndexConvention>();
    }
}

/// <summary>SQLite, the default: one file, no server.</summary>
public sealed class SqlitePscDb(DbContextOptions<SqlitePscDb> options) : PscDb(options)
{
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);

        // SQLite cannot compare DateTimeOffset values, so they are stored as UTC ticks.
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcTicksConverter>();
    }
}

/// <summary>PostgreSQL, for several nodes.</summary>
public sealed class PostgresPscDb(DbContextOptions<PostgresPscDb> options) : PscDb(options);

/// <summary>SQL Server, for several nodes.</summary>
public sealed class SqlServerPscDb(DbContextOptions<SqlServerPscDb> options) : PscDb(options);

/// <summary>Creates a context for a unit of work outside a request: a job, a start-up step, a command.</summary>
public sealed class PscDbFactory(Func<PscDb> create)
{
    public PscDb Create() => create();
}

/// <summary>Stores an instant as its number of 100-nanosecond ticks since 0001-01-01 in UTC.</summary>
internal sealed class UtcTicksConverter() : ValueConverter<DateTimeOffset, long>(
    instant => instant.UtcTicks,
    ticks => new DateTimeOffset(ticks, TimeSpan.Zero));

/// <summary>A key of ASP.NET Core Data Protection (cookies, antiforgery), shared by all nodes and sealed under the master key.</summary>
public sealed class DataProtectionKey
{
    public int Id { get; private set; }
    public required string FriendlyName { get; init; }
    public required byte[] ProtectedXml { get; init; }
}
