namespace ProSanteConnect.Server.Shared.Http;

/// <summary>
/// A cookie of this host alone, whatever the scheme of the request: browsers take a Secure cookie from
/// <c>http://localhost</c> too, where the sandbox listens.
/// </summary>
internal sealed class HostCookieBuilder : CookieBuilder
{
    public HostCookieBuilder()
    {
        HttpOnly = true;
        IsEssential = true;
        Path = "/";
        SameSite = SameSiteMode.Lax;
    }

    public override CookieOptions Build(HttpContext context, DateTimeOffset expiresFrom)
    {
        var options = base.Build(context, expiresFrom);
        options.Secure = true;
        return options;
    }
}
