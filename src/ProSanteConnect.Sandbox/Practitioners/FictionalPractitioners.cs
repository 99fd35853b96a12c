using System.Diagnostics;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.Practitioners.Import;

namespace ProSanteConnect.Sandbox.Practitioners;

/// <summary>The invented people of the sandbox: an extract like any other, loaded by the code that loads the real one.</summary>
internal static class FictionalPractitioners
{
    private const string Resource =
        "ProSanteConnect.Sandbox.Practitioners.Extraction_ProSanteConnect_Personne_activite_fictive.txt";

    public static Stream OpenExtract() =>
        typeof(FictionalPractitioners).Assembly.GetManifestResourceStream(Resource)
        ?? throw new UnreachableException($"The resource {Resource} is not embedded.");

    /// <summary>Adds them to a directory, or brings them up to date; whoever else a developer has loaded stays.</summary>
    public static async Task<DirectoryImportResult.Imported> LoadAsync(PscDbFactory databases, TimeProvider clock, CancellationToken ct)
    {
        await using var extract = OpenExtract();
        var options = new DirectoryImportOptions { Actor = "sandbox", Scope = ExtractScope.Partial };
        return await new DirectoryImport(databases, clock).RunAsync(extract, options, ct) switch
        {
            DirectoryImportResult.Imported imported => imported,
            var refusal => throw new InvalidOperationException($"The fictional practitioners were not taken: {refusal}"),
        };
    }
}
