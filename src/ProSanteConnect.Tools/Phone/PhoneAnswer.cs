namespace ProSanteConnect.Tools.Phone;

/// <summary>How a call ended: with what was asked for, or with the problem that kept it from it. It is always one of the two.</summary>
public sealed record PhoneAnswer<T> where T : class
{
    private readonly T? _value;

    private PhoneAnswer(T? value, PhoneProblem? problem) => (_value, Problem) = (value, problem);

    /// <summary>Why not; null when the call succeeded.</summary>
    public PhoneProblem? Problem { get; }

    /// <summary>What was asked for.</summary>
    /// <exception cref="InvalidOperationException">There is a <see cref="Problem"/> instead.</exception>
    public T Value => _value ?? throw new InvalidOperationException($"{Problem}");

    public static implicit operator PhoneAnswer<T>(T value) => new(value, null);

    public static implicit operator PhoneAnswer<T>(PhoneProblem problem) => new(null, problem);
}

/// <summary>An answer that says no more than "done".</summary>
public sealed record Done;
