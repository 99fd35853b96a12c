using CsCheck;
using ProSanteConnect.Core.Keys;
using ProSanteConnect.Testing;
using static ProSanteConnect.Core.Keys.SigningKeyState;

namespace ProSanteConnect.Core.Tests.Keys;

/// <summary>The calendar of the keys, without key pairs and without a database.</summary>
public sealed class KeyLifeCycle
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 8, 0, 0, TimeSpan.Zero);
    private static readonly KeyOptions Options = new();

    private readonly List<SigningKey> _keys = [];
    private readonly HashSet<string> _hurried = [];
    private readonly HashSet<string> _distrusted = [];
    private DateTimeOffset _now = Start;

    [Theory]
    [InlineData(-1, Announced)]
    [InlineData(0, Active)]
    [InlineData(89, Active)]
    [InlineData(90, Retired)]
    [InlineData(103, Retired)]
    [InlineData(104, Removed)]
    public void The_state_of_a_key_is_read_off_its_instants(int day, SigningKeyState state)
    {
        var at = SigningKeyLifeCycle.StateAt(Start.AddDays(day), Start, Start.AddDays(90), Start.AddDays(104));

        Assert.Equal(state, at);
    }

    [Fact]
    public void The_diagram_in_the_README_is_what_the_instants_make()
    {
        int?[] hours = [1, 2, 3, null];
        var transitions = (
            from activeFrom in hours.OfType<int>()
            from retiredFrom in hours
            where retiredFrom is null || retiredFrom > activeFrom
            from removedAt in hours
            from now in Enumerable.Range(0, 4)
            let before = StateAt(now, activeFrom, retiredFrom, removedAt)
            let after = StateAt(now + 1, activeFrom, retiredFrom, removedAt)
            where before != after
            let instant = after switch { Active => "ActiveFrom", Retired => "RetiredFrom", _ => "RemovedAt" }
            orderby before, after
            select $"    {before} --> {after} : {instant}").Distinct();

        var readme = File.ReadAllText(Repository.PathOf("src", "ProSanteConnect.Core", "Keys", "README.md"));
        string[] diagram = ["```mermaid", "stateDiagram-v2", "    [*] --> Announced", .. transitions, "    Removed --> [*]", "```", ""];
        Assert.Contains(string.Join('\n', diagram), readme, StringComparison.Ordinal);

        static SigningKeyState StateAt(int now, int activeFrom, int? retiredFrom, int? removedAt) => SigningKeyLifeCycle.StateAt(
            Start.AddHours(now), Start.AddHours(activeFrom), retiredFrom is { } retired ? Start.AddHours(retired) : null,
            removedAt is { } removed ? Start.AddHours(removed) : null);
    }

    [Fact]
    public void The_first_key_signs_at_once()
    {
        var result = Schedule().Ensure();

        Assert.Equal(new RotationResult.Activated("key-1"), result);
        Assert.Equal([Active], States());
    }

    [Fact]
    [Trait("Requirement", "R14")]
    public void A_successor_is_announced_14_days_ahead_and_takes_over_after_90()
    {
        Schedule().Ensure();

        At(day: 75);
        Assert.IsType<RotationResult.Unchanged>(Schedule().Ensure());
        At(day: 76);
        Assert.Equal(new RotationResult.Announced("key-2", Start.AddDays(90)), Schedule().Ensure());
        Assert.Equal([Active, Announced], States());
        At(day: 90);
        Assert.Equal([Retired, Active], States());
        At(day: 104);
        Assert.Equal([Removed, Active], States());
    }

    [Fact]
    public void A_provider_that_slept_for_a_year_still_announces_before_it_rotates()
    {
        Schedule().Ensure();

        At(day: 365);
        var result = Schedule().Ensure();

        Assert.Equal(new RotationResult.Announced("key-2", Start.AddDays(365 + 14)), result);
    }

    [Fact]
    public void When_the_active_key_is_distrusted_the_announced_one_takes_its_place()
    {
        Schedule().Ensure();
        At(day: 76);
        Schedule().Ensure();

        Remove(Schedule().Active!);

        Assert.Equal([Removed, Active], States());
        At(day: 100);
        Assert.Equal([Removed, Active], States());
    }

    [Fact]
    public void When_the_announced_key_is_distrusted_the_active_one_waits_for_another()
    {
        Schedule().Ensure();
        At(day: 80);
        Schedule().Ensure();

        Remove(Schedule().Announced!);

        Assert.Equal([Active, Removed, Announced], States());
        At(day: 93);
        Assert.Equal([Active, Removed, Announced], States());
        At(day: 94);
        Assert.Equal([Retired, Removed, Active], States());
    }

    [Fact]
    public void A_key_that_never_signed_retires_nobody()
    {
        Schedule().Ensure();
        At(day: 10);
        Schedule().Announce(_now);

        Remove(Schedule().Announced!);

        Assert.Equal([Active, Removed], States());
        Assert.Null(_keys[0].RemovedAt);
    }

    [Fact]
    [Trait("Requirement", "R14")]
    public void Whatever_is_done_to_the_keys_one_signs_at_every_instant_and_verifiers_have_time() =>
        Gen.Select(Gen.Int[0, 4], Gen.Int[0, 40]).Array[1, 40].Sample(steps =>
        {
            var life = new KeyLifeCycle();
            life.Schedule().Ensure();
            foreach (var (move, days) in steps)
            {
                life._now += TimeSpan.FromDays(days);
                life.Schedule().Ensure();
                life.Do(move);
                life.Schedule().Ensure();
                life.AssertInOrder();
            }
        });

    private void Do(int move)
    {
        var schedule = Schedule();
        switch (move)
        {
            case 0 when schedule.Announced is null:
                schedule.Announce(_now);
                break;
            case 1:
                schedule.ActivateNext();
                _hurried.Add(Schedule().Active!.Kid);
                break;
            case 2:
                Remove(schedule.Active!);
                _hurried.Add(Schedule().Active!.Kid);
                break;
            case 3 when schedule.Announced is { } announced:
                Remove(announced);
                break;
        }
    }

    private void AssertInOrder()
    {
        // Without any command, each key is replaced by the next one.
        for (var ahead = 0; ahead <= 200; ahead++) Assert.Single(_keys, key => StateAt(key, _now.AddDays(ahead)) == Active);

        Assert.True(_keys.Count(key => StateAt(key, _now) == Announced) <= 1);

        foreach (var key in _keys)
        {
            // Only the first key and the keys of an emergency rotation are not published in advance.
            if (key.Sequence > 1 && !_hurried.Contains(key.Kid)) Assert.True(key.ActiveFrom - key.CreatedAt >= Options.AnnounceTime);

            if (!_distrusted.Contains(key.Kid) && SigningKeyLifeCycle.RetiredFrom(key, _keys) is { } retiredFrom)
                Assert.Equal(retiredFrom + Options.RetirementTime, key.RemovedAt);
        }
    }

    private void Remove(SigningKey key)
    {
        _distrusted.Add(key.Kid);
        var schedule = Schedule();
        schedule.Remove(key);
        schedule.Ensure();
    }

    private void At(int day) => _now = Start.AddDays(day);

    private KeySchedule Schedule() => new(_keys, Options, _now, (sequence, activeFrom) => new SigningKey
    {
        Sequence = sequence,
        Kid = $"key-{sequence}",
        Algorithm = "RS256",
        ProtectedPrivateKey = [],
        CreatedAt = _now,
        ActiveFrom = activeFrom,
    });

    private IEnumerable<SigningKeyState> States() => _keys.Select(key => StateAt(key, _now));

    private SigningKeyState StateAt(SigningKey key, DateTimeOffset at) =>
        SigningKeyLifeCycle.StateAt(at, key.ActiveFrom, SigningKeyLifeCycle.RetiredFrom(key, _keys), key.RemovedAt);
}
