using System.Security.Cryptography;

namespace ProSanteConnect.Server.Shared.Answers;

/// <summary>What a person reads out to support, and support finds in the log: eight signs, none mistaken for another.</summary>
internal static class IncidentNumber
{
    private const string Signs = "23456789BCDFGHJKMNPQRSTVWXYZ";

    public static string New()
    {
        var signs = RandomNumberGenerator.GetString(Signs, 8);
        return $"{signs[..4]}-{signs[4..]}";
    }
}
