using AngleSharp.Html.Parser;
using ProSanteConnect.Core.Delivery;
using ProSanteConnect.Server.Delivery;
using static ProSanteConnect.Server.Tests.Delivery.DeliveryFixture;

namespace ProSanteConnect.Server.Tests.Delivery;

public sealed class MessageTemplates : IDisposable
{
    // GSM 03.38: with any other letter an SMS holds 70 characters instead of 160.
    private const string GsmLetters = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

    private readonly string _folder = Directory.CreateTempSubdirectory("psc-test-").FullName;

    public static TheoryData<int, string> EveryMessage()
    {
        var data = new TheoryData<int, string>();
        for (var i = 0; i < EveryModel.Count; i++)
        {
            foreach (var language in TemplateSet.Languages) data.Add(i, language);
        }

        return data;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Every_template_that_is_built_in_is_right()
    {
        Assert.Empty(new TemplateSet(folder: null).Failures);
        Assert.Equal(TemplateSet.Models.Count, EveryModel.Count);
        Assert.Each(TemplateSet.Models, known => Assert.Equal(known.Key, EveryModel.Single(m => m.GetType() == known.Value).Template));
    }

    [Theory]
    [MemberData(nameof(EveryMessage))]
    public void Every_message_reads_well_in_both_languages(int index, string language)
    {
        var model = EveryModel[index];

        var message = Renderer.Render(Content(model, language));

        var everything = message.Subject + message.Text + message.Html;
        Assert.DoesNotContain("{{", everything, StringComparison.Ordinal);
        Assert.DoesNotContain("http://", everything, StringComparison.Ordinal);
        Assert.Equal(model is SmsModel, message.Subject.Length == 0);
        Assert.Equal(model is MailModel, message.Html is not null);
        Assert.Equal(model is ActivationQr, message.QrCode is not null);
        if (message.Html is not { } html) return;

        var page = new HtmlParser(new HtmlParserOptions { IsStrictMode = false }).ParseDocument(html);
        Assert.Equal(language, page.DocumentElement.GetAttribute("lang"));
        Assert.Equal(message.Subject, page.Title);
        Assert.Each(page.QuerySelectorAll("a"), link => Assert.StartsWith(Wallet + "/", link.GetAttribute("href"), StringComparison.Ordinal));
        Assert.All(page.QuerySelectorAll("img"), image => Assert.NotEmpty(image.GetAttribute("alt")!));
        Assert.Empty(page.QuerySelectorAll("script,link,iframe,form"));
    }

    [Fact]
    [Trait("Requirement", "B4")]
    public void The_mail_of_an_activation_says_what_to_do_until_when_and_whom_to_ask()
    {
        var message = Renderer.Render(Content(Qr));

        Assert.Equal("Activez votre e-CPS", message.Subject);
        Assert.Contains("https://wallet.psc.example/app/#qr=AbC-123_secret", message.Text, StringComparison.Ordinal);
        Assert.Contains("jusqu'au 2 mars 2026 à 10:05", message.Text, StringComparison.Ordinal);
        Assert.Contains("«\u00a0Envoyer ma demande d'activation\u00a0»", message.Text, StringComparison.Ordinal);
        Assert.Contains("«\u00a0Scanner un QR code\u00a0»", message.Text, StringComparison.Ordinal);
        Assert.Contains("indésirables", message.Text, StringComparison.Ordinal);
        Assert.Contains("src=\"cid:qr-code\"", message.Html, StringComparison.Ordinal);
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], message.QrCode![..4]);
    }

    [Theory]
    [InlineData("fr", "ProSanteConnect : 493027 est votre code d'activation e-CPS, valable 5 min. Ne le communiquez à personne.")]
    [InlineData("en", "ProSanteConnect: 493027 is your e-CPS activation code, valid for 5 min. Do not give it to anybody.")]
    [Trait("Requirement", "B6")]
    public void The_SMS_of_an_activation_is_one_line(string language, string text) =>
        Assert.Equal(text, Renderer.Render(Content(new ActivationCodeSms("493027", 5), language)).Text);

    [Theory]
    [InlineData("fr")]
    [InlineData("en")]
    public void An_SMS_fits_into_one(string language)
    {
        foreach (var model in EveryModel.OfType<SmsModel>())
        {
            var text = Renderer.Render(Content(model, language)).Text;

            Assert.DoesNotContain('\n', text);
            Assert.InRange(text.Length, 1, 160);
            Assert.Each(text, letter => Assert.True(GsmLetters.Contains(letter, StringComparison.Ordinal), $"{letter}"));
        }
    }

    [Theory]
    [InlineData("fr", "deleted", "supprimée sur le téléphone")]
    [InlineData("en", "deleted", "deleted on the phone")]
    [InlineData("fr", "delisted", "annuaire")]
    [InlineData("fr", "operator", "assistance")]
    [InlineData("fr", "some-day", "elle a été désactivée")]
    public void A_deactivation_says_why(string language, string reason, string words) =>
        Assert.Contains(words, Renderer.Render(Content(new ECpsDeactivated("Camille", "Pixel", reason, Now), language)).Text, StringComparison.Ordinal);

    [Fact]
    public void What_a_value_says_is_never_markup_nor_a_header_nor_a_placeholder()
    {
        var model = new ECpsBlocked("<b>Camille</b>\r\nBcc: all@example.org", "{{account}}\u0007", Now);

        var message = Renderer.Render(Content(model));

        Assert.Contains("&lt;b&gt;Camille&lt;/b&gt;  Bcc:", message.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("\nBcc", message.Text, StringComparison.Ordinal);
        Assert.Contains("{{account}} ", message.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_push_message_says_nothing_of_anybody()
    {
        var message = Renderer.Render(Content(EveryModel.OfType<PushModel>().Single()));

        Assert.Equal(("Demande de connexion", "Ouvrez l'application e-CPS pour la voir."), (message.Subject, message.Text));
    }

    [Fact]
    public void The_files_of_the_operator_replace_ours_one_by_one()
    {
        Write("activation-code.fr.txt", "Code {{code}} du CHU");

        var renderer = new MessageRenderer(new TemplateSet(_folder), new Origins());

        Assert.Equal("Code 493027 du CHU", renderer.Render(Content(new ActivationCodeSms("493027", 5))).Text);
        Assert.StartsWith("ProSanteConnect: 493027", renderer.Render(Content(new ActivationCodeSms("493027", 5), "en")).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("activation-code.fr.txt", "{{code}} {{holder}}", "activation-code.fr.txt: the placeholder {{holder}} is unknown; known are account, app, code, minutes, portal.")]
    [InlineData("activation-code.fr.txt", "{{ code }}", "activation-code.fr.txt: {{ or }} stands for nothing.")]
    [InlineData("activation-cod.fr.txt", "{{code}}", "Delivery:TemplatesFolder: no message uses activation-cod.fr.txt.")]
    [InlineData("e-cps-blocked.fr.html", "<p>{{link}}</p>", "e-cps-blocked.fr.html: the placeholder {{link}} is unknown; known are account, app, at, deviceName, holder, portal.")]
    public void A_wrong_file_stops_the_start_with_one_sentence(string file, string text, string sentence)
    {
        Write(file, text);

        var result = new ValidateDeliveryOptions().Validate(null, new DeliveryOptions { TemplatesFolder = _folder });

        Assert.Equal([sentence], result.Failures);
    }

    [Fact]
    public void A_folder_that_is_not_there_stops_the_start() =>
        Assert.Single(new ValidateDeliveryOptions().Validate(null, new DeliveryOptions { TemplatesFolder = _folder + "-no" }).Failures!);

    private void Write(string file, string text) => File.WriteAllText(Path.Combine(_folder, file), text);

    private sealed class Origins : Server.Shared.Origins.PublicOrigins
    {
        public override string WalletInMessages => DeliveryFixture.Wallet;

        public override string Auth(Microsoft.AspNetCore.Http.HttpRequest request) => throw new InvalidOperationException();

        public override string Wallet(Microsoft.AspNetCore.Http.HttpRequest request) => throw new InvalidOperationException();

        public override string Card(Microsoft.AspNetCore.Http.HttpRequest request) => throw new InvalidOperationException();

        public override string WalletBehind(Microsoft.AspNetCore.Http.HttpRequest cardRequest) => throw new InvalidOperationException();

        public override bool IsOurs(string issuer) => false;
    }
}
