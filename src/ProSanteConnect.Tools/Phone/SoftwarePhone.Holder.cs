namespace ProSanteConnect.Tools.Phone;

/// <summary>What the holder does with an e-CPS: sign in, look after it, end it.</summary>
public sealed partial class SoftwarePhone
{
    /// <summary>Asks for the sign-ins that wait.</summary>
    public Task<PhoneAnswer<WaitingRequests>> RequestsAsync(CancellationToken ct = default) =>
        GetAsync<WaitingRequests>("/requests", State.DeviceToken, ct);

    /// <summary>Asks for one sign-in.</summary>
    public Task<PhoneAnswer<WaitingRequest>> RequestAsync(string id, CancellationToken ct = default) =>
        GetAsync<WaitingRequest>(RequestPath(id), State.DeviceToken, ct);

    /// <summary>Asks for a challenge that is bound to the request and to the number that the computer shows.</summary>
    public Task<PhoneAnswer<RequestCeremony>> ChallengeAsync(string id, string number, CancellationToken ct = default) =>
        PostAsync<RequestCeremony>($"{RequestPath(id)}/challenge", State.DeviceToken, new { number }, ct);

    /// <summary>Approves by a signed challenge and the PIN.</summary>
    public Task<PhoneAnswer<Answered>> ApproveAsync(string id, Proof proof, string pin, CancellationToken ct = default) =>
        PostAsync<Answered>($"{RequestPath(id)}/approve", State.DeviceToken, new { proof.Ceremony, proof.Assertion, pin }, ct);

    /// <summary>Approves a sign-in: asks for a challenge, signs it, and presents it with the PIN.</summary>
    public Task<PhoneAnswer<Answered>> ApproveAsync(string id, string number, string pin, CancellationToken ct = default) =>
        ProveAsync(ChallengeAsync(id, number, ct), proof => ApproveAsync(id, proof, pin, ct));

    /// <summary>Refuses a sign-in.</summary>
    /// <param name="id">The request.</param>
    /// <param name="notMe">Whether it was somebody else who asked: unknown browsers are then kept away for a while.</param>
    /// <param name="ct">Ends the call.</param>
    public Task<PhoneAnswer<Answered>> DenyAsync(string id, bool notMe = false, CancellationToken ct = default) =>
        PostAsync<Answered>($"{RequestPath(id)}/deny", State.DeviceToken, new { notMe }, ct);

    /// <summary>Asks for the e-CPS as it stands.</summary>
    public Task<PhoneAnswer<HeldECps>> ECpsAsync(CancellationToken ct = default) => GetAsync<HeldECps>("/e-cps", State.DeviceToken, ct);

    /// <summary>Asks for what happened, the latest first.</summary>
    public Task<PhoneAnswer<History>> HistoryAsync(CancellationToken ct = default) => GetAsync<History>("/history", State.DeviceToken, ct);

    /// <summary>Takes a new device token. The former one holds until this one is first presented, so a lost answer locks nobody out.</summary>
    public async Task<PhoneAnswer<NewDeviceToken>> RotateDeviceTokenAsync(CancellationToken ct = default)
    {
        var answer = await PostAsync<NewDeviceToken>("/device-token", State.DeviceToken, body: null, ct);
        if (answer.Problem is null && State.Phone is { } phone)
        {
            var (token, expiresAt) = answer.Value;
            State = State with { Phone = phone with { DeviceToken = token, DeviceTokenExpiresAt = expiresAt, RotatedAt = _clock.GetUtcNow() } };
        }

        return answer;
    }

    /// <summary>Takes a new device token once a day; when the server cannot be asked, the old one is still good.</summary>
    public async Task RotateWhenDueAsync(CancellationToken ct = default)
    {
        if (State.Phone is { } phone && _clock.GetUtcNow() - phone.RotatedAt >= RotateAfter) await RotateDeviceTokenAsync(ct);
    }

    /// <summary>Asks for a challenge that is good for this action only.</summary>
    public Task<PhoneAnswer<RequestCeremony>> ChallengeAsync(ECpsAction action, CancellationToken ct = default) =>
        PostAsync<RequestCeremony>("/e-cps/challenge", State.DeviceToken, new { action }, ct);

    /// <summary>Ends the e-CPS, for the reason that the challenge was made for.</summary>
    public Task<PhoneAnswer<InactiveECps>> DeactivateAsync(Proof proof, CancellationToken ct = default) =>
        PostAsync<InactiveECps>("/e-cps/deactivate", State.DeviceToken, proof, ct);

    /// <summary>Ends the e-CPS: it is deleted, or its PIN is forgotten.</summary>
    public Task<PhoneAnswer<InactiveECps>> DeactivateAsync(ECpsAction action, CancellationToken ct = default) =>
        ProveAsync(ChallengeAsync(action, ct), proof => DeactivateAsync(proof, ct));

    /// <summary>Prolongs the e-CPS by a signed challenge and the PIN.</summary>
    public Task<PhoneAnswer<HeldECps>> RenewAsync(Proof proof, string pin, CancellationToken ct = default) =>
        PostAsync<HeldECps>("/e-cps/renew", State.DeviceToken, new { proof.Ceremony, proof.Assertion, pin }, ct);

    /// <summary>Prolongs the e-CPS; the server allows it near its end only.</summary>
    public Task<PhoneAnswer<HeldECps>> RenewAsync(string pin, CancellationToken ct = default) =>
        ProveAsync(ChallengeAsync(ECpsAction.Renew, ct), proof => RenewAsync(proof, pin, ct));

    /// <summary>Asks for the server's key for notifications; a problem when it sends none.</summary>
    public Task<PhoneAnswer<PushKey>> PushKeyAsync(CancellationToken ct = default) => GetAsync<PushKey>("/push-key", token: null, ct);

    /// <summary>Has notifications sent to this address.</summary>
    public Task<PhoneAnswer<Done>> SubscribeAsync(PushSubscriptionJson address, CancellationToken ct = default) =>
        _http.CallAsync<Done>(HttpMethod.Put, "/push-subscription", State.DeviceToken, address, ct);

    /// <summary>Ends the notifications.</summary>
    public Task<PhoneAnswer<Done>> UnsubscribeAsync(CancellationToken ct = default) =>
        _http.CallAsync<Done>(HttpMethod.Delete, "/push-subscription", State.DeviceToken, body: null, ct);

    private static string RequestPath(string id) => $"/requests/{Uri.EscapeDataString(id)}";
}
