using System.Text.RegularExpressions;
using System.Web;

namespace ProSanteConnect.Tools.Phone;

/// <summary>
/// A software phone with the e-CPS app. It uses the public API only, one method per call, and stores what the responses contain in
/// <see cref="State"/>, as a native app would.
/// </summary>
public sealed partial class SoftwarePhone
{
    /// <summary>The age at which a device token is rotated.</summary>
    private static readonly TimeSpan RotateAfter = TimeSpan.FromDays(1);

    private readonly PhoneHttp _http;
    private readonly TimeProvider _clock;

    /// <param name="http">The client; it follows no redirects and stores no cookies.</param>
    /// <param name="state">The stored state of the phone.</param>
    /// <param name="clock">The clock.</param>
    public SoftwarePhone(HttpClient http, PhoneState state, TimeProvider clock)
    {
        _clock = clock;
        _http = new PhoneHttp(http, state.Origin, clock);
        State = state;
    }

    /// <summary>A new phone whose app has this origin.</summary>
    public SoftwarePhone(HttpClient http, Uri origin, TimeProvider clock)
        : this(http, new PhoneState(origin), clock)
    {
    }

    /// <summary>The state to store.</summary>
    public PhoneState State
    {
        get;
        private set
        {
            field = value;
            Kept?.Invoke(value);
        }
    }

    /// <summary>Called with each new state before the next request is sent.</summary>
    public Action<PhoneState>? Kept { get; init; }

    /// <summary>Whether the phone's key has a signature counter; see <see cref="SoftwareAuthenticator.Counts"/>.</summary>
    public bool CountsSignatures { get; init; } = true;

    /// <summary>Whether the platform synchronizes the phone's key; see <see cref="SoftwareAuthenticator.IsSynced"/>.</summary>
    public bool HasSyncedKey { get; init; }

    /// <summary>False statements of the phone's key, for tests.</summary>
    internal Deviations Deviations { get; set; } = new();

    private string? ActivationToken => State.Activation?.Token;

    private SoftwareAuthenticator Authenticator() =>
        new(State.Origin, State.Phone?.Key) { Counts = CountsSignatures, IsSynced = HasSyncedKey, Deviations = Deviations };

    /// <summary>Signs the server's challenge. The counter is stored before the response is sent, so that it never decreases.</summary>
    public PhoneResult<Proof> Sign(RequestCeremony asked)
    {
        var authenticator = Authenticator();
        if (authenticator.ObjectionTo(asked.PublicKey) is { } why) return new PhoneProblem(PhoneProblem.CeremonyRefused, Status: 0, why);

        var assertion = authenticator.Sign(asked.PublicKey);
        State = State with { Phone = State.Phone! with { Key = authenticator.Key! } };
        return new Proof(asked.Ceremony, assertion);
    }

    /// <summary>Requests a challenge, signs it and sends the proof; stops at the first problem.</summary>
    private async Task<PhoneResult<T>> ProveAsync<T>(Task<PhoneResult<RequestCeremony>> challenge, Func<Proof, Task<PhoneResult<T>>> present) where T : class
    {
        var asked = await challenge;
        if (asked.Problem is { } problem) return problem;

        var signed = Sign(asked.Value);
        return signed.Problem is { } objection ? objection : await present(signed.Value);
    }

    private Task<PhoneResult<T>> GetAsync<T>(string path, string? token, CancellationToken ct) where T : class =>
        _http.CallAsync<T>(HttpMethod.Get, path, token, body: null, ct);

    private Task<PhoneResult<T>> PostAsync<T>(string path, string? token, object? body, CancellationToken ct) where T : class =>
        _http.CallAsync<T>(HttpMethod.Post, path, token, body, ct);
}

/// <summary>
/// The false statements of a faulty or malicious authenticator, with which tests check that the server refuses them. By default there
/// are none.
/// </summary>
internal sealed record Deviations
{
    /// <summary>Another origin, as on a phishing page.</summary>
    public string? Origin { get; init; }

    /// <summary>Another challenge in base64url, as in a replay.</summary>
    public string? Challenge { get; init; }

    /// <summary>Another ceremony type in the client data.</summary>
    public string? Type { get; init; }

    /// <summary>The RP ID of another relying party.</summary>
    public string? RpId { get; init; }

    /// <summary>Another signature counter, as from a cloned key.</summary>
    public uint? Counter { get; init; }

    /// <summary>The flag UP: the user touched the authenticator.</summary>
    public bool UserPresent { get; init; } = true;

    /// <summary>The flag UV: the authenticator verified its user by fingerprint, face or code.</summary>
    public bool UserVerified { get; init; } = true;

    /// <summary>Whether the signature is invalid.</summary>
    public bool BreaksSignature { get; init; }
}

/// <summary>The content of a QR code, a pasted link or a typed code. The server decides; this check only fails earlier.</summary>
public abstract partial record QrText
{
    private QrText() { }

    /// <summary>An activation request, identified by its secret.</summary>
    public sealed record Request(string Secret) : QrText
    {
        public override string ToString() => nameof(Request);
    }

    /// <summary>A request of another site, for which this phone's key is not valid.</summary>
    public sealed record Elsewhere(Uri Origin) : QrText;

    public sealed record Other : QrText;

    /// <summary>Reads <c>https://wallet/app/#qr=SECRET</c>, or the secret alone.</summary>
    public static QrText Read(string text, Uri here)
    {
        var bare = string.Concat(text.Where(c => !char.IsWhiteSpace(c)));
        if (SecretForm().IsMatch(bare)) return new Request(bare);
        if (!Uri.TryCreate(bare, UriKind.Absolute, out var address) || address.Scheme is not ("https" or "http")) return new Other();

        var secret = HttpUtility.ParseQueryString(address.Fragment.TrimStart('#'))["qr"] ?? "";
        if (!address.AbsolutePath.EndsWith("/app/", StringComparison.Ordinal) || !SecretForm().IsMatch(secret)) return new Other();

        var origin = new Uri(address.GetLeftPart(UriPartial.Authority));
        return origin == new Uri(here.GetLeftPart(UriPartial.Authority)) ? new Request(secret) : new Elsewhere(origin);
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_-]{16,256}\z", RegexOptions.NonBacktracking)]
    private static partial Regex SecretForm();
}
