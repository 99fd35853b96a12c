using System.Collections.Concurrent;
using ProSanteConnect.Testing;

namespace ProSanteConnect.Architecture.Tests.References;

/// <summary>The files of <c>docs/reference/</c>, by name.</summary>
internal static class ReferenceFiles
{
    private static readonly ConcurrentDictionary<string, string[]> _lines = new();

    public static string[] Lines(string file) => _lines.GetOrAdd(file, name => File.ReadAllLines(Repository.PathOf("docs", "reference", name)));
}
