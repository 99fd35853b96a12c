using System.Text.RegularExpressions;
using System.Web;

namespace ProSanteConnect.Tools.Phone;

/// <summary>What a QR code, a pasted link or a typed code is. The server decides; this only answers sooner.</summary>
public abstract partial record QrText
{
    private QrText() { }

    /// <summary>A request of activation, by its secret.</summary>
    public sealed record Request(string Secret) : QrText
    {
        public override string ToString() => nameof(Request);
    }

    /// <summary>A request of another site, where this phone's key could not be used.</summary>
    public sealed record Elsewhere(Uri Origin) : QrText;

    public sealed record Other : QrText;

    /// <summary>Reads <c>https://wallet/app/#qr=SECRET</c>, or the secret alone.</summary>
    public static QrText Read(string text, Uri here)
    {
        var bare = string.Concat(text.Where(c => !char.IsWhiteSpace(c)));
        if (SecretForm().IsMatch(bare)) return new Request(bare);
        if (!Uri.TryCreate(bare, UriKind.Absolute, out var address) || address.Scheme is not ("https" or "http")) return new Other();

        var secret = HttpUtility.ParseQueryString(address.Fragment.TrimStart('#'))["qr"] ?? "";
        if (!address.AbsolutePath.EndsWith("/app/", StringComparison.Ordinal) || !SecretForm().IsMatch(secret)) return new Other();

        var origin = new Uri(address.GetLeftPart(UriPartial.Authority));
        return origin == new Uri(here.GetLeftPart(UriPartial.Authority)) ? new Request(secret) : new Elsewhere(origin);
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_-]{16,256}\z")]
    private static partial Regex SecretForm();
}
