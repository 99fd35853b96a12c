namespace ProSanteConnect.Core.Data;

/// <summary>A key of ASP.NET Core Data Protection (cookies, antiforgery), shared by the nodes and sealed under the master key.</summary>
public sealed class DataProtectionKey
{
    public int Id { get; private set; }
    public required string FriendlyName { get; init; }
    public required byte[] ProtectedXml { get; init; }
}
