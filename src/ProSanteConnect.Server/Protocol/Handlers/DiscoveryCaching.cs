namespace ProSanteConnect.Server.Protocol.Handlers;

internal static class DiscoveryCaching
{
    /// <summary>Short enough for an emergency removal of a key, long enough to spare a fetch per sign-in.</summary>
    public const string CacheControl = "public, max-age=300";
}
