using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;
using ProSanteConnect.Core.Cards;
using ProSanteConnect.Sandbox.Pki;
using ProSanteConnect.Server.Shared.Errors;
using ProSanteConnect.Server.Shared.Http;
using ProSanteConnect.Server.Shared.RateLimits;
using ProSanteConnect.Server.SignIn;
using ProSanteConnect.Server.SignIn.Card;
using ProSanteConnect.Tools.Certs;

namespace ProSanteConnect.Sandbox.VirtualReader;

/// <summary>
/// The «lecteur de carte virtuel»: presents a test card without a reader. What it presents is judged by the same code as a
/// certificate that came over TLS.
/// </summary>
internal static class VirtualReaderFeature
{
    public const string Route = "/sandbox/lecteur";

    public static void AddVirtualReader(this IServiceCollection services)
    {
        services.AddSingleton<VirtualCards>();
        services.Configure<SignInPageOptions>(options => options.CardPartials.Add("/VirtualReader/_Cards.cshtml"));
    }

    // The token of the form is checked by the handler itself, so no middleware has to.
    public static void MapVirtualReader(this IEndpointRouteBuilder app) => app.MapPost(Route, Present).DisableAntiforgery();

    internal static async Task<IResult> Present(
        [FromForm] Guid demande, [FromForm] string carte, HttpContext http, IAntiforgery antiforgery, SandboxPki pki, CardSignIn cards,
        PendingSignIn pending, RateLimitRefusal refusal, CancellationToken ct)
    {
        if (!await antiforgery.IsRequestValidAsync(http)) return TypedResults.BadRequest();
        if (await pending.FindAsync(demande, ct) is null) return new SeeOther(SignInStart.PageOf(demande));

        // Whether a card was revoked is asked of its authority, with a limit of its own.
        http.LiftDeadline();
        var certificate = pki.Find(carte)?.Presented;
        var result = await cards.PresentAsync(
            demande, certificate is null ? null : new UnverifiedCertificate(certificate), http.ClientContext(), ct);
        return await result.AnswerAsync(http, "", demande, refusal);
    }
}

/// <summary>The cards that lie beside the virtual reader.</summary>
public sealed class VirtualCards(SandboxPki pki)
{
    public IReadOnlyList<VirtualCard> All => [.. pki.Cards.Select(Show)];

    private static VirtualCard Show(TestCard card) => new(
        card.Name,
        $"{card.Holder.GivenName} {card.Holder.FamilyName}",
        card.Holder.Kind.ToString().ToUpperInvariant(),
        card.Holder.Title,
        card.Variant switch
        {
            TestCardVariant.Expired => "expirée",
            TestCardVariant.Revoked => "révoquée",
            TestCardVariant.UnknownAuthority => "d'une autorité inconnue",
            TestCardVariant.SignatureOnly => "certificat de signature",
            TestCardVariant.WrongPurpose => "certificat d'un autre usage",
            TestCardVariant.NotInDirectory => "absente de l'annuaire",
            _ => "",
        });
}

/// <summary>A test card as the virtual reader offers it.</summary>
/// <param name="Id">The name of the card in the test PKI.</param>
/// <param name="Holder">Who holds it.</param>
/// <param name="Kind">CPS, CPF, CPE or CPA.</param>
/// <param name="Profession">The title on the card.</param>
/// <param name="Speciality">What is particular about it, in French; empty for an ordinary card.</param>
public sealed record VirtualCard(string Id, string Holder, string Kind, string Profession, string Speciality);
