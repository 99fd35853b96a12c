using ProSanteConnect.Core.Enrolment;
using ProSanteConnect.Core.SignIn;
using ProSanteConnect.Server.Shared;

namespace ProSanteConnect.Server.Enrolment;

/// <summary>
/// The secret of the QR code on the page. The server keeps its hash alone, so that a page that is read anew, and a second tab,
/// have it from a cookie that ends with it.
/// </summary>
internal sealed class ShownQrCode(IHttpContextAccessor accessor, TimeProvider clock)
{
    private static readonly HostCookieBuilder Cookie = new() { Name = "__Host-psc-qr" };

    private HttpContext Http => accessor.HttpContext!;

    public void Keep(OpenActivationResult.Opened opened)
    {
        var now = clock.GetUtcNow();
        var options = Cookie.Build(Http, now);
        options.MaxAge = opened.Activation.ExpiresAt - now;
        Http.Response.Cookies.Append(Cookie.Name!, opened.QrCode.Value, options);
    }

    /// <summary>The secret that can be scanned now, or null.</summary>
    public string? Of(Activation activation) =>
        Http.Request.Cookies[Cookie.Name!] is { } secret
        && SecretToken.Matches(secret, activation.QrCodeHash)
        && clock.GetUtcNow() < activation.ExpiresAt ? secret : null;

    public void Forget() => Http.Response.Cookies.Delete(Cookie.Name!, Cookie.Build(Http, clock.GetUtcNow()));
}
