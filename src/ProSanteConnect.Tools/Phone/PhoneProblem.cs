namespace ProSanteConnect.Tools.Phone;

/// <summary>Why a call did not succeed: a problem of the API (RFC 9457), an OAuth error of the token endpoint, or no answer at all.</summary>
/// <param name="Code">The last part of the problem's type, or the OAuth error.</param>
/// <param name="Status">The HTTP status; 0 when the server said nothing.</param>
/// <param name="Detail">A French sentence to show.</param>
public sealed record PhoneProblem(string Code, int Status, string Detail)
{
    /// <summary>No answer came: the network or the server is away.</summary>
    public const string NoAnswer = "no-answer";

    /// <summary>The server's certificate is nobody's that this phone trusts.</summary>
    public const string Untrusted = "untrusted-certificate";

    /// <summary>The answer is not one of the API: something else stands at the address, or in between.</summary>
    public const string Unreadable = "unreadable-answer";

    /// <summary>The text is no request of activation, or of another site.</summary>
    public const string NotARequest = "not-a-request";

    /// <summary>The key of this phone cannot answer what the server asks.</summary>
    public const string CeremonyRefused = "ceremony-refused";

    /// <summary>How many tries are left for the code or the PIN.</summary>
    public int? AttemptsLeft { get; init; }

    /// <summary>Why the e-CPS is inactive.</summary>
    public string? Reason { get; init; }

    /// <summary>Since when the e-CPS is inactive.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>How the request ended.</summary>
    public string? Outcome { get; init; }

    /// <summary>When another SMS may be asked for.</summary>
    public DateTimeOffset? ResendAt { get; init; }

    /// <summary>How long to wait before another try.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The number of the incident, for who looks for it in the logs.</summary>
    public string? Incident { get; init; }

    /// <summary>Whether the same call may succeed a little later, with nothing changed.</summary>
    public bool MayPass => Code == NoAnswer || Status is 429 or >= 500;

    /// <summary>Whether no later call with this device token can succeed.</summary>
    public bool EndsDevice => Status == 401 || Code == "e-cps-inactive";

    /// <summary>Whether the running activation is over.</summary>
    public bool EndsActivation => this is { Code: "activation-over" or "access_denied" } or { Code: "invalid_grant", AttemptsLeft: null };

    internal static PhoneProblem OfUnreadable(int status) => new(Unreadable, status, "La réponse du serveur n'est pas celle d'un service e-CPS.");
}
