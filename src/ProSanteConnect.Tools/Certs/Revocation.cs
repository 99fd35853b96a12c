namespace ProSanteConnect.Tools.Certs;

/// <summary>A certificate that its authority takes back.</summary>
/// <param name="SerialNumber">In hexadecimal.</param>
/// <param name="At">From when on.</param>
public sealed record Revocation(string SerialNumber, DateTimeOffset At);
