using System.Diagnostics;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.Practitioners.Import;

namespace ProSanteConnect.Sandbox.Practitioners;

/// <summary>The fictional practitioners of the sandbox: an embedded extract, loaded by the import of real extracts.</summary>
internal static class FictionalPractitioners
{
    private const string Resource =
        "ProSanteConnect.Sandbox.Practitioners.Extraction_ProSanteConnect_Personne_activite_fictive.txt";

    public static Stream OpenExtract() =>
        typeof(FictionalPractitioners).Assembly.GetManifestResourceStream(Resource)
        ?? throw new UnreachableException($"The resource {Resource} is not embedded.");

    /// <summary>Adds or updates the fictional practitioners. Keeps practitioners that a developer has imported.</summary>
    /// <exception cref="InvalidOperationException">The embedded extract was refused.</exception>
    public static async Task<DirectoryImportResult.Imported> LoadAsync(PscDbFactory databases, TimeProvider clock, CancellationToken ct)
    {
        await using var extract = OpenExtract();
        var options = new DirectoryImportOptions { Actor = "sandbox", Scope = ExtractScope.Partial };
        return await new DirectoryImport(databases, clock).RunAsync(extract, options, ct) switch
        {
            DirectoryImportResult.Imported imported => imported,
            var refusal => throw new InvalidOperationException($"The import refused the fictional practitioners: {refusal}"),
        };
    }
}
