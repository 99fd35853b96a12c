using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;
using ProSanteConnect.Core.Cards;
using ProSanteConnect.Sandbox.Pki;
using ProSanteConnect.Server.Shared.Errors;
using ProSanteConnect.Server.Shared.Http;
using ProSanteConnect.Server.Shared.RateLimits;
using ProSanteConnect.Server.SignIn;
using ProSanteConnect.Server.SignIn.Card;

namespace ProSanteConnect.Sandbox.VirtualReader;

/// <summary>
/// The «lecteur de carte virtuel»: presents a test card without a reader. <see cref="CardSignIn"/> verifies its certificate as it does
/// one of a TLS connection.
/// </summary>
internal static class VirtualReaderFeature
{
    public const string Route = "/sandbox/lecteur";

    public static void AddVirtualReader(this IServiceCollection services)
    {
        services.AddScoped<VirtualCards>();
        services.Configure<SignInPageOptions>(options => options.CardPartials.Add("/VirtualReader/_Cards.cshtml"));
    }

    // The handler validates the antiforgery token itself, so the host needs no antiforgery middleware.
    public static void MapVirtualReader(this IEndpointRouteBuilder app) => app.MapPost(Route, Present).DisableAntiforgery();

    internal static async Task<IResult> Present(
        [FromForm(Name = "demande")] Guid signInRequestId, [FromForm(Name = "carte")] string card, HttpContext http,
        IAntiforgery antiforgery, SandboxPki pki, VirtualCards virtualCards, CardSignIn cards, PendingSignIn pending, RateLimitRefusal refusal, CancellationToken ct)
    {
        if (!await antiforgery.IsRequestValidAsync(http)) return TypedResults.BadRequest();
        if (await pending.FindAsync(signInRequestId, ct) is null) return new SeeOther(SignInStart.PageOf(signInRequestId));

        // The check of the revocation calls the authority, with a time limit of its own.
        http.LiftDeadline();
        var certificate = pki.Find(card)?.Presented;
        if (certificate is not null) virtualCards.KeepAsLastUsed(card);
        var result = await cards.PresentAsync(
            signInRequestId, certificate is null ? null : new UnverifiedCertificate(certificate), http.ClientContext(), ct);
        return await CardEndpoint.RespondAsync(http, result, signInRequestId, wallet: "", refusal);
    }
}
