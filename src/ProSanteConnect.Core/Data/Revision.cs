namespace ProSanteConnect.Core.Data;

/// <summary>
/// A counter that moves with each change of something nodes keep in memory ("clients", "keys"):
/// one query per tick tells a node whether its snapshot is stale.
/// </summary>
public sealed class Revision
{
    public const string Clients = "clients";
    public const string Keys = "keys";
    public const string HealthDirectory = "directory";

    public required string Name { get; init; }
    public long Number { get; set; }
}
