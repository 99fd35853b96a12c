using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using OpenIddict.Server.AspNetCore;
using ProSanteConnect.Server.Protocol.OpenIddict;
using ProSanteConnect.Server.Shared.SecurityHeaders;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace ProSanteConnect.Server.Protocol.Handlers;

/// <summary>
/// Answers by form_post (OAuth 2.0 Form Post Response Mode). In place of the engine's page, whose script our
/// Content-Security-Policy would not run: this one has a nonce, the look of the others, and a button for a browser without
/// scripts.
/// </summary>
internal sealed class ApplyFormPostResponse(HtmlEncoder html) : IOpenIddictServerHandler<ApplyAuthorizationResponseContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<ApplyAuthorizationResponseContext>()
            .UseSingletonHandler<ApplyFormPostResponse>()
            .SetOrder(OpenIddictServerAspNetCoreHandlers.Authentication.ProcessFormPostResponse.Descriptor.Order)
            .SetType(OpenIddictServerHandlerType.Custom)
            .Build();

    public async ValueTask HandleAsync(ApplyAuthorizationResponseContext context)
    {
        if (context.ResponseMode != ResponseModes.FormPost || string.IsNullOrEmpty(context.RedirectUri)) return;

        var http = context.Transaction.Http;
        var nonce = http.CspNonce();
        http.AllowFormTo(new Uri(context.RedirectUri));
        // Browsers hold form-action against the relying party's own redirects too, and those are not ours to foresee.
        http.AllowFormToAnyWebsite();

        var page = Encoding.UTF8.GetBytes(PageOf(context.RedirectUri, context.Response, nonce));
        http.Response.StatusCode = StatusCodes.Status200OK;
        http.Response.ContentType = "text/html; charset=utf-8";
        http.Response.ContentLength = page.Length;
        http.Response.Headers.CacheControl = "no-store";
        await http.Response.Body.WriteAsync(page, http.RequestAborted);
        context.HandleRequest();
    }

    private string PageOf(string redirectUri, OpenIddictResponse response, string nonce) => $"""
        <!doctype html>
        <html lang="{CultureInfo.CurrentUICulture.TwoLetterISOLanguageName}">
        <head>
          <meta charset="utf-8">
          <meta name="viewport" content="width=device-width, initial-scale=1">
          <meta name="color-scheme" content="light dark">
          <title>{html.Encode(FormPostTexts.Title)} – ProSanteConnect</title>
          <link rel="stylesheet" href="/psc.css">
        </head>
        <body>
          <main class="column">
            <section class="panel">
              <h1>{html.Encode(FormPostTexts.Title)}</h1>
              <p class="lead">{html.Encode(FormPostTexts.Advice)}</p>
              <form id="retour" method="post" action="{html.Encode(redirectUri)}">
                {FieldsOf(response)}
                <p class="actions"><button class="button" type="submit">{html.Encode(FormPostTexts.Continue)}</button></p>
              </form>
            </section>
          </main>
          <script nonce="{nonce}">document.getElementById('retour').submit();</script>
        </body>
        </html>
        """;

    private string FieldsOf(OpenIddictResponse response) => string.Concat(
        from parameter in response.GetParameters()
        from value in ((ImmutableArray<string?>?)parameter.Value).GetValueOrDefault([])
        where !string.IsNullOrEmpty(value)
        select $"""<input type="hidden" name="{html.Encode(parameter.Key)}" value="{html.Encode(value)}">""");
}
