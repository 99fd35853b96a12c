using System.Diagnostics;
using System.Reflection;

namespace ProSanteConnect.Tools.Phone;

/// <summary>The activation: from the QR code to the PIN.</summary>
public sealed partial class SoftwarePhone
{
    /// <summary>The version of the conditions of use that this phone accepts; it is stated in the app's <c>cgu.html</c>.</summary>
    public const string ConditionsVersion = "2026-11-25";

    /// <summary>The increase of the polling interval after <c>slow_down</c> (RFC 8628, section 3.5).</summary>
    private static readonly TimeSpan SlowDown = TimeSpan.FromSeconds(5);

    /// <summary>Requests a QR code by mail. The response is the same whether the number is known or not.</summary>
    public async Task<PhoneResult<Done>> RequestActivationAsync(string rpps, CancellationToken ct = default)
    {
        var answer = await PostAsync<Done>("/activation-requests", token: null, new { rpps }, ct);
        if (answer.Problem is null) State = State with { MailRequestedAt = _clock.GetUtcNow() };
        return answer;
    }

    /// <summary>Searches for a forgotten RPPS number.</summary>
    public Task<PhoneResult<FoundRpps>> SearchRppsAsync(string email, string phone, CancellationToken ct = default) =>
        PostAsync<FoundRpps>("/rpps-search", token: null, new { email, phone }, ct);

    /// <summary>Reads the holder of an activation from its QR code, without consuming it.</summary>
    public async Task<PhoneResult<Inspection>> InspectAsync(string qrText, CancellationToken ct = default)
    {
        var read = SecretOf(qrText);
        return read.Problem is { } problem ? problem : await PostAsync<Inspection>("/activation/inspect", token: null, new { qrCode = read.Value }, ct);
    }

    /// <summary>Redeems a QR code, which binds the activation to this phone.</summary>
    public async Task<PhoneResult<Pairing>> ScanAsync(string qrText, string deviceName, CancellationToken ct = default)
    {
        var read = SecretOf(qrText);
        if (read.Problem is { } problem) return problem;

        var answer = await _http.GrantAsync<Pairing>("ecps-qr", [new("qr_code", read.Value), new("device_name", deviceName)], TokenSentences.OfQrCode, ct);
        if (answer.Problem is null)
            State = State with { MailRequestedAt = null, Activation = RunningActivation.Of(answer.Value, _clock.GetUtcNow()) };
        return answer;
    }

    /// <summary>Reads the progress of the activation.</summary>
    public async Task<PhoneResult<ActivationProgress>> ActivationAsync(CancellationToken ct = default) =>
        EndActivationIfOver(await GetAsync<ActivationProgress>("/activation", ActivationToken, ct));

    /// <summary>Requests the code by SMS.</summary>
    public async Task<PhoneResult<SentCode>> SendSmsAsync(CancellationToken ct = default) =>
        EndActivationIfOver(await PostAsync<SentCode>("/activation/sms", ActivationToken, body: null, ct));

    /// <summary>Exchanges the pairing token, once: with the code of the SMS, or without a code after it was typed on the computer.</summary>
    public async Task<PhoneResult<EnrolmentToken>> ExchangeCodeAsync(string? code = null, CancellationToken ct = default)
    {
        var form = new Dictionary<string, string> { ["pairing_token"] = State.Activation?.PairingToken ?? "" };
        if (code is not null) form["code"] = code;

        var answer = EndActivationIfOver(await _http.GrantAsync<EnrolmentToken>("ecps-code", form, TokenSentences.OfCode, ct));
        if (answer.Problem is null && State.Activation is { } running)
            State = State with { Activation = running with { EnrolmentToken = answer.Value.AccessToken } };
        return answer;
    }

