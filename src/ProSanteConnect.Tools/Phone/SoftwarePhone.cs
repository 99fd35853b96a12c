using System.Text.RegularExpressions;
using System.Web;

namespace ProSanteConnect.Tools.Phone;

/// <summary>
/// A phone with the e-CPS application, in software. It speaks only the public API, one method a call, and keeps what the answers
/// give it in <see cref="State"/>; a native application would do the same.
/// </summary>
public sealed partial class SoftwarePhone
{
    /// <summary>How old a device token may be before it is rotated.</summary>
    private static readonly TimeSpan RotateAfter = TimeSpan.FromDays(1);

    private readonly PhoneHttp _http;
    private readonly TimeProvider _clock;

    /// <param name="http">Speaks to the server; it follows no redirection and keeps no cookie.</param>
    /// <param name="state">What the phone kept from before.</param>
    /// <param name="clock">The clock, which a test may turn.</param>
    public SoftwarePhone(HttpClient http, PhoneState state, TimeProvider clock)
    {
        _clock = clock;
        _http = new PhoneHttp(http, state.Origin, clock);
        State = state;
    }

    /// <summary>A new phone, whose application comes from this origin.</summary>
    public SoftwarePhone(HttpClient http, Uri origin, TimeProvider clock)
        : this(http, new PhoneState(origin), clock)
    {
    }

    /// <summary>What the phone keeps.</summary>
    public PhoneState State
    {
        get;
        private set
        {
            field = value;
            Kept?.Invoke(value);
        }
    }

    /// <summary>Told each time there is something new to keep, before the next call is made.</summary>
    public Action<PhoneState>? Kept { get; init; }

    /// <summary>Whether the phone's key counts its signatures; see <see cref="SoftwareAuthenticator.Counts"/>.</summary>
    public bool CountsSignatures { get; init; } = true;

    /// <summary>Whether the platform copies the phone's key; see <see cref="SoftwareAuthenticator.IsSynced"/>.</summary>
    public bool HasSyncedKey { get; init; }

    /// <summary>What the phone's key says in place of the truth, for a test.</summary>
    internal Deviations Deviations { get; set; } = new();

    private string? ActivationToken => State.Activation?.Token;

    private SoftwareAuthenticator Authenticator() =>
        new(State.Origin, State.Phone?.Key) { Counts = CountsSignatures, IsSynced = HasSyncedKey, Deviations = Deviations };

    /// <summary>Signs what the server asks. The key's counter is kept first, so that a lost answer never turns it back.</summary>
    public PhoneAnswer<Proof> Sign(RequestCeremony asked)
    {
        var authenticator = Authenticator();
        if (authenticator.ObjectionTo(asked.PublicKey) is { } why) return new PhoneProblem(PhoneProblem.CeremonyRefused, Status: 0, why);

        var assertion = authenticator.Sign(asked.PublicKey);
        State = State with { Phone = State.Phone! with { Key = authenticator.Key! } };
        return new Proof(asked.Ceremony, assertion);
    }

    /// <summary>Asks for a challenge, signs it, and hands the proof on; the first problem ends it.</summary>
    private async Task<PhoneAnswer<T>> ProveAsync<T>(Task<PhoneAnswer<RequestCeremony>> challenge, Func<Proof, Task<PhoneAnswer<T>>> present) where T : class
    {
        var asked = await challenge;
        if (asked.Problem is { } problem) return problem;

        var signed = Sign(asked.Value);
        return signed.Problem is { } objection ? objection : await present(signed.Value);
    }

    private Task<PhoneAnswer<T>> GetAsync<T>(string path, string? token, CancellationToken ct) where T : class =>
        _http.CallAsync<T>(HttpMethod.Get, path, token, body: null, ct);

    private Task<PhoneAnswer<T>> PostAsync<T>(string path, string? token, object? body, CancellationToken ct) where T : class =>
        _http.CallAsync<T>(HttpMethod.Post, path, token, body, ct);
}

/// <summary>
/// What a broken or dishonest authenticator says in place of the truth, so that a test can see the server refuse it. Without a
/// deviation the authenticator is honest.
/// </summary>
internal sealed record Deviations
{
    /// <summary>Another site, as a phishing page would have it.</summary>
    public string? Origin { get; init; }

    /// <summary>Another challenge, in base64url, as a replay would have it.</summary>
    public string? Challenge { get; init; }

    /// <summary>Another ceremony than the one that was asked for.</summary>
    public string? Type { get; init; }

    /// <summary>Another relying party's key.</summary>
    public string? RpId { get; init; }

    /// <summary>Another count of signatures, as a copied key would have it.</summary>
    public uint? Counter { get; init; }

    /// <summary>Whether somebody touched the phone.</summary>
    public bool UserPresent { get; init; } = true;

    /// <summary>Whether the phone knew its owner, by fingerprint, face or code.</summary>
    public bool UserVerified { get; init; } = true;

    /// <summary>Whether the signature is wrong.</summary>
    public bool BreaksSignature { get; init; }
}

/// <summary>What a QR code, a pasted link or a typed code is. The server decides; this only answers sooner.</summary>
public abstract partial record QrText
{
    private QrText() { }

    /// <summary>A request of activation, by its secret.</summary>
    public sealed record Request(string Secret) : QrText
    {
        public override string ToString() => nameof(Request);
    }

    /// <summary>A request of another site, where this phone's key could not be used.</summary>
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

    [GeneratedRegex(@"\A[A-Za-z0-9_-]{16,256}\z")]
    private static partial Regex SecretForm();
}
