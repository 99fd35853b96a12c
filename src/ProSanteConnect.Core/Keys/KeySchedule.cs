namespace ProSanteConnect.Core.Keys;

/// <summary>
/// The instants of the keys at one moment, and the few moves that keep them in order: one key signs, its successor is
/// announced in time, and it stays published after it. Knows no database.
/// </summary>
internal sealed class KeySchedule(
    List<SigningKey> keys, KeyOptions options, DateTimeOffset now, Func<int, DateTimeOffset, SigningKey> generate)
{
    public SigningKey? Active => keys.LastOrDefault(key => StateOf(key) == SigningKeyState.Active);

    public SigningKey? Announced => keys.LastOrDefault(key => StateOf(key) == SigningKeyState.Announced);

    public SigningKey? Find(string kid) => keys.Find(key => key.Kid == kid);

    public SigningKeyState StateOf(SigningKey key) =>
        SigningKeyLifeCycle.StateAt(now, key.ActiveFrom, SigningKeyLifeCycle.RetiredFrom(key, keys), key.RemovedAt);

    /// <summary>Does what is due, if anything.</summary>
    public RotationResult Ensure() => (Active, Announced) switch
    {
        (null, _) => ActivateNext(),
        ({ } active, null) when now >= active.ActiveFrom + options.RotationInterval - options.AnnounceTime =>
            Announce(active.ActiveFrom + options.RotationInterval),
        _ => new RotationResult.Unchanged(),
    };

    /// <summary>Publishes a successor. It is announced for its whole time, however late it comes.</summary>
    public RotationResult Announce(DateTimeOffset activeFrom)
    {
        var earliest = now + options.AnnounceTime;
        var key = Add(activeFrom > earliest ? activeFrom : earliest);
        return new RotationResult.Announced(key.Kid, key.ActiveFrom);
    }

    /// <summary>Lets the announced key, or a new one if none is, sign from now on.</summary>
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

    /// <summary>Takes a key out of the published set at once.</summary>
    public void Remove(SigningKey key)
    {
        // Whoever was to hand over to it keeps signing until another successor is announced.
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
