using System.Diagnostics.CodeAnalysis;

namespace ProSanteConnect.Core.Data;

/// <summary>The table of an entity's statuses: one entry for each move that exists.</summary>
public interface ILifeCycle<TStatus, TTrigger>
    where TStatus : struct, Enum
    where TTrigger : struct, Enum
{
    /// <summary>The status to which a trigger leads from another one, or null when there is no such move.</summary>
    static abstract TStatus? Next(TStatus from, TTrigger trigger);
}

/// <summary>
/// What follows from the table of <typeparamref name="TSelf"/>: the condition and the destination of the one UPDATE that a
/// trigger makes.
/// </summary>
[SuppressMessage("Design", "CA1000", Justification = "Callers name the class of the table, which is not generic.")]
public abstract class LifeCycle<TSelf, TStatus, TTrigger>
    where TSelf : ILifeCycle<TStatus, TTrigger>
    where TStatus : struct, Enum
    where TTrigger : struct, Enum
{
    /// <summary>The statuses that a trigger may leave.</summary>
    public static IReadOnlyList<TStatus> AllowedFrom(TTrigger trigger) =>
        [.. Enum.GetValues<TStatus>().Where(status => TSelf.Next(status, trigger) is not null)];

    /// <summary>The status to which a trigger leads, whichever status it leaves.</summary>
    /// <exception cref="InvalidOperationException">The table names no destination, or more than one.</exception>
    public static TStatus Next(TTrigger trigger) =>
        AllowedFrom(trigger).Select(status => TSelf.Next(status, trigger)!.Value).Distinct().Single();
}
