namespace ProSanteConnect.Core.Keys;

/// <summary>
/// The keys at one instant and the transitions between their states: one key signs, its successor is announced in time, and it
/// stays published afterwards. It does not access the database.
/// </summary>
internal sealed class KeySchedule(
    List<SigningKey> keys, KeyOptions options, DateTimeOffset now, Func<int, DateTimeOffset, SigningKey> generate)
{
    public SigningKey? Active => keys.LastOrDefault(key => StateOf(key) == SigningKeyState.Active);

    public SigningKey? Announced => keys.LastOrDefault(key => StateOf(key) == SigningKeyState.Announced);

    public SigningKey? Find(string kid) => keys.Find(key => key.Kid == kid);

    public SigningKeyState StateOf(SigningKey key) =>
        SigningKeyLifeCycle.StateAt(now, key.ActiveFrom, SigningKeyLifeCycle.RetiredFrom(key, keys), key.RemovedAt);

    /// <summary>Applies what is due; the result says whether anything changed.</summary>
    public RotationResult Ensure() => (Active, Announced) switch
    {
        (null, _) => ActivateNext(),
        ({ } active, null) when now >= active.ActiveFrom + options.RotationInterval - options.AnnounceTime =>
            Announce(active.ActiveFrom + options.RotationInterval),
        _ => new RotationResult.Unchanged(),
    };

    /// <summary>Publishes a successor. Its announcement always has the full length, even when it is late.</summary>
    public RotationResult Announce(DateTimeOffset activeFrom)
    {
        var earliest = now + options.AnnounceTime;
        var key = Add(activeFrom > earliest ? activeFrom : earliest);
        return new RotationResult.Announced(key.Kid, key.ActiveFrom);
    }

    /// <summary>Activates the announced key, or a new one when none is announced.</summary>
    public RotationResult ActivateNext()
    {
        var active = Active;
        if (Announced is { } announced)
        {
            announced.ActiveFrom = now;
            if (active is not null) active.RemovedAt = now + options.RetirementTime;
            return new RotationResult.Activated(announced.Kid);
        }

        return new RotationResult.Activated(Add(now).Kid);
    }

    /// <summary>Removes a key from the published set at once.</summary>
    public void Remove(SigningKey key)
    {
        // The active key keeps signing until another successor is announced.
        if (StateOf(key) == SigningKeyState.Announced && Active is { } active) active.RemovedAt = null;

        key.RemovedAt = now;
    }

    private SigningKey Add(DateTimeOffset activeFrom)
    {
        var active = Active;
        var key = generate(keys.Count == 0 ? 1 : keys.Max(k => k.Sequence) + 1, activeFrom);
        keys.Add(key);
        if (active is not null) active.RemovedAt = activeFrom + options.RetirementTime;
        return key;
    }
}
