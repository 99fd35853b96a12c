using Microsoft.Net.Http.Headers;
using ProSanteConnect.Core.Authenticators;
using ProSanteConnect.Core.Enrolment;

namespace ProSanteConnect.Server.Devices.Api;

/// <summary>Who calls the API, as its token says; known once the authentication of the endpoint has let the call through.</summary>
internal static class Caller
{
    private const string Bearer = "Bearer ";

    extension(HttpContext http)
    {
        /// <summary>The token of the header <c>Authorization</c> (RFC 6750, 2.1), or null.</summary>
        public string? BearerToken => http.Request.Headers[HeaderNames.Authorization] is [{ } header]
            && header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
                ? header[Bearer.Length..].Trim()
                : null;

        /// <summary>The e-CPS of the phone that calls.</summary>
        public ECps ECps => http.Features.Get<DeviceTokenResult>() is DeviceTokenResult.Active active
            ? active.ECps
            : throw new InvalidOperationException("No phone was recognised: the endpoint asks for no device token.");

        /// <summary>The activation that the call goes on with, and whether it may register a key.</summary>
        public ActivationTokenResult.Found Activation => http.Features.Get<ActivationTokenResult>() as ActivationTokenResult.Found
            ?? throw new InvalidOperationException("No activation was recognised: the endpoint asks for no token of it.");
    }
}
