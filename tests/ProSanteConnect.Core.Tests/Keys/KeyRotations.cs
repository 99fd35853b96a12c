using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.Journal;
using ProSanteConnect.Core.Keys;
using ProSanteConnect.Core.Security;
using ProSanteConnect.Testing;
using static ProSanteConnect.Core.Keys.SigningKeyState;

namespace ProSanteConnect.Core.Tests.Keys;

public sealed class KeyRotations : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 8, 0, 0, TimeSpan.Zero);

    // Keys that are too short for a host but fast to make: these tests are about the calendar.
    private static readonly KeyOptions SmallKeys = new() { RsaKeySize = 1024 };

    private readonly MasterKey _masterKey = new(RandomNumberGenerator.GetBytes(MasterKey.Size));
    private TestDatabase _database = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _database = await TestDatabase.SqliteAsync();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task The_first_start_makes_the_key_that_signs()
    {
        var result = await new KeyRotation(_database.Factory, _masterKey, new KeyOptions()).EnsureAsync(Start, Ct);

        var ring = await RingAsync();
        Assert.Equal(new RotationResult.Activated(ring.SigningKey(Start).Kid), result);
        Assert.Equal("RS256", ring.SigningKey(Start).Algorithm);
        Assert.Equal(2048, ring.SigningKey(Start).SecurityKey.KeySize);
    }

    [Fact]
    public async Task A_second_start_changes_nothing()
    {
        await Rotation().EnsureAsync(Start, Ct);
        var before = await RingAsync();

        var result = await Rotation().EnsureAsync(Start.AddMinutes(5), Ct);

        var after = await RingAsync();
        Assert.IsType<RotationResult.Unchanged>(result);
        Assert.Equal(before.Revision, after.Revision);
        Assert.Equal(before.SigningKey(Start).Kid, after.SigningKey(Start).Kid);
    }

    [Fact]
    public async Task A_ring_goes_from_key_to_key_by_itself_between_two_readings()
    {
        await Rotation().EnsureAsync(Start, Ct);
        await Rotation().EnsureAsync(Start.AddDays(76), Ct);

        var ring = await RingAsync();

        var (first, second) = (ring.SigningKey(Start), ring.SigningKey(Start.AddDays(90)));
        Assert.NotEqual(first.Kid, second.Kid);
        Assert.Equal([first, second], ring.Published(Start.AddDays(103)));
        Assert.Equal([second], ring.Published(Start.AddDays(104)));
        Assert.Same(first, ring.Find(first.Kid, Start.AddDays(103)));
        Assert.Null(ring.Find(first.Kid, Start.AddDays(104)));
    }

    [Fact]
    public async Task Every_change_moves_the_revision_and_stands_in_the_journal()
    {
        await Rotation().EnsureAsync(Start, Ct);
        var kid = (await RingAsync()).SigningKey(Start).Kid;
        await Rotation().RotateNowAsync(immediately: false, "alice", Start.AddDays(1), Ct);
        await Rotation().RetireAsync(kid, "bob", Start.AddDays(2), Ct);

        await using var db = _database.Open();
        var journal = await db.Journal.OrderBy(entry => entry.Id).ToListAsync(Ct);
        Assert.Equal(3, (await RingAsync()).Revision);
        Assert.Equal(
            [(JournalEvent.SigningKeyRotated, KeyRotation.Job), (JournalEvent.SigningKeyRotated, "alice"), (JournalEvent.SigningKeyRetired, "bob")],
            journal.Select(entry => (entry.Event, entry.Actor)));
        Assert.Contains(kid, journal[2].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rotation_by_command_announces_the_successor()
    {
        await Rotation().EnsureAsync(Start, Ct);

        var result = await Rotation().RotateNowAsync(immediately: false, "alice", Start.AddDays(1), Ct);

        var announced = Assert.IsType<RotationResult.Announced>(result);
        Assert.Equal(Start.AddDays(15), announced.ActiveFrom);
        Assert.Equal(announced.Kid, (await RingAsync()).SigningKey(Start.AddDays(15)).Kid);
        Assert.Equal(
            new RotationResult.AlreadyAnnounced(announced.Kid, announced.ActiveFrom),
            await Rotation().RotateNowAsync(immediately: false, "bob", Start.AddDays(2), Ct));
    }

    [Fact]
    public async Task An_immediate_rotation_brings_the_announced_key_forward()
    {
        await Rotation().EnsureAsync(Start, Ct);
        var announced = Assert.IsType<RotationResult.Announced>(
            await Rotation().RotateNowAsync(immediately: false, "alice", Start, Ct));

        var result = await Rotation().RotateNowAsync(immediately: true, "alice", Start.AddDays(1), Ct);

        Assert.Equal(new RotationResult.Activated(announced.Kid), result);
        Assert.Equal([Retired, Active], await StatesAsync(Start.AddDays(1)));
    }

    [Fact]
    public async Task An_immediate_rotation_keeps_the_old_key_published()
    {
        await Rotation().EnsureAsync(Start, Ct);

        await Rotation().RotateNowAsync(immediately: true, "alice", Start.AddDays(1), Ct);

        Assert.Equal([Retired, Active], await StatesAsync(Start.AddDays(1)));
        Assert.Equal([Retired, Active], await StatesAsync(Start.AddDays(15).AddTicks(-1)));
        Assert.Equal([Removed, Active], await StatesAsync(Start.AddDays(15)));
    }

    [Fact]
    [Trait("Requirement", "R14")]
    public async Task A_distrusted_key_is_unpublished_at_once_and_another_signs_at_once()
    {
        await Rotation().EnsureAsync(Start, Ct);
        var kid = (await RingAsync()).SigningKey(Start).Kid;

        var result = await Rotation().RetireAsync(kid, "alice", Start.AddDays(1), Ct);

        var ring = await RingAsync();
        var signing = ring.SigningKey(Start.AddDays(1));
        Assert.NotEqual(kid, signing.Kid);
        Assert.Equal(new RetirementResult.Removed(signing.Kid), result);
        Assert.Equal([signing], ring.Published(Start.AddDays(1)));
        Assert.Null(ring.Find(kid, Start.AddDays(1)));
    }

    [Fact]
    public async Task A_key_is_retired_once_and_an_unknown_one_never()
    {
        await Rotation().EnsureAsync(Start, Ct);
        var kid = (await RingAsync()).SigningKey(Start).Kid;
        await Rotation().RetireAsync(kid, "alice", Start, Ct);
        var revision = (await RingAsync()).Revision;

        Assert.IsType<RetirementResult.AlreadyRemoved>(await Rotation().RetireAsync(kid, "alice", Start, Ct));
        Assert.IsType<RetirementResult.UnknownKey>(await Rotation().RetireAsync("no-such-key", "alice", Start, Ct));

        Assert.Equal(revision, (await RingAsync()).Revision);
    }

    [Fact]
    public async Task What_was_removed_long_ago_is_forgotten()
    {
        await Rotation().EnsureAsync(Start, Ct);
        await Rotation().RotateNowAsync(immediately: true, "alice", Start.AddDays(1), Ct);

        await Rotation().EnsureAsync(Start.AddDays(15 + 14), Ct);
        Assert.Equal(2, await RowsAsync());
        await Rotation().EnsureAsync(Start.AddDays(15 + 14).AddTicks(1), Ct);
        Assert.Equal(1, await RowsAsync());
    }

    [Fact]
    public async Task A_rotation_that_another_node_has_just_done_is_not_done_twice()
    {
        await Rotation().EnsureAsync(Start, Ct);
        RotationResult? others = null;
        var databases = InterruptedOnce(() => others = Rotation().RotateNowAsync(immediately: true, "bob", Start, Ct).Result);
        var interrupted = new KeyRotation(databases, _masterKey, SmallKeys);

        var result = await interrupted.RotateNowAsync(immediately: true, "alice", Start, Ct);

        Assert.IsType<RotationResult.Activated>(others);
        Assert.Equal(others, result);
        Assert.Equal(2, await RowsAsync());
    }

    [Fact]
    public async Task A_node_with_another_master_key_adds_no_key_that_the_others_cannot_open()
    {
        await Rotation().EnsureAsync(Start, Ct);
        var another = new KeyRotation(_database.Factory, new MasterKey(RandomNumberGenerator.GetBytes(MasterKey.Size)), SmallKeys);

        await Assert.ThrowsAnyAsync<CryptographicException>(() => another.EnsureAsync(Start.AddDays(76), Ct));
        await Assert.ThrowsAnyAsync<CryptographicException>(() => another.RotateNowAsync(immediately: true, "alice", Start, Ct));

        Assert.Equal(1, await RowsAsync());
    }

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    [Trait("Requirement", "R14")]
    public async Task Of_fifty_nodes_that_rotate_at_once_one_makes_the_key(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);

        DateTimeOffset[] rotations = [Start, Start.AddDays(76)];
        foreach (var (number, now) in rotations.Index())
        {
            using var start = new Barrier(50);
            var results = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Factory.StartNew(
                () =>
                {
                    start.SignalAndWait(Ct);
                    return Rotation(database).EnsureAsync(now, Ct);
                },
                Ct,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default).Unwrap()));

            Assert.Equal(49, results.Count(result => result is RotationResult.Unchanged));
            await using var db = database.Open();
            Assert.Equal(number + 1, await db.SigningKeys.CountAsync(Ct));
            Assert.Equal(number + 1, await db.Journal.CountAsync(Ct));
            Assert.Equal(number + 1, (await KeyRing.LoadAsync(db, _masterKey, Ct)).Revision);
        }
    }

    /// <summary>Contexts of which the first lets something else happen right after it has read a key.</summary>
    private PscDbFactory InterruptedOnce(Action meanwhile)
    {
        var interrupted = false;
        return new PscDbFactory(() =>
        {
            var db = _database.Open();
            db.ChangeTracker.Tracked += (_, tracked) =>
            {
                if (interrupted || !tracked.FromQuery) return;

                interrupted = true;
                meanwhile();
            };
            return db;
        });
    }

    private KeyRotation Rotation() => Rotation(_database);

    private KeyRotation Rotation(TestDatabase database) => new(database.Factory, _masterKey, SmallKeys);

    private async Task<KeyRing> RingAsync()
    {
        await using var db = _database.Open();
        return await KeyRing.LoadAsync(db, _masterKey, Ct);
    }

    private async Task<IEnumerable<SigningKeyState>> StatesAsync(DateTimeOffset now)
    {
        var ring = await RingAsync();
        await using var db = _database.Open();
        var kids = await db.SigningKeys.OrderBy(key => key.Sequence).Select(key => key.Kid).ToListAsync(Ct);
        return kids.Select(kid => ring.Find(kid, now)?.StateAt(now) ?? Removed);
    }

    private async Task<int> RowsAsync()
    {
        await using var db = _database.Open();
        return await db.SigningKeys.CountAsync(Ct);
    }
}
