namespace ProSanteConnect.Core.Keys;

/// <summary>What became of the keys when they were due, or asked, to rotate.</summary>
public abstract record RotationResult
{
    private RotationResult()
    {
    }

    /// <summary>A key signs and needs no successor yet, or has one.</summary>
    public sealed record Unchanged : RotationResult;

    /// <summary>A successor is published and will sign from the given instant on.</summary>
    public sealed record Announced(string Kid, DateTimeOffset ActiveFrom) : RotationResult;

    /// <summary>The rotation that was asked for is already on its way.</summary>
    public sealed record AlreadyAnnounced(string Kid, DateTimeOffset ActiveFrom) : RotationResult;

    /// <summary>This key signs from now on.</summary>
    public sealed record Activated(string Kid) : RotationResult;
}
