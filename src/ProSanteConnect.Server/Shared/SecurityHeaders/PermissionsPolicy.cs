namespace ProSanteConnect.Server.Shared.SecurityHeaders;

/// <summary>Which powers of the browser a page may ask for: none, but the camera for the phone app, which scans QR codes.</summary>
internal static class PermissionsPolicy
{
    private const string Others = "geolocation=(), microphone=(), payment=(), usb=(), publickey-credentials-get=(self), publickey-credentials-create=(self)";

    // Every file of the app and not its start page alone: its service worker shows what it kept, with the headers it kept.
    public static string For(PathString path) =>
        $"camera={(path.StartsWithSegments("/app") ? "(self)" : "()")}, {Others}";
}
