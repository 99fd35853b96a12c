using System.Collections.Concurrent;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.Delivery;
using ProSanteConnect.Core.Devices;
using ProSanteConnect.Core.Enrolment;
using ProSanteConnect.Core.Practitioners;
using ProSanteConnect.Core.Security;
using ProSanteConnect.Core.SingleSignOn;

namespace ProSanteConnect.Core.Tests.Devices;

/// <summary>Keeps what holders would have been told, in order, and the secrets that went with it.</summary>
internal sealed class RecordingNotifier : IHolderNotifier
{
    private readonly ConcurrentQueue<string> _told = [];

    public IReadOnlyList<string> Told => [.. _told];
    public SecretToken? LastQrCode { get; private set; }
    public ActivationCode? LastCode { get; private set; }

    public void Activated(PscDb db, ECps eCps, ECps? replaced, Practitioner practitioner) =>
        _told.Enqueue(replaced is null ? "activated" : "activated anew");

    public void Deactivated(PscDb db, ECps eCps, DeactivationReason reason, DateTimeOffset since, Practitioner practitioner) =>
        _told.Enqueue($"deactivated: {reason}");

    public void QrCodeByMail(PscDb db, Activation activation, SecretToken secret, Practitioner practitioner)
    {
        LastQrCode = secret;
        _told.Enqueue($"QR code to {practitioner.ContactEmail}");
    }

    public void CodeBySms(PscDb db, Activation activation, ActivationCode code, DateTimeOffset expiresAt, Practitioner practitioner)
    {
        LastCode = code;
        _told.Enqueue($"code to {practitioner.ContactPhone}");
    }

    public void SignedInFromNewBrowser(PscDb db, Session session, string? clientId, Practitioner practitioner) =>
        _told.Enqueue($"new browser: {session.Browser}");

    public void ExpiresSoon(PscDb db, ECps eCps, int days, DateTimeOffset now, Practitioner practitioner) =>
        _told.Enqueue($"expires in {days} days");

    public void Renewed(PscDb db, ECps eCps, DateTimeOffset now, Practitioner practitioner) => _told.Enqueue("renewed");

    public void RequestArrived(PscDb db, ApprovalRequest approval, ECps eCps) => _told.Enqueue("request");
}
