namespace ProSanteConnect.Core.SignIn;

/// <summary>A token that was revoked alone (RFC 7009): its <c>jti</c>, kept until the token would have expired.</summary>
public sealed class RevokedToken
{
    public required Guid Jti { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }
}
