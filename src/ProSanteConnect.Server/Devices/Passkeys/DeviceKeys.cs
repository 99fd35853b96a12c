using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using ProSanteConnect.Core.Devices;
using ProSanteConnect.Core.Enrolment;
using ProSanteConnect.Core.Practitioners;

namespace ProSanteConnect.Server.Devices.Passkeys;

/// <summary>
/// The WebAuthn ceremonies of the phone's key (Web Authentication, sections 7.1 and 7.2), verified by ASP.NET Core Identity. The
/// server's state of each is stored encrypted and can be redeemed once.
/// </summary>
internal sealed class DeviceKeys(
    IPasskeyHandler<ECps> passkeys, Ceremonies ceremonies, IHttpContextAccessor accessor,
    IOptions<DeviceKeyOptions> options, TimeProvider clock)
{
    private const int HandleSize = 32;

    private HttpContext Http => accessor.HttpContext!;

    /// <summary>Makes the options with which the phone creates a key for one activation.</summary>
    public async Task<CeremonyBegun> BeginEnrolmentAsync(Activation activation, Practitioner holder, CancellationToken ct)
    {
        var entity = new PasskeyUserEntity
        {
            Id = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(HandleSize)),
            Name = holder.NationalId,
            DisplayName = holder.FullName,
        };
        var made = await passkeys.MakeCreationOptionsAsync(entity, Http);
        var bound = BoundChallenge.Of(made.CreationOptionsJson, made.AttestationState!, [nameof(CeremonyPurpose.Enrol), activation.Id.ToString()]);
        return await KeepAsync(CeremonyPurpose.Enrol, activation.Id, bound, "", ct);
    }

    /// <summary>Verifies the response and returns the new key, or null when it does not verify.</summary>
    public Task<EnrolledDevice?> FinishEnrolmentAsync(Activation activation, Guid ceremony, JsonElement credential, CancellationToken ct) =>
        credential.ValueKind == JsonValueKind.Object
            ? ceremonies.EnrolAsync(ceremony, activation.Id, state => VerifyAsync(state, credential), clock.GetUtcNow(), ct)
            : Task.FromResult<EnrolledDevice?>(null);

    private async Task<DeviceKey?> VerifyAsync(string state, JsonElement credential)
    {
        var result = await passkeys.PerformAttestationAsync(new PasskeyAttestationContext
        {
            HttpContext = Http,
            CredentialJson = credential.GetRawText(),
            AttestationState = state,
        });
        if (!result.Succeeded || (result.Passkey.IsBackupEligible && !options.Value.AllowSyncedKeys)) return null;

        var (key, handle) = (result.Passkey, result.UserEntity.Id);
        var format = AttestationFormat.Of(key.AttestationObject);
        return new DeviceKey
        {
            CredentialId = key.CredentialId,
            PublicKey = key.PublicKey,
            SignCount = key.SignCount,
            IsBackupEligible = key.IsBackupEligible,
            UserHandle = Encoding.UTF8.GetBytes(handle),
            AttestationObject = format == AttestationFormat.None ? null : key.AttestationObject,
            AttestationFormat = format,
        };
    }

    /// <summary>Makes the options with which the phone signs for one purpose.</summary>
    /// <param name="eCps">The e-CPS of the phone.</param>
    /// <param name="purpose">What the signature authorizes.</param>
    /// <param name="bound">Data that is returned when the ceremony is finished.</param>
    /// <param name="facts">What the challenge commits to.</param>
    /// <param name="ct">Ends the work.</param>
    public async Task<CeremonyBegun> BeginAsync(
        ECps eCps, CeremonyPurpose purpose, string bound, IReadOnlyList<string> facts, CancellationToken ct)
    {
        var made = await passkeys.MakeRequestOptionsAsync(eCps, Http);
        var challenge = BoundChallenge.Of(made.RequestOptionsJson, made.AssertionState!, [purpose.ToString(), eCps.Id.ToString(), .. facts]);
        return await KeepAsync(purpose, eCps.Id, challenge, bound, ct);
    }

    /// <summary>Verifies the signature. Null when it does not verify, belongs to another e-CPS or purpose, comes too late, or the counter indicates a cloned key.</summary>
    public async Task<SignedCeremony?> FinishAsync(
        ECps eCps, Guid ceremony, JsonElement assertion, IReadOnlyList<CeremonyPurpose> purposes, CancellationToken ct)
    {
        if (assertion.ValueKind != JsonValueKind.Object) return null;
        if (await FetchAsync(ceremony, eCps.Id, purposes, ct) is not { } kept) return null;

        var result = await passkeys.PerformAssertionAsync(new PasskeyAssertionContext
        {
            HttpContext = Http,
            CredentialJson = assertion.GetRawText(),
            AssertionState = kept.State,
        });
        return result.Succeeded && await ceremonies.CountSignatureAsync(eCps.Id, result.Passkey.SignCount, ct)
            ? new SignedCeremony(kept.Purpose, kept.Bound)
            : null;
    }

    private async Task<CeremonyBegun> KeepAsync(CeremonyPurpose purpose, Guid subject, BoundChallenge challenge, string bound, CancellationToken ct)
    {
        var id = await ceremonies.OpenAsync(purpose, subject, challenge.State, bound, clock.GetUtcNow(), ct);
        using var publicKey = JsonDocument.Parse(challenge.OptionsJson);
        return new CeremonyBegun(id, publicKey.RootElement.Clone());
    }

    private async Task<RedeemCeremonyResult.Redeemed?> FetchAsync(
        Guid ceremony, Guid subject, IReadOnlyList<CeremonyPurpose> purposes, CancellationToken ct) =>
        await ceremonies.RedeemAsync(ceremony, subject, purposes, clock.GetUtcNow(), ct) as RedeemCeremonyResult.Redeemed;
}

