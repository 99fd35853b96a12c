namespace ProSanteConnect.Tools.Certs;

/// <summary>How IGC-Santé TEST names the files of its authorities (ecps-cpx-directory §2.1).</summary>
internal static class TestPkiFiles
{
    public const string FortRoot = "ACR-FO-TEST";
    public const string StandardRoot = "ACR-ST-TEST";
    public const string ElementaryRoot = "ACR-EL-TEST";
    public const string FortPersons = "ACI-FO-PP-TEST";
    public const string StandardPersons = "ACI-ST-PP-TEST";
    public const string Organizations = "ACI-EL-ORG-TEST";

    public static readonly IReadOnlyList<string> All =
        [FortRoot, StandardRoot, ElementaryRoot, FortPersons, StandardPersons, Organizations];

    /// <summary>The authorities whose OCSP answers a delegate signs.</summary>
    public static readonly IReadOnlyList<string> WithDelegate = [FortPersons, StandardPersons];
}
