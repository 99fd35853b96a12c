namespace ProSanteConnect.Testing;

internal static class Forms
{
    /// <summary>A form with some fields changed; a null value takes a field away.</summary>
    public static Dictionary<string, string?> With(this Dictionary<string, string?> form, Dictionary<string, string?>? changes)
    {
        foreach (var (name, value) in changes ?? []) form[name] = value;
        return form;
    }
}
