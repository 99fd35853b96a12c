using System.Buffers;
using System.Text.Json;
using OpenIddict.Server;
using ProSanteConnect.Server.Protocol.OpenIddict;
using ProSanteConnect.Server.Protocol.Tokens;
using ProSanteConnect.Server.Shared.Clients;
using ProSanteConnect.Server.Shared.Http;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace ProSanteConnect.Server.Protocol.Handlers;

/// <summary>
/// Answers introspection as PSC's engine does (RFC 7662; psc-protocol §4.6): <c>SubjectNameID</c> for an access token only,
/// and to any other client only that the token is not active.
/// </summary>
internal sealed class HandleIntrospection(ClientDirectory clients) : IOpenIddictServerHandler<HandleIntrospectionRequestContext>
{
    private static readonly byte[] Inactive = """{"active":false}"""u8.ToArray();

    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<HandleIntrospectionRequestContext>()
            .UseSingletonHandler<HandleIntrospection>()
            .SetOrder(OpenIddictServerHandlers.Introspection.AttachPrincipal.Descriptor.Order + 500)
            .SetType(OpenIddictServerHandlerType.Custom)
            .Build();

    public async ValueTask HandleAsync(HandleIntrospectionRequestContext context)
    {
        var token = context.Transaction.Token!;
        var caller = clients.Find(context.Request.ClientId);
        // An ID token grants no access and has no state to report.
        var mayKnow = token.Kind != TokenKind.ID
            && caller is not null && (caller.ClientId == token.ClientId || caller.MayIntrospectOthers);
        var response = context.Transaction.Http.Response;
        await JsonResponse.WriteAsync(response, mayKnow ? Describe(token) : Inactive);
        context.HandleRequest();
    }

    private static byte[] Describe(VerifiedToken token)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("exp", token.ExpiresAt.ToUnixTimeSeconds());
            json.WriteNumber("iat", token.IssuedAt.ToUnixTimeSeconds());
            if (token.AuthenticatedAt is { } at) json.WriteNumber("auth_time", at.ToUnixTimeSeconds());
            json.WriteString("jti", token.Jti);
            json.WriteString("iss", token.Issuer);
            json.WriteString("sub", token.Subject);
            json.WriteString("typ", token.Kind.ToString());
            json.WriteString("azp", token.ClientId);
            if (token.Nonce is not null) json.WriteString("nonce", token.Nonce);
            if (token.SessionId is { } session)
            {
                json.WriteString(ClaimNames.SessionState, session);
                json.WriteString(ClaimNames.Sid, session);
            }

            if (token.PreferredUsername is { } nationalId)
            {
                json.WriteString("preferred_username", nationalId);
                json.WriteString("username", nationalId);
                json.WriteString(ClaimNames.SubjectNameId, nationalId);
                json.WriteBoolean("email_verified", false);
            }

            if (token.Acr is not null) json.WriteString("acr", token.Acr);
            if (token.AuthMode is not null) json.WriteString(ClaimNames.AuthMode, token.AuthMode);
            json.WriteString("scope", token.Scope);
            json.WriteString("client_id", token.ClientId);
            json.WriteString("token_type", token.Kind == TokenKind.Refresh ? "Refresh" : "Bearer");
            json.WriteBoolean("active", true);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
