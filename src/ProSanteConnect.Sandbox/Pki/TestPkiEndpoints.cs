using Microsoft.AspNetCore.Http.HttpResults;
using ProSanteConnect.Tools.Certs;

namespace ProSanteConnect.Sandbox.Pki;

/// <summary>
/// The public services of the test authorities (OCSP responder, revocation lists), and the test cards as PKCS#12 files.
/// </summary>
internal static class TestPkiEndpoints
{
    public static string OcspPath(TestAuthority issuer) => $"/sandbox/ocsp/{issuer.File}";

    public static void AddTestPki(this IServiceCollection services, SandboxPki pki)
    {
        services.AddSingleton(pki);
        services.AddSingleton(pki.Pki);
    }

    public static void MapTestPki(this IEndpointRouteBuilder app)
    {
        app.MapPost("/sandbox/ocsp/{authority}", Ocsp);
        app.MapGet("/sandbox/crl/{authority}.crl", Crl);
        app.MapGet("/sandbox/cartes/{card}.p12", Pkcs12);
        app.MapGet("/sandbox/autorites.pem", (SandboxPki pki) => TypedResults.PhysicalFile(pki.Folder.AuthoritiesFile, "application/x-pem-file"));
    }

    internal static async Task<Results<FileContentHttpResult, NotFound>> Ocsp(
        string authority, HttpRequest request, SandboxPki pki, TimeProvider clock, CancellationToken ct)
    {
        if (AuthorityOf(pki, authority) is not { } issuer) return TypedResults.NotFound();

        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, ct);
        var answer = new TestOcspResponder(pki.Pki).Answer(body.ToArray(), clock.GetUtcNow());
        return TypedResults.File(answer, "application/ocsp-response");
    }

    internal static Results<FileContentHttpResult, NotFound> Crl(string authority, SandboxPki pki, TimeProvider clock) =>
        AuthorityOf(pki, authority) is { } issuer
            ? TypedResults.File(pki.Pki.Crl(issuer, clock.GetUtcNow()), "application/pkix-crl")
            : TypedResults.NotFound();

    internal static Results<PhysicalFileHttpResult, NotFound> Pkcs12(string card, SandboxPki pki) =>
        pki.Find(card) is { } found
            ? TypedResults.PhysicalFile(pki.Folder.Pkcs12File(found), "application/x-pkcs12", $"{found.Name}.p12")
            : TypedResults.NotFound();

    private static TestAuthority? AuthorityOf(SandboxPki pki, string file) => pki.Pki.Authorities.FirstOrDefault(a => a.File == file);
}
