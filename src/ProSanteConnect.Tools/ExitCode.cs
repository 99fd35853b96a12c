namespace ProSanteConnect.Tools;

/// <summary>What a script may rely on.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>Refused or failed; one sentence on the standard error says why.</summary>
    public const int Refused = 1;

    /// <summary>The command line itself was not understood.</summary>
    public const int Misused = 2;
}