    /// <summary>Polls until the code was typed on the computer, at the interval that the server requests, and exchanges the pairing token.</summary>
    public async Task<PhoneResult<EnrolmentToken>> WaitForComputerAsync(CancellationToken ct = default)
    {
        var interval = TimeSpan.FromSeconds(State.Activation?.Interval ?? 0);
        while (true)
        {
            await Task.Delay(interval, _clock, ct);
            var answer = await ExchangeCodeAsync(code: null, ct);
            if (answer.Problem is { Code: "slow_down" }) interval += SlowDown;
            else if (answer.Problem is not ({ Code: "authorization_pending" } or { MayPass: true })) return answer;
        }
    }

    /// <summary>Requests the WebAuthn creation options for the new key.</summary>
    public async Task<PhoneResult<CreationCeremony>> EnrolmentOptionsAsync(string deviceName, CancellationToken ct = default) =>
        EndActivationIfOver(await PostAsync<CreationCeremony>("/enrolment/options", ActivationToken, new { deviceName }, ct));

    /// <summary>Creates the key of this phone.</summary>
    public PhoneResult<NewKey> MakeKey(CreationCeremony asked)
    {
        var authenticator = Authenticator();
        if (authenticator.ObjectionTo(asked.PublicKey) is { } why) return new PhoneProblem(PhoneProblem.CeremonyRefused, Status: 0, why);

        var credential = authenticator.Create(asked.PublicKey);
        return new NewKey(asked.Ceremony, credential, authenticator.Key!);
    }

    /// <summary>Registers key and PIN, which activates the e-CPS. A refused PIN consumes nothing: the same key can be sent again.</summary>
    public async Task<PhoneResult<EnrolledJson>> EnrolAsync(NewKey made, string pin, string deviceName, CancellationToken ct = default)
    {
        var answer = EndActivationIfOver(await PostAsync<EnrolledJson>("/enrolment", ActivationToken, new
        {
            made.Ceremony,
            made.Credential,
            pin,
            deviceName,
            operatingSystem = OperatingSystemName,
            appVersion = AppVersion,
            conditionsVersion = ConditionsVersion,
        }, ct));
        if (answer.Problem is null) State = State with { Activation = null, Phone = PhoneOf(answer.Value, made.Key) };
        return answer;
    }

    /// <summary>Creates a key and registers it with the PIN.</summary>
    public async Task<PhoneResult<EnrolledJson>> EnrolAsync(string pin, string deviceName, CancellationToken ct = default)
    {
        var asked = await EnrolmentOptionsAsync(deviceName, ct);
        if (asked.Problem is { } problem) return problem;

        var made = MakeKey(asked.Value);
        return made.Problem is { } objection ? objection : await EnrolAsync(made.Value, pin, deviceName, ct);
    }

    private static string OperatingSystemName =>
        OperatingSystem.IsWindows() ? "Windows" : OperatingSystem.IsMacOS() ? "macOS" : "Linux";

    private static string AppVersion =>
        $"psc {typeof(SoftwarePhone).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0]}";

    private EnrolledPhone PhoneOf(EnrolledJson enrolled, PhoneKey key) => new(
        enrolled.ECps.Id, enrolled.ECps.Holder, enrolled.ECps.NationalId,
        enrolled.DeviceToken, enrolled.DeviceTokenExpiresAt, RotatedAt: _clock.GetUtcNow(), key);

    private PhoneResult<string> SecretOf(string qrText) => QrText.Read(qrText, State.Origin) switch
    {
        QrText.Request(var secret) => secret,
        QrText.Elsewhere(var origin) => new PhoneProblem(PhoneProblem.NotARequest, Status: 0,
            $"Ce QR code vient de {origin.GetLeftPart(UriPartial.Authority)}, et ce téléphone parle à {State.Origin.GetLeftPart(UriPartial.Authority)}."),
        QrText.Other => new PhoneProblem(PhoneProblem.NotARequest, Status: 0, "Ce QR code n'est pas une demande d'activation."),
        var other => throw new UnreachableException($"QR text {other}"),
    };

    /// <summary>Deletes the stored activation when the response says that it has ended.</summary>
    private PhoneResult<T> EndActivationIfOver<T>(PhoneResult<T> answer) where T : class
    {
        if (answer.Problem is { EndsActivation: true }) State = State with { Activation = null };
        return answer;
    }
}
