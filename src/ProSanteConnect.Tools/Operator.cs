namespace ProSanteConnect.Tools;

/// <summary>Who acts, as the journal names it.</summary>
internal static class Operator
{
    public static string Actor { get; } = $"psc ({Environment.UserName})";
}
