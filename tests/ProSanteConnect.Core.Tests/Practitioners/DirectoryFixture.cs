using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.Practitioners;
using ProSanteConnect.Core.Practitioners.Import;
using ProSanteConnect.Testing;

namespace ProSanteConnect.Core.Tests.Practitioners;

/// <summary>A directory in its own database, with the imported files and the remarks of the import.</summary>
internal sealed class DirectoryFixture : IAsyncDisposable
{
    private readonly TestDatabase _database;

    private DirectoryFixture(TestDatabase database) => _database = database;

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 11, 25, 8, 0, 0, TimeSpan.Zero));

    /// <summary>Of the last import.</summary>
    public List<LineRemark> Remarks { get; } = [];

    public PscDbFactory Factory => _database.Factory;

    public DatabaseOptions Options => _database.Options;

    public static async Task<DirectoryFixture> CreateAsync(DatabaseProvider provider = DatabaseProvider.Sqlite) =>
        new(await TestDatabase.CreateAsync(provider));

    public PscDb Open() => _database.Open();

    public Task<DirectoryImportResult> ImportAsync(ExtractFile file, ExtractScope? scope = null, bool allowShrink = false) =>
        ImportAsync(file.ToString(), scope, allowShrink);

    public async Task<DirectoryImportResult> ImportAsync(string text, ExtractScope? scope = null, bool allowShrink = false)
    {
        await using var stream = ExtractFile.StreamOf(text);
        return await ImportAsync(stream, scope, allowShrink);
    }

    public Task<DirectoryImportResult> ImportAsync(Stream stream, ExtractScope? scope = null, bool allowShrink = false) =>
        ImportAsync(stream, new DirectoryImportOptions { Actor = "test", Scope = scope, AllowShrink = allowShrink });

    public Task<DirectoryImportResult> ImportAsync(Stream stream, DirectoryImportOptions options)
    {
        Remarks.Clear();
        Clock.Advance(TimeSpan.FromHours(24));
        return new DirectoryImport(Factory, Clock).RunAsync(stream, options with { OnRemark = Remarks.Add }, TestContext.Current.CancellationToken);
    }

    public async Task<DirectoryImportResult.Imported> MustImportAsync(ExtractFile file, DirectoryImportOptions options)
    {
        await using var stream = file.ToStream();
        return Assert.IsType<DirectoryImportResult.Imported>(await ImportAsync(stream, options));
    }

    public async Task<DirectoryImportResult.Imported> MustImportAsync(ExtractFile file, ExtractScope? scope = null, bool allowShrink = false) =>
        Assert.IsType<DirectoryImportResult.Imported>(await ImportAsync(file, scope, allowShrink));

    public async Task<List<Practitioner>> PractitionersAsync()
    {
        await using var db = Open();
        return await db.Practitioners.AsNoTracking().OrderBy(p => p.NationalId).ToListAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Everything the database knows of everybody, as one text.</summary>
    public async Task<string> SnapshotAsync() =>
        System.Text.Json.JsonSerializer.Serialize(await PractitionersAsync());

    public async Task<Practitioner> PractitionerAsync(string nationalId) =>
        (await PractitionersAsync()).Single(p => p.NationalId == nationalId);

    public ValueTask DisposeAsync() => _database.DisposeAsync();
}
