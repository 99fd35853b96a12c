namespace ProSanteConnect.Server.Shared.Answers;

/// <summary>The <c>type</c> of a problem (RFC 9457, section 3.1.1): a name of ours, since nobody need fetch a page to read it.</summary>
internal static class ProblemType
{
    public const string Prefix = "urn:prosanteconnect:problem:";

    public static string Of(string code) => Prefix + code;
}
