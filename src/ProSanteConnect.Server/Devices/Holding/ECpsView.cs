namespace ProSanteConnect.Server.Devices.Holding;

/// <summary>An active e-CPS as its phone sees it.</summary>
internal sealed record ECpsView
{
    public required Guid Id { get; init; }

    /// <summary>Always <c>active</c>: an inactive one is a problem, or the event <c>{"state":"inactive",…}</c>.</summary>
    public string State { get; } = "active";

    public required string Holder { get; init; }
    public required string NationalId { get; init; }
    public string? Profession { get; init; }
    public required DateTimeOffset ActivatedAt { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Whether <c>POST /e-cps/renew</c> would be accepted now.</summary>
    public required bool Renewable { get; init; }

    /// <summary><c>card</c> or <c>contact_details</c>.</summary>
    public required string Mode { get; init; }

    public required string DeviceName { get; init; }
    public required int PinLength { get; init; }

    /// <summary>How many wrong PINs in a row are left before the e-CPS becomes inactive.</summary>
    public required int AttemptsLeft { get; init; }

    /// <summary>Whether a push subscription is kept.</summary>
    public required bool Push { get; init; }
}

/// <summary>An e-CPS that is good for nothing any more.</summary>
/// <param name="Reason">The code of the problem <c>e-cps-inactive</c>.</param>
/// <param name="Since">Since when.</param>
internal sealed record InactiveView(string Reason, DateTimeOffset Since)
{
    public string State { get; } = "inactive";
}
