using System.Buffers.Text;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using ProSanteConnect.Core.Keys;
using ProSanteConnect.Server.Protocol.Tokens;
using ProSanteConnect.Testing;

namespace ProSanteConnect.Server.Tests.Protocol.Tokens;

/// <summary>
/// Forged tokens (security-checklist T18). The rows that begin with "ours" carry a valid signature over content that
/// we never sign.
/// </summary>
internal sealed class Forgery(PscApp app)
{
    private static readonly RSA Attacker = RSA.Create(2048);

    private readonly KeyRingKey _key = app.Services.GetRequiredService<SigningKeys>().Ring.SigningKey(app.Clock.GetUtcNow());

    private RSA Key => field ??= RSA.Create(_key.SecurityKey.Parameters);

    public static IReadOnlyList<string> Names { get; } =
    [
        .. new[] { "none", "None", "NONE", "nOnE", "" }.Select(alg => $"alg {alg}"),
        "alg none with the signature left on", "alg left out", "alg a number", "alg RS256 twice, none last",
        "HS256 with the modulus", "HS256 with the PKCS#1 key", "HS256 with the SPKI key", "HS256 with the PEM", "HS256 with the JWK",
        "HS256 with an empty key", "HS256 with zeros", "HS256 with the word secret", "HS384 with the PEM", "HS512 with the PEM",
        "another key under the same kid", "another key under no kid", "another key under an empty kid", "another key under a path for a kid",
        "another key under SQL for a kid", "another key under a number for a kid", "another key in jwk", "another key behind jku",
        "another key behind x5u", "another key in x5c",
        "RS384 by another key", "PS256 by another key", "ES256 by another key",
        "another subject", "another issuer", "a longer life", "another client", "another kind", "another header",
        "one bit of the signature turned", "the signature cut", "the signature left out", "the signature twice", "the signature of another token",
        "two parts", "four parts", "the last letter cut", "half of it", "a line break at the end", "20 kilobytes of padding",
        "a header that is no JSON", "a payload that is no JSON", "a header that is a list", "unencoded payload (b64)",
        "JWE with a key of the attacker", "JWE that is compressed", "JWE with an empty key",
        "ours, another issuer", "ours, no issuer", "ours, no kind", "ours, an unknown kind", "ours, no client", "ours, an unknown client",
        "ours, no identifier", "ours, expired", "ours, no expiry", "ours, an unknown grant", "ours, by RS384", "ours, by RS512", "ours, by PS256",
        "ours, by the other algorithm", "ours, of the other kind",
    ];

