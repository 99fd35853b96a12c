using System.Text.Json.Serialization;

namespace ProSanteConnect.Core.Delivery;

/// <summary>
/// What one template is filled with: each property is a placeholder, <c>{{holder}}</c> for <c>Holder</c>. The name under which
/// a model is stored is the name of its template.
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
    /// <summary>The name of the template's files, without language and form.</summary>
    [JsonIgnore]
    public abstract string Template { get; }

    /// <summary>A model is full of personal data: it does not print itself.</summary>
    public sealed override string ToString() => $"{Template}(***)";
}

/// <summary>A message by mail.</summary>
public abstract record MailModel : MessageModel
{
    /// <summary>
    /// A path of ours that the mail offers as a link and as a QR code, or null. The origin before it comes from the
    /// configuration alone (security-checklist T22).
    /// </summary>
    [JsonIgnore]
    public virtual string? QrPath => null;
}

/// <summary>A message by SMS: one line.</summary>
public abstract record SmsModel : MessageModel;

/// <summary>A message that wakes the phone: an identifier and a sentence that says nothing of anybody.</summary>
public abstract record PushModel : MessageModel
{
    /// <summary>What the app asks us about when it wakes.</summary>
    [JsonIgnore]
    public abstract Guid Subject { get; }
}

/// <summary>The value is a code, which is said in words in the language of the message.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class InWordsAttribute : Attribute;

/// <summary>The mail with which an activation by contact details begins (B4).</summary>
/// <param name="Holder">Whose activation it is.</param>
/// <param name="QrCode">The secret of the QR code.</param>
/// <param name="ExpiresAt">Until when the QR code may be presented.</param>
public sealed record ActivationQr(string Holder, string QrCode, DateTimeOffset ExpiresAt) : MailModel
{
    public const string Name = "activation-qr";

    public override string Template => Name;

    // The secret stands behind the #: it is sent to no server, so that a mail scanner that follows the link learns and consumes nothing.
    public override string QrPath => $"/app/#qr={QrCode}";
}

/// <summary>The code that is typed in the phone (B6).</summary>
public sealed record ActivationCodeSms(string Code, int Minutes) : SmsModel
{
    public const string Name = "activation-code";

    public override string Template => Name;
}

/// <summary>An e-CPS was activated by contact details: told on the other channel too (security-checklist T5).</summary>
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

/// <summary>A new activation was completed, and has ended the e-CPS of the former phone.</summary>
public sealed record ECpsReplaced(string Holder, string FormerDevice, string DeviceName, DateTimeOffset At) : MailModel
{
    public const string Name = "e-cps-replaced";

    public override string Template => Name;
}

/// <summary>Three wrong PINs in a row have made the e-CPS inactive.</summary>
public sealed record ECpsBlocked(string Holder, string DeviceName, DateTimeOffset At) : MailModel
{
    public const string Name = "e-cps-blocked";

    public override string Template => Name;
}

/// <summary>The e-CPS is inactive. <c>Reason</c> is one of the API's: <c>deleted</c>, <c>forgotten-pin</c>, <c>deactivated</c>, <c>delisted</c>, <c>operator</c>, <c>expired</c>.</summary>
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

/// <summary>The e-CPS holds for three more years.</summary>
public sealed record ECpsRenewed(string Holder, string DeviceName, DateTimeOffset ExpiresAt) : MailModel
{
    public const string Name = "e-cps-renewed";

    public override string Template => Name;
}

/// <summary>A sign-in from a browser that was never seen with this person.</summary>
public sealed record SignedInFromNewBrowser(string Holder, string Application, string Browser, string Place, DateTimeOffset At) : MailModel
{
    public const string Name = "signed-in-from-new-browser";

    public override string Template => Name;
}

/// <summary>Somebody asks the holder to approve a sign-in.</summary>
public sealed record SignInRequestWaits(Guid Request) : PushModel
{
    public const string Name = "sign-in-request";

    public override string Template => Name;

    public override Guid Subject => Request;
}
