namespace ProSanteConnect.Architecture.Tests;

/// <summary>What a test found wrong in the repository: a failure lists all of it, uncut.</summary>
internal static class Findings
{
    public static void AssertNone(string rule, IEnumerable<string> findings)
    {
        var lines = findings.Distinct().Order(StringComparer.Ordinal).ToList();
        if (lines.Count > 0) Assert.Fail($"{rule}\n{string.Join('\n', lines)}");
    }
}
