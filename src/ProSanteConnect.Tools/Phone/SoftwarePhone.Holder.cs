namespace ProSanteConnect.Tools.Phone;

/// <summary>The use of an active e-CPS: approvals, renewal, deactivation, notifications.</summary>
public sealed partial class SoftwarePhone
{
    /// <summary>Reads the pending approval requests.</summary>
    public Task<PhoneResult<WaitingRequests>> RequestsAsync(CancellationToken ct = default) =>
        GetAsync<WaitingRequests>("/requests", State.DeviceToken, ct);

    /// <summary>Reads one approval request.</summary>
    public Task<PhoneResult<WaitingRequest>> RequestAsync(string id, CancellationToken ct = default) =>
        GetAsync<WaitingRequest>(RequestPath(id), State.DeviceToken, ct);

    /// <summary>Requests a challenge that is bound to the approval request and to the number that the computer shows.</summary>
    public Task<PhoneResult<RequestCeremony>> ChallengeAsync(string id, string number, CancellationToken ct = default) =>
        PostAsync<RequestCeremony>($"{RequestPath(id)}/challenge", State.DeviceToken, new { number }, ct);

    /// <summary>Approves with a signed challenge and the PIN.</summary>
    public Task<PhoneResult<Answered>> ApproveAsync(string id, Proof proof, string pin, CancellationToken ct = default) =>
        PostAsync<Answered>($"{RequestPath(id)}/approve", State.DeviceToken, new { proof.Ceremony, proof.Assertion, pin }, ct);

    /// <summary>Approves a sign-in: requests a challenge, signs it, and sends it with the PIN.</summary>
    public Task<PhoneResult<Answered>> ApproveAsync(string id, string number, string pin, CancellationToken ct = default) =>
        ProveAsync(ChallengeAsync(id, number, ct), proof => ApproveAsync(id, proof, pin, ct));

    /// <summary>Denies a sign-in.</summary>
    /// <param name="id">The approval request.</param>
    /// <param name="notMe">Whether somebody else started it; unknown browsers are then blocked for a while.</param>
    /// <param name="ct">Cancels the call.</param>
    public Task<PhoneResult<Answered>> DenyAsync(string id, bool notMe = false, CancellationToken ct = default) =>
        PostAsync<Answered>($"{RequestPath(id)}/deny", State.DeviceToken, new { notMe }, ct);

    /// <summary>Reads the e-CPS.</summary>
    public Task<PhoneResult<HeldECps>> ECpsAsync(CancellationToken ct = default) => GetAsync<HeldECps>("/e-cps", State.DeviceToken, ct);

    /// <summary>Reads the history, newest first.</summary>
    public Task<PhoneResult<History>> HistoryAsync(CancellationToken ct = default) => GetAsync<History>("/history", State.DeviceToken, ct);

    /// <summary>Requests a new device token. The former one stays valid until the new one is first used, in case the response is lost.</summary>
    public async Task<PhoneResult<NewDeviceToken>> RotateDeviceTokenAsync(CancellationToken ct = default)
    {
        var answer = await PostAsync<NewDeviceToken>("/device-token", State.DeviceToken, body: null, ct);
        if (answer.Problem is null && State.Phone is { } phone)
        {
            var (token, expiresAt) = answer.Value;
            State = State with { Phone = phone with { DeviceToken = token, DeviceTokenExpiresAt = expiresAt, RotatedAt = _clock.GetUtcNow() } };
        }

        return answer;
    }

    /// <summary>Rotates the device token once a day; on failure the old one stays in use.</summary>
    public async Task RotateWhenDueAsync(CancellationToken ct = default)
    {
        if (State.Phone is { } phone && _clock.GetUtcNow() - phone.RotatedAt >= RotateAfter) await RotateDeviceTokenAsync(ct);
    }

    /// <summary>Requests a challenge that is bound to this action.</summary>
    public Task<PhoneResult<RequestCeremony>> ChallengeAsync(ECpsAction action, CancellationToken ct = default) =>
        PostAsync<RequestCeremony>("/e-cps/challenge", State.DeviceToken, new { action }, ct);

    /// <summary>Deactivates the e-CPS, for the reason to which the challenge is bound.</summary>
    public Task<PhoneResult<InactiveECps>> DeactivateAsync(Proof proof, CancellationToken ct = default) =>
        PostAsync<InactiveECps>("/e-cps/deactivate", State.DeviceToken, proof, ct);

    /// <summary>Deactivates the e-CPS: deletion, or forgotten PIN.</summary>
    public Task<PhoneResult<InactiveECps>> DeactivateAsync(ECpsAction action, CancellationToken ct = default) =>
        ProveAsync(ChallengeAsync(action, ct), proof => DeactivateAsync(proof, ct));

    /// <summary>Renews the e-CPS with a signed challenge and the PIN.</summary>
    public Task<PhoneResult<HeldECps>> RenewAsync(Proof proof, string pin, CancellationToken ct = default) =>
        PostAsync<HeldECps>("/e-cps/renew", State.DeviceToken, new { proof.Ceremony, proof.Assertion, pin }, ct);

    /// <summary>Renews the e-CPS; the server allows it near the expiry only.</summary>
    public Task<PhoneResult<HeldECps>> RenewAsync(string pin, CancellationToken ct = default) =>
        ProveAsync(ChallengeAsync(ECpsAction.Renew, ct), proof => RenewAsync(proof, pin, ct));

    /// <summary>Lets unknown browsers reach the phone again.</summary>
    public Task<PhoneResult<HeldECps>> LiftFreezeAsync(string pin, CancellationToken ct = default) =>
        ProveAsync(
            ChallengeAsync(ECpsAction.LiftFreeze, ct),
            proof => PostAsync<HeldECps>("/e-cps/lift-freeze", State.DeviceToken, new { proof.Ceremony, proof.Assertion, pin }, ct));

    /// <summary>Reads the server's public key for notifications; a problem when Web Push is disabled.</summary>
    public Task<PhoneResult<PushKeyJson>> PushKeyAsync(CancellationToken ct = default) => GetAsync<PushKeyJson>("/push-key", token: null, ct);

    /// <summary>Subscribes to notifications.</summary>
    public Task<PhoneResult<Done>> SubscribeAsync(PushSubscriptionJson address, CancellationToken ct = default) =>
        _http.CallAsync<Done>(HttpMethod.Put, "/push-subscription", State.DeviceToken, address, ct);

    /// <summary>Ends the subscription.</summary>
    public Task<PhoneResult<Done>> UnsubscribeAsync(CancellationToken ct = default) =>
        _http.CallAsync<Done>(HttpMethod.Delete, "/push-subscription", State.DeviceToken, body: null, ct);

    private static string RequestPath(string id) => $"/requests/{Uri.EscapeDataString(id)}";
}
