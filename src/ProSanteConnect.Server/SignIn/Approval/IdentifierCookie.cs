using ProSanteConnect.Core.Practitioners;
using ProSanteConnect.Core.SignIn;
using ProSanteConnect.Server.Shared.Http;

namespace ProSanteConnect.Server.SignIn.Approval;

/// <summary>
/// The identifier that was typed in this browser. Kept for its sign-in, so that the approval can be requested again, and for later
/// sign-ins when the person ticks the box. The database does not keep it, because it may belong to nobody.
/// </summary>
internal sealed class IdentifierCookie(IHttpContextAccessor accessor, TimeProvider clock)
{
    private const char Separator = '_';

    private static readonly HostCookieBuilder Lasting = new() { Name = "__Host-psc-identifiant", MaxAge = TimeSpan.FromDays(365) };
    private static readonly HostCookieBuilder OfSignIn = new() { Name = "__Host-psc-demande-e-cps" };

    private HttpContext Http => accessor.HttpContext!;

    /// <summary>The identifier kept for later sign-ins, or null.</summary>
    public NationalId? Remembered => Parse(Http.Request.Cookies[Lasting.Name!]);

    /// <summary>The identifier typed last for this sign-in, or null.</summary>
    public NationalId? For(Guid signInRequestId) =>
        (Http.Request.Cookies[OfSignIn.Name!] ?? "").Split(Separator) is [var id, var typed] && id == signInRequestId.ToString("N") ? Parse(typed) : null;

    public void Keep(SignInRequest signIn, NationalId typed, bool remember)
    {
        var now = clock.GetUtcNow();
        var options = OfSignIn.Build(Http, now);
        options.MaxAge = signIn.ExpiresAt - now;
        Http.Response.Cookies.Append(OfSignIn.Name!, $"{signIn.Id:N}{Separator}{typed.Value}", options);
        if (remember) Http.Response.Cookies.Append(Lasting.Name!, typed.Value, Lasting.Build(Http, now));
        else if (Http.Request.Cookies.ContainsKey(Lasting.Name!)) Http.Response.Cookies.Delete(Lasting.Name!, Lasting.Build(Http, now));
    }

    // The browser may send any value: parse it like typed input.
    private static NationalId? Parse(string? text) => NationalId.TryParseTyped(text, out var parsed) ? parsed : null;
}
