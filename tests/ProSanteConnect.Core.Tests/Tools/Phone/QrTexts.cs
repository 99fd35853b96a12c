using ProSanteConnect.Tools.Phone;

namespace ProSanteConnect.Core.Tests.Tools.Phone;

/// <summary>How the phone classifies a scanned, pasted or typed text.</summary>
public sealed class QrTexts
{
    private const string Secret = "Zx3-_abcdefghijklmnopqrstuv";

    private static readonly Uri Here = new("https://wallet.example.org");

    [Theory]
    [InlineData($"https://wallet.example.org/app/#qr={Secret}")]
    [InlineData($"https://WALLET.example.org:443/app/#qr={Secret}")]
    [InlineData($"  https://wallet.example.org/app/\n#qr={Secret} ")]
    [InlineData(Secret)]
    [InlineData("Zx3-_abcdef ghijklmnop qrstuv")]
    public void A_link_of_this_site_and_a_bare_secret_are_requests(string text) =>
        Assert.Equal(new QrText.Request(Secret), QrText.Read(text, Here));

    [Theory]
    [InlineData($"https://other.example.org/app/#qr={Secret}", "https://other.example.org")]
    [InlineData($"http://wallet.example.org/app/#qr={Secret}", "http://wallet.example.org")]
    [InlineData($"https://wallet.example.org:8443/app/#qr={Secret}", "https://wallet.example.org:8443")]
    public void A_link_of_another_site_names_it(string text, string origin) =>
        Assert.Equal(new QrText.Elsewhere(new Uri(origin)), QrText.Read(text, Here));

    [Theory]
    [InlineData("")]
    [InlineData("too-short")]
    [InlineData("https://wallet.example.org/app/")]
    [InlineData("https://wallet.example.org/app/#qr=")]
    [InlineData("https://wallet.example.org/app/#demande=42")]
    [InlineData($"https://wallet.example.org/other/#qr={Secret}")]
    [InlineData($"https://wallet.example.org/app/?qr={Secret}")]
    [InlineData($"javascript:/app/#qr={Secret}")]
    [InlineData("WIFI:S:Salle d'attente;T:WPA;P:secret;;")]
    public void Anything_else_is_no_request(string text) => Assert.IsType<QrText.Other>(QrText.Read(text, Here));

    [Fact]
    public void A_secret_is_not_printed() => Assert.DoesNotContain(Secret, $"{new QrText.Request(Secret)}", StringComparison.Ordinal);
}
