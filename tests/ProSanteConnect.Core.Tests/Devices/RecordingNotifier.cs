using System.Collections.Concurrent;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.Delivery;
using ProSanteConnect.Core.Devices;
using ProSanteConnect.Core.Enrolment;
using ProSanteConnect.Core.Practitioners;

namespace ProSanteConnect.Core.Tests.Devices;

/// <summary>Records the messages to holders, in order, and the secrets in them.</summary>
internal sealed class RecordingNotifier : IHolderNotifier
{
    private readonly ConcurrentQueue<(MessageModel Model, string Line)> _sent = [];

    /// <summary>One line for each message.</summary>
    public IReadOnlyList<string> Told => [.. _sent.Select(sent => sent.Line)];

    public IReadOnlyList<MessageModel> Models => [.. _sent.Select(sent => sent.Model)];

    public string? LastQrCode => Models.OfType<ActivationQr>().LastOrDefault()?.QrCode;

    public ActivationCode? LastCode => ActivationCode.TryParse(Models.OfType<ActivationCodeSms>().LastOrDefault()?.Code, out var code) ? code : null;

    public void Mail(PscDb db, Practitioner holder, MailModel model, DeliveryTerms terms) => _sent.Enqueue((model, model switch
    {
        ECpsActivated => "activated",
        ECpsReplaced => "activated anew",
        ECpsBlocked => $"deactivated: {DeactivationReason.Blocked}",
        ECpsDeactivated { Reason: var code } => $"deactivated: {Enum.GetValues<DeactivationReason>().Single(reason => reason.Code() == code)}",
        ECpsExpiresSoon { Days: var days } => $"expires in {days} days",
        ECpsRenewed => "renewed",
        ActivationQr => $"QR code to {holder.ContactEmail}",
        SignedInFromNewBrowser { Browser: var browser } => $"new browser: {browser}",
        _ => model.Template,
    }));

    public void Sms(PscDb db, Practitioner holder, SmsModel model, DeliveryTerms terms) =>
        _sent.Enqueue((model, model is ActivationCodeSms ? $"code to {holder.ContactPhone}" : model.Template));

    public void Push(PscDb db, PushAddress phone, PushModel model, DeliveryTerms terms) => _sent.Enqueue((model, "request"));
}
