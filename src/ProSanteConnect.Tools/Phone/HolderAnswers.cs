using ProSanteConnect.Core.Enrolment;

namespace ProSanteConnect.Tools.Phone;

/// <summary>The e-CPS, as its phone sees it while it is active.</summary>
public sealed record HeldECps(
    string Id, string Holder, string NationalId, DateTimeOffset ActivatedAt, DateTimeOffset ExpiresAt, bool Renewable, ActivationMode Mode,
    string DeviceName, int PinLength, int AttemptsLeft, bool Push)
{
    public string? Profession { get; init; }
}

/// <summary>The e-CPS after its end.</summary>
public sealed record InactiveECps(string Reason, DateTimeOffset? Since = null);

/// <summary>What the holder can do to the e-CPS with the phone's key.</summary>
public enum ECpsAction
{
    /// <summary>"Supprimer ma e-CPS".</summary>
    Delete,

    /// <summary>"Mot de passe oublié".</summary>
    ForgottenPin,

    Renew,
}

/// <summary>A new device token; the former one holds until this one is first presented.</summary>
public sealed record NewDeviceToken(string DeviceToken, DateTimeOffset DeviceTokenExpiresAt)
{
    public override string ToString() => nameof(NewDeviceToken);
}

/// <summary>A sign-in that waits for the holder's answer.</summary>
public sealed record WaitingRequest(
    string Id, string Application, string Browser, string Place, DateTimeOffset StartedAt, DateTimeOffset ExpiresAt, bool KnownBrowser);

public sealed record WaitingRequests(IReadOnlyList<WaitingRequest> Requests);

/// <summary>How the request ended by this answer, and the page of the same phone that waits for it, if any.</summary>
public sealed record Answered(string Outcome, Uri? ReturnUri = null);

public sealed record HistoryEntry(DateTimeOffset At, string Event, string Sentence)
{
    public string? Application { get; init; }

    public string? Place { get; init; }

    public string? Browser { get; init; }
}

public sealed record History(IReadOnlyList<HistoryEntry> Entries);

/// <summary>The server's public key for Web Push (RFC 8292), in base64url.</summary>
public sealed record PushKey(string PublicKey);

/// <summary>Where notifications go, as the phone's push service gave it (RFC 8030, RFC 8291).</summary>
public sealed record PushAddress(Uri Endpoint, PushAddressKeys Keys);

public sealed record PushAddressKeys(string P256dh, string Auth);
