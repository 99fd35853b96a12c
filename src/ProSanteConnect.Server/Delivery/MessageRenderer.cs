using System.Globalization;
using ProSanteConnect.Core.Delivery;
using ProSanteConnect.Server.Shared.Origins;
using ProSanteConnect.Server.Shared.Text;

namespace ProSanteConnect.Server.Delivery;

/// <summary>Renders the templates of a message in the language of its recipient.</summary>
internal sealed class MessageRenderer(TemplateSet templates, PublicOrigins origins)
{
    private const string Text = "txt";
    private const string Html = "html";

    public RenderedMessage Render(OutboxContent content)
    {
        var language = TemplateSet.Languages.Contains(content.Language) ? content.Language : TemplateSet.Languages[0];
        var (before, beforeUI) = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        try
        {
            return Render(content.Model, language, content.Origin ?? origins.WalletInMessages);
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (before, beforeUI);
        }
    }

    private RenderedMessage Render(MessageModel model, string language, string wallet)
    {
        var values = TemplateValues.Of(model, wallet);
        var text = templates.Find(model.Template, language, Text).ToText(values).ReplaceLineEndings("\n").Trim();
        if (model is SmsModel) return new RenderedMessage("", text.Replace('\n', ' '), null, null);

        // The first line of the file is the subject.
        var (subject, rest) = text.Split('\n', 2) is [var first, var others] ? (first.Trim(), others.Trim()) : (text, "");
        return model is MailModel mail
            ? new RenderedMessage(subject, rest + "\n", Page(mail, language, subject, values), mail.QrPath is null ? null : QrCodeImage.Of(values[TemplateValues.Link]))
            : new RenderedMessage(subject, rest, null, null);
    }

    private string Page(MailModel model, string language, string subject, Dictionary<string, string> values)
    {
        var body = templates.Find(model.Template, language, Html).ToHtml(values);
        values[TemplateValues.Subject] = subject;
        return templates.Find(TemplateSet.Layout, language, Html).ToHtml(values, TemplateValues.Body, body);
    }
}

/// <summary>A rendered message.</summary>
/// <param name="Subject">The first line of the text; empty for an SMS.</param>
/// <param name="Text">The text without its subject.</param>
/// <param name="Html">The HTML of a mail; null for SMS and push.</param>
/// <param name="QrCode">The PNG that the HTML refers to as <c>cid:qr-code</c>; null without a QR code.</param>
internal sealed record RenderedMessage(string Subject, string Text, string? Html, byte[]? QrCode)
{
    public const string QrCodeId = "qr-code";

    public override string ToString() => "RenderedMessage(***)";
}
