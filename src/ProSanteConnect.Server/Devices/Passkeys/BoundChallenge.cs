using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace ProSanteConnect.Server.Devices.Passkeys;

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

    // Each part goes in behind its length, so that no two lists of facts give the same bytes.
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
