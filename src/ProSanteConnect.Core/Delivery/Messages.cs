using System.Text.Json.Serialization;

namespace ProSanteConnect.Core.Delivery;

/// <summary>
/// The values of one template: each property is a placeholder, <c>{{holder}}</c> for <c>Holder</c>. The model is stored under
/// the name of its template.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "template")]
[JsonDerivedType(typeof(ActivationQr), ActivationQr.Name)]
[JsonDerivedType(typeof(ActivationCodeSms), ActivationCodeSms.Name)]
[JsonDerivedType(typeof(ActivationNoticeSms), ActivationNoticeSms.Name)]
[JsonDerivedType(typeof(ECpsActivated), ECpsActivated.Name)]
[JsonDerivedType(typeof(ECpsBlocked), ECpsBlocked.Name)]
[JsonDerivedType(typeof(ECpsDeactivated), ECpsDeactivated.Name)]
[JsonDerivedType(typeof(ECpsExpiresSoon), ECpsExpiresSoon.Name)]
[JsonDerivedType(typeof(ECpsRenewed), ECpsRenewed.Name)]
[JsonDerivedType(typeof(ECpsReplaced), ECpsReplaced.Name)]
[JsonDerivedType(typeof(SignedInFromNewBrowser), SignedInFromNewBrowser.Name)]
[JsonDerivedType(typeof(SignInRequestWaits), SignInRequestWaits.Name)]
public abstract record MessageModel
{
    /// <summary>The name of the template's files, without language and extension.</summary>
    [JsonIgnore]
    public abstract string Template { get; }

    /// <summary>Omits the values, which are personal data.</summary>
    public sealed override string ToString() => $"{Template}(***)";
}

/// <summary>A message by mail.</summary>
public abstract record MailModel : MessageModel
{
    /// <summary>
    /// A local path that the mail shows as a link and as a QR code, or null. The origin comes from the configuration only
    /// (security-checklist T22).
    /// </summary>
    [JsonIgnore]
    public virtual string? QrPath => null;
}

/// <summary>A message by SMS, of one line.</summary>
public abstract record SmsModel : MessageModel;

/// <summary>A push message: an identifier and a sentence without personal data.</summary>
public abstract record PushModel : MessageModel
{
    /// <summary>The identifier that the app requests when it is woken.</summary>
    [JsonIgnore]
    public abstract Guid Subject { get; }
}

/// <summary>The value is a code, which the message replaces by words of its language.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class InWordsAttribute : Attribute;

/// <summary>The mail that starts an activation by contact details (B4).</summary>
/// <param name="Holder">The name of the holder.</param>
/// <param name="QrCode">The secret of the QR code.</param>
/// <param name="ExpiresAt">The end of the QR code.</param>
public sealed record ActivationQr(string Holder, string QrCode, DateTimeOffset ExpiresAt) : MailModel
{
    public const string Name = "activation-qr";

    public override string Template => Name;

    // The secret is in the fragment, which is not sent to a server: a mail scanner that follows the link consumes nothing.
    public override string QrPath => $"/app/#qr={QrCode}";
}

/// <summary>The code to be typed on the phone (B6).</summary>
public sealed record ActivationCodeSms(string Code, int Minutes) : SmsModel
{
    public const string Name = "activation-code";

    public override string Template => Name;
}

/// <summary>Reports an activation by contact details on the second channel (security-checklist T5).</summary>
public sealed record ActivationNoticeSms(DateTimeOffset At) : SmsModel
{
    public const string Name = "activation-notice-sms";

    public override string Template => Name;
}

/// <summary>The e-CPS is active. <c>Mode</c> is <c>card</c> or <c>contact-details</c>.</summary>
public sealed record ECpsActivated(string Holder, string DeviceName, [property: InWords] string Mode, DateTimeOffset At, DateTimeOffset ExpiresAt) : MailModel
{
    public const string Name = "e-cps-activated";

    public override string Template => Name;
}

/// <summary>A new activation has replaced the e-CPS of the former phone.</summary>
public sealed record ECpsReplaced(string Holder, string FormerDevice, string DeviceName, DateTimeOffset At) : MailModel
{
    public const string Name = "e-cps-replaced";

    public override string Template => Name;
}

/// <summary>Three consecutive wrong PINs have deactivated the e-CPS.</summary>
public sealed record ECpsBlocked(string Holder, string DeviceName, DateTimeOffset At) : MailModel
{
    public const string Name = "e-cps-blocked";

    public override string Template => Name;
}

/// <summary>The e-CPS is inactive. <c>Reason</c> is a code of the API: <c>deleted</c>, <c>forgotten-pin</c>, <c>deactivated</c>, <c>delisted</c>, <c>operator</c>, <c>expired</c>.</summary>
public sealed record ECpsDeactivated(string Holder, string DeviceName, [property: InWords] string Reason, DateTimeOffset At) : MailModel
{
    public const string Name = "e-cps-deactivated";

    public override string Template => Name;
}

/// <summary>Sent 60, 30 and 7 days before the end.</summary>
public sealed record ECpsExpiresSoon(string Holder, string DeviceName, int Days, DateTimeOffset ExpiresAt) : MailModel
{
    public const string Name = "e-cps-expires-soon";

    public override string Template => Name;
}

/// <summary>The e-CPS was renewed.</summary>
public sealed record ECpsRenewed(string Holder, string DeviceName, DateTimeOffset ExpiresAt) : MailModel
{
    public const string Name = "e-cps-renewed";

    public override string Template => Name;
}

/// <summary>A sign-in from a browser with which the holder had not signed in before.</summary>
public sealed record SignedInFromNewBrowser(string Holder, string Application, string Browser, string Place, DateTimeOffset At) : MailModel
{
    public const string Name = "signed-in-from-new-browser";

    public override string Template => Name;
}

/// <summary>An approval request has arrived.</summary>
public sealed record SignInRequestWaits(Guid Request) : PushModel
{
    public const string Name = "sign-in-request";

    public override string Template => Name;

    public override Guid Subject => Request;
}