/// <summary>A verified signature of the phone.</summary>
internal sealed record SignedCeremony(CeremonyPurpose Purpose, string Bound);

/// <summary>A WebAuthn ceremony that has begun.</summary>
/// <param name="Ceremony">To be sent with the response; valid once, for five minutes.</param>
/// <param name="PublicKey">WebAuthn's options in their JSON form (<c>PublicKeyCredentialCreationOptionsJSON</c> or <c>PublicKeyCredentialRequestOptionsJSON</c>).</param>
internal sealed record CeremonyBegun(Guid Ceremony, JsonElement PublicKey);

/// <summary>
/// A WebAuthn challenge that commits to what is signed: SHA-256 over the random bytes that Identity drew and every fact of the
/// transaction. It takes the place of Identity's challenge in the options that go to the phone and in the state that stays here.
/// </summary>
internal sealed record BoundChallenge(string OptionsJson, string State)
{
    private const string Member = "challenge";

    public static BoundChallenge Of(string optionsJson, string state, IReadOnlyList<string> facts)
    {
        var options = JsonNode.Parse(optionsJson)!.AsObject();
        var kept = JsonNode.Parse(state)!.AsObject();
        var nonce = Base64Url.DecodeFromChars(options[Member]!.GetValue<string>());
        var challenge = Commit(nonce, facts);
        options[Member] = Base64Url.EncodeToString(challenge);
        kept[Member] = Convert.ToBase64String(challenge);
        return new BoundChallenge(options.ToJsonString(), kept.ToJsonString());
    }

    // Each part is prefixed with its length, so that two different lists of facts never give the same bytes.
    private static byte[] Commit(byte[] nonce, IReadOnlyList<string> facts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, nonce);
        foreach (var fact in facts) Append(hash, Encoding.UTF8.GetBytes(fact));
        return hash.GetHashAndReset();
    }

    private static void Append(IncrementalHash hash, byte[] part)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(length, part.Length);
        hash.AppendData(length);
        hash.AppendData(part);
    }
}
