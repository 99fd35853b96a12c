using Microsoft.AspNetCore;
using OpenIddict.Server;
using ProSanteConnect.Core.SignIn;
using ProSanteConnect.Core.SingleSignOn;
using ProSanteConnect.Server.Protocol.Tokens;

namespace ProSanteConnect.Server.Protocol.OpenIddict;

/// <summary>What our handlers pass to one another within a request.</summary>
internal static class TransactionState
{
    private const string GrantKey = "psc:grant";
    private const string TokenKey = "psc:token";
    private const string AccessExpiryKey = "psc:access-expires-at";
    private const string RefreshExpiryKey = "psc:refresh-expires-at";
    private const string AuthenticationKey = "psc:authentication";
    private const string PendingKey = "psc:pending-sign-in";

    extension(OpenIddictServerTransaction transaction)
    {
        public HttpContext Http => transaction.GetHttpRequest()!.HttpContext;

        /// <summary>The grant behind the code or token of the request.</summary>
        public LiveGrant? Grant
        {
            get => transaction.GetProperty<LiveGrant>(GrantKey);
            set => transaction.SetProperty(GrantKey, value);
        }

        /// <summary>The token that was presented, verified.</summary>
        public VerifiedToken? Token
        {
            get => transaction.GetProperty<VerifiedToken>(TokenKey);
            set => transaction.SetProperty(TokenKey, value);
        }

        /// <summary>When the access token of the answer expires.</summary>
        public DateTimeOffset? AccessTokenExpiresAt
        {
            get => transaction.Properties.TryGetValue(AccessExpiryKey, out var value) ? (DateTimeOffset?)value : null;
            set => transaction.Properties[AccessExpiryKey] = value;
        }

        /// <summary>When the refresh token of the answer expires.</summary>
        public DateTimeOffset? RefreshTokenExpiresAt
        {
            get => transaction.Properties.TryGetValue(RefreshExpiryKey, out var value) ? (DateTimeOffset?)value : null;
            set => transaction.Properties[RefreshExpiryKey] = value;
        }

        /// <summary>The session that an authorization request is answered with.</summary>
        public SessionAuthentication? Authentication
        {
            get => transaction.GetProperty<SessionAuthentication>(AuthenticationKey);
            set => transaction.SetProperty(AuthenticationKey, value);
        }

        /// <summary>The sign-in that an authorization request comes back from.</summary>
        public SignInRequest? PendingSignIn
        {
            get => transaction.GetProperty<SignInRequest>(PendingKey);
            set => transaction.SetProperty(PendingKey, value);
        }
    }
}
