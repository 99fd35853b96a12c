using System.Buffers;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Server;
using ProSanteConnect.Core.Keys;
using ProSanteConnect.Server.Protocol.OpenIddict;
using ProSanteConnect.Server.Protocol.Tokens;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace ProSanteConnect.Server.Protocol.Handlers;

/// <summary>Publishes the keys that are announced, active and retired, from memory (RFC 7517; psc-protocol §1, 14).</summary>
internal sealed class HandleJsonWebKeySet(SigningKeys keys, TimeProvider clock) : IOpenIddictServerHandler<HandleJsonWebKeySetRequestContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<HandleJsonWebKeySetRequestContext>()
            .UseSingletonHandler<HandleJsonWebKeySet>()
            .SetOrder(OpenIddictServerHandlers.Discovery.AttachSigningKeys.Descriptor.Order)
            .SetType(OpenIddictServerHandlerType.Custom)
            .Build();

    public async ValueTask HandleAsync(HandleJsonWebKeySetRequestContext context)
    {
        var response = context.Transaction.Http.Response;
        var document = Write(keys.Ring.Published(clock.GetUtcNow()));
        response.ContentType = "application/json";
        response.ContentLength = document.Length;
        response.Headers.CacheControl = DiscoveryCaching.CacheControl;
        await response.Body.WriteAsync(document, response.HttpContext.RequestAborted);
        context.HandleRequest();
    }

    private static byte[] Write(IReadOnlyList<KeyRingKey> published)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartArray("keys");
            foreach (var key in published)
            {
                var parameters = key.SecurityKey.Parameters;
                json.WriteStartObject();
                json.WriteString("kid", key.Kid);
                json.WriteString("kty", "RSA");
                json.WriteString("alg", key.Algorithm);
                json.WriteString("use", "sig");
                json.WriteString("n", Base64UrlEncoder.Encode(parameters.Modulus));
                json.WriteString("e", Base64UrlEncoder.Encode(parameters.Exponent));
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
