using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using ProSanteConnect.Core.Keys;
using ProSanteConnect.Core.Security;

namespace ProSanteConnect.Core.Tests.Keys;

public sealed class KeyIdentifiers
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 8, 0, 0, TimeSpan.Zero);

    // RFC 7638, section 3.1.
    private const string ExampleModulus =
        "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn"
        + "64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n"
        + "91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw";

    [Fact]
    public void The_kid_is_the_thumbprint_of_RFC_7638()
    {
        var example = new RSAParameters
        {
            Modulus = Base64Url.DecodeFromChars(ExampleModulus),
            Exponent = Base64Url.DecodeFromChars("AQAB"),
        };

        Assert.Equal("NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs", SigningKeyMaterial.Thumbprint(example));
    }

    [Fact]
    public async Task A_key_that_was_sealed_and_opened_signs_what_its_public_half_verifies()
    {
        var masterKey = new MasterKey(RandomNumberGenerator.GetBytes(MasterKey.Size));
        var key = SigningKeyMaterial.Generate(1, 2048, masterKey, Now, Now);

        var ring = KeyRing.Open([key], masterKey, revision: 0);

        var handler = new JsonWebTokenHandler();
        var token = handler.CreateToken("""{"iss":"psc"}""", ring.SigningKey(Now).Credentials);
        var publicHalf = new RsaSecurityKey(RSA.Create(ring.SigningKey(Now).SecurityKey.Parameters).ExportParameters(false));
        var result = await handler.ValidateTokenAsync(token, new TokenValidationParameters
        {
            IssuerSigningKey = publicHalf,
            ValidIssuer = "psc",
            ValidateAudience = false,
            ValidateLifetime = false,
        });
        Assert.True(result.IsValid, result.Exception?.ToString());
        Assert.Equal(("RS256", key.Kid), (new JsonWebToken(token).Alg, new JsonWebToken(token).Kid));
    }

    [Fact]
    public void A_private_key_at_rest_is_not_readable()
    {
        var masterKey = new MasterKey(RandomNumberGenerator.GetBytes(MasterKey.Size));

        var key = SigningKeyMaterial.Generate(1, 2048, masterKey, Now, Now);

        using var rsa = RSA.Create();
        Assert.Throws<CryptographicException>(() => rsa.ImportPkcs8PrivateKey(key.ProtectedPrivateKey, out _));
        Assert.DoesNotContain("PRIVATE KEY", Encoding.Latin1.GetString(key.ProtectedPrivateKey), StringComparison.Ordinal);
    }

    [Fact]
    public void Another_master_key_opens_nothing()
    {
        var key = SigningKeyMaterial.Generate(1, 2048, new MasterKey(RandomNumberGenerator.GetBytes(MasterKey.Size)), Now, Now);
        var another = new MasterKey(RandomNumberGenerator.GetBytes(MasterKey.Size));

        Assert.ThrowsAny<CryptographicException>(() => KeyRing.Open([key], another, revision: 0));
    }

    [Fact]
    public void A_ring_without_a_key_says_so()
    {
        var masterKey = new MasterKey(RandomNumberGenerator.GetBytes(MasterKey.Size));

        Assert.Throws<InvalidOperationException>(() => KeyRing.Open([], masterKey, revision: 0).SigningKey(Now));
    }

    [Fact]
    public void A_clock_that_runs_behind_may_use_the_key_that_another_node_has_just_made()
    {
        var masterKey = new MasterKey(RandomNumberGenerator.GetBytes(MasterKey.Size));
        var key = SigningKeyMaterial.Generate(1, 2048, masterKey, Now, Now);

        var ring = KeyRing.Open([key], masterKey, revision: 0);

        Assert.Equal(key.Kid, ring.SigningKey(Now.AddSeconds(-3)).Kid);
    }
}