    /// <summary>The forgery of this name, made of a good token.</summary>
    public string Of(string token, string name)
    {
        var parts = token.Split('.');
        var (header, payload, signature) = (parts[0], parts[1], parts[2]);
        return name switch
        {
            "alg none with the signature left on" => $"{Header(token, "none")}.{payload}.{signature}",
            _ when name.StartsWith("alg ", StringComparison.Ordinal) && name is not ("alg left out" or "alg a number" or "alg RS256 twice, none last") =>
                $"{Header(token, name[4..])}.{payload}.",
            "alg left out" => $"{Encode("""{"typ":"JWT"}""")}.{payload}.",
            "alg a number" => $"{Encode("""{"alg":0,"typ":"JWT"}""")}.{payload}.",
            "alg RS256 twice, none last" => $"{Encode($$"""{"alg":"RS256","typ":"JWT","kid":"{{_key.Kid}}","alg":"none"}""")}.{payload}.",

            "HS256 with the modulus" => Hmac(token, Key.ExportParameters(false).Modulus!),
            "HS256 with the PKCS#1 key" => Hmac(token, Key.ExportRSAPublicKey()),
            "HS256 with the SPKI key" => Hmac(token, Key.ExportSubjectPublicKeyInfo()),
            "HS256 with the PEM" => Hmac(token, Encoding.ASCII.GetBytes(Key.ExportSubjectPublicKeyInfoPem())),
            "HS256 with the JWK" => Hmac(token, Encoding.ASCII.GetBytes(JwkOf(Key))),
            "HS256 with an empty key" => Hmac(token, []),
            "HS256 with zeros" => Hmac(token, new byte[32]),
            "HS256 with the word secret" => Hmac(token, "secret"u8.ToArray()),
            "HS384 with the PEM" => Hmac(token, Encoding.ASCII.GetBytes(Key.ExportSubjectPublicKeyInfoPem()), "HS384"),
            "HS512 with the PEM" => Hmac(token, Encoding.ASCII.GetBytes(Key.ExportSubjectPublicKeyInfoPem()), "HS512"),

            "another key under the same kid" => ByAttacker(payload, $$"""{"alg":"RS256","typ":"JWT","kid":"{{_key.Kid}}"}"""),
            "another key under no kid" => ByAttacker(payload, """{"alg":"RS256","typ":"JWT"}"""),
            "another key under an empty kid" => ByAttacker(payload, """{"alg":"RS256","typ":"JWT","kid":""}"""),
            "another key under a path for a kid" => ByAttacker(payload, """{"alg":"RS256","typ":"JWT","kid":"../../../../dev/null"}"""),
            "another key under SQL for a kid" => ByAttacker(payload, """{"alg":"RS256","typ":"JWT","kid":"x' UNION SELECT 'y"}"""),
            "another key under a number for a kid" => ByAttacker(payload, """{"alg":"RS256","typ":"JWT","kid":1}"""),
            "another key in jwk" => ByAttacker(payload, $$"""{"alg":"RS256","typ":"JWT","kid":"{{_key.Kid}}","jwk":{{JwkOf(Attacker)}}}"""),
            "another key behind jku" => ByAttacker(payload, $$"""{"alg":"RS256","typ":"JWT","kid":"{{_key.Kid}}","jku":"https://attaquant.test/certs"}"""),
            "another key behind x5u" => ByAttacker(payload, $$"""{"alg":"RS256","typ":"JWT","kid":"{{_key.Kid}}","x5u":"https://attaquant.test/cert.pem"}"""),
            "another key in x5c" => ByAttacker(payload, $$"""{"alg":"RS256","typ":"JWT","kid":"{{_key.Kid}}","x5c":["{{Certificate()}}"]}"""),
            "RS384 by another key" => ByAttacker(payload, $$"""{"alg":"RS384","typ":"JWT","kid":"{{_key.Kid}}"}"""),
            "PS256 by another key" => ByAttacker(payload, $$"""{"alg":"PS256","typ":"JWT","kid":"{{_key.Kid}}"}"""),
            "ES256 by another key" => ByEcdsa(payload),

            "another subject" => Changed(token, "sub", "f:550dc1c8-d97b-4b1e-ac8c-8eb4471cf9dd:898765000025"),
            "another issuer" => Changed(token, "iss", "https://attaquant.test/auth/realms/esante-wallet"),
            "a longer life" => Changed(token, "exp", 4102444800),
            "another client" => Changed(token, "azp", "rp-2"),
            "another kind" => Changed(token, "typ", RelyingParty.Payload(token).Text("typ") == "Bearer" ? "ID" : "Bearer"),
            "another header" => $"{Header(token, RelyingParty.Header(token).Text("alg"), ("cty", "JWT"))}.{payload}.{signature}",

            "one bit of the signature turned" => $"{header}.{payload}.{Turned(signature)}",
            "the signature cut" => $"{header}.{payload}.{signature[..^8]}",
            "the signature left out" => $"{header}.{payload}.",
            "the signature twice" => $"{header}.{payload}.{signature}{signature}",
            "the signature of another token" => $"{header}.{payload}.{Ours(Copy(token), "RS256").Split('.')[2]}",
            "two parts" => $"{header}.{payload}",
            "four parts" => $"{token}.{signature}",
            "the last letter cut" => token[..^1],
            "half of it" => token[..(token.Length / 2)],
            "a line break at the end" => token + "%0A",
            "20 kilobytes of padding" => Changed(token, "padding", new string('x', 20_000)),
            "a header that is no JSON" => $"{Encode("alg: RS256")}.{payload}.{signature}",
            "a payload that is no JSON" => ByAttacker(Encode("sub: 1"), $$"""{"alg":"RS256","typ":"JWT","kid":"{{_key.Kid}}"}"""),
            "a header that is a list" => $"{Encode("""["RS256"]""")}.{payload}.{signature}",
            "unencoded payload (b64)" => ByAttacker(payload, $$"""{"alg":"RS256","typ":"JWT","kid":"{{_key.Kid}}","b64":false,"crit":["b64"]}"""),

            "JWE with a key of the attacker" => Encrypted(token, """{"alg":"dir","enc":"A256GCM","cty":"JWT"}"""),
            "JWE that is compressed" => Encrypted(token, """{"alg":"dir","enc":"A256GCM","zip":"DEF","cty":"JWT"}"""),
            "JWE with an empty key" => $"{Encode("""{"alg":"RSA-OAEP","enc":"A256GCM"}""")}...{payload}.{signature}",

            "ours, another issuer" => Resigned(token, "iss", "https://autre.test/auth/realms/esante-wallet"),
            "ours, no issuer" => Resigned(token, "iss", null),
            "ours, no kind" => Resigned(token, "typ", null),
            "ours, an unknown kind" => Resigned(token, "typ", "Offline"),
            "ours, no client" => Resigned(token, "azp", null),
            "ours, an unknown client" => Resigned(token, "azp", "inconnu"),
            "ours, no identifier" => Resigned(token, "jti", null),
            "ours, expired" => Resigned(token, "exp", app.Clock.GetUtcNow().ToUnixTimeSeconds() - 1),
            "ours, no expiry" => Resigned(token, "exp", null),
            "ours, an unknown grant" => Resigned(token, TokenWriter.GrantClaim, Guid.NewGuid().ToString()),
            "ours, by RS384" => Ours(Copy(token), "RS384"),
            "ours, by RS512" => Ours(Copy(token), "RS512"),
            "ours, by PS256" => Ours(Copy(token), "PS256"),
            "ours, by the other algorithm" => Ours(Copy(token), IsRefresh(token) ? "RS256" : "HS256"),
            "ours, of the other kind" => Resigned(token, "typ", IsRefresh(token) ? "Bearer" : "Refresh"),
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, null),
        };
    }

    private static bool IsRefresh(string token) => RelyingParty.Header(token).Text("alg") == "HS256";

    private static JsonObject Copy(string token) => JsonNode.Parse(RelyingParty.Payload(token).GetRawText())!.AsObject();

    private static string Header(string token, string alg, (string Name, string Value)? more = null)
    {
        var header = JsonNode.Parse(RelyingParty.Header(token).GetRawText())!.AsObject();
        header["alg"] = alg;
        if (more is { } extra) header[extra.Name] = extra.Value;
        return Encode(header.ToJsonString());
    }

    private static string Changed(string token, string claim, JsonNode value)
    {
        var payload = Copy(token);
        payload[claim] = value;
        return $"{token.Split('.')[0]}.{Encode(payload.ToJsonString())}.{token.Split('.')[2]}";
    }

    private static string Hmac(string token, byte[] key, string alg = "HS256")
    {
        var signed = $"{Header(token, alg)}.{token.Split('.')[1]}";
        var bytes = Encoding.ASCII.GetBytes(signed);
        var mac = alg switch
        {
            "HS384" => HMACSHA384.HashData(key, bytes),
            "HS512" => HMACSHA512.HashData(key, bytes),
            _ => HMACSHA256.HashData(key, bytes),
        };
        return $"{signed}.{Base64Url.EncodeToString(mac)}";
    }

    private static string ByAttacker(string payload, string header)
    {
        var signed = $"{Encode(header)}.{payload}";
        var alg = JsonDocument.Parse(header).RootElement.Text("alg");
        return $"{signed}.{Base64Url.EncodeToString(SignBy(Attacker, signed, alg))}";
    }

    private string ByEcdsa(string payload)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var signed = $"{Encode($$"""{"alg":"ES256","typ":"JWT","kid":"{{_key.Kid}}"}""")}.{payload}";
        return $"{signed}.{Base64Url.EncodeToString(key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256))}";
    }

    private string Resigned(string token, string claim, JsonNode? value)
    {
        var payload = Copy(token);
        if (value is null) payload.Remove(claim);
        else payload[claim] = value;
        return Ours(payload, IsRefresh(token) ? "HS256" : "RS256");
    }

    private string Ours(JsonObject payload, string alg)
    {
        var signed = $"{Encode($$"""{"alg":"{{alg}}","typ":"JWT","kid":"{{_key.Kid}}"}""")}.{Encode(payload.ToJsonString())}";
        var signature = alg == "HS256"
            ? HMACSHA256.HashData(TestKeys.Master.Derive(TokenReader.RefreshTokenPurpose), Encoding.ASCII.GetBytes(signed))
            : SignBy(Key, signed, alg);
        return $"{signed}.{Base64Url.EncodeToString(signature)}";
    }

    private static byte[] SignBy(RSA key, string signed, string alg) => key.SignData(
        Encoding.ASCII.GetBytes(signed),
        alg[2..] switch { "384" => HashAlgorithmName.SHA384, "512" => HashAlgorithmName.SHA512, _ => HashAlgorithmName.SHA256 },
        alg[0] == 'P' ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1);

    private static string Encrypted(string token, string header)
    {
        var plaintext = Encoding.ASCII.GetBytes(token);
        var (nonce, tag, ciphertext) = (RandomNumberGenerator.GetBytes(12), new byte[16], new byte[plaintext.Length]);
        using var aes = new AesGcm(RandomNumberGenerator.GetBytes(32), 16);
        aes.Encrypt(nonce, plaintext, ciphertext, tag, Encoding.ASCII.GetBytes(Encode(header)));
        return string.Join('.', Encode(header), "", Base64Url.EncodeToString(nonce), Base64Url.EncodeToString(ciphertext), Base64Url.EncodeToString(tag));
    }

    private static string Turned(string signature)
    {
        var bytes = Base64Url.DecodeFromChars(signature);
        bytes[10] ^= 1;
        return Base64Url.EncodeToString(bytes);
    }

    private static string JwkOf(RSA key)
    {
        var parameters = key.ExportParameters(false);
        return $$"""{"kty":"RSA","n":"{{Base64Url.EncodeToString(parameters.Modulus)}}","e":"{{Base64Url.EncodeToString(parameters.Exponent)}}"}""";
    }

    private static string Certificate()
    {
        var request = new CertificateRequest("CN=attaquant", Attacker, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero));
        return Convert.ToBase64String(certificate.RawData);
    }

    private static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
