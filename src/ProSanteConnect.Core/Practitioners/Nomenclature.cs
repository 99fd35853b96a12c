using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace ProSanteConnect.Core.Practitioners;

/// <summary>One terminology: codes and their French labels, in the order of publication.</summary>
[SuppressMessage("Naming", "CA1710", Justification = "It is named for what it is, not for what it is made of.")]
public sealed class Nomenclature : IEnumerable<KeyValuePair<string, string>>
{
    private readonly Dictionary<string, string> _labels = new(StringComparer.Ordinal);

    internal string this[string code]
    {
        set => _labels.Add(code, value);
    }

    /// <summary>The label, or the code itself when it is not known: the lists grow faster than programs.</summary>
    public string LabelOf(string code) => _labels.GetValueOrDefault(code, code);

    public bool Contains(string code) => _labels.ContainsKey(code);

    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => _labels.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
