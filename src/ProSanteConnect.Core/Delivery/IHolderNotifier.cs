using ProSanteConnect.Core.Authenticators;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.Enrolment;
using ProSanteConnect.Core.Practitioners;
using ProSanteConnect.Core.SignIn;

namespace ProSanteConnect.Core.Delivery;

/// <summary>
/// Tells holders what happens to their e-CPS. Each method adds to what the next SaveChanges of the context writes, in the
/// transaction of the change it tells of: neither is there without the other.
/// </summary>
public interface IHolderNotifier
{
    /// <summary>The activation is complete; <paramref name="replaced"/> is the e-CPS that it ended, if there was one, of which nothing else is told.</summary>
    void Activated(PscDb db, ECps eCps, ECps? replaced, Practitioner practitioner);

    void Deactivated(PscDb db, ECps eCps, DeactivationReason reason, DateTimeOffset since, Practitioner practitioner);

    /// <summary>The QR code and the link of an activation by contact details; worth nothing after the activation's end.</summary>
    void QrCodeByMail(PscDb db, Activation activation, SecretToken secret, Practitioner practitioner);

    /// <summary>The code that confirms an activation; worth nothing after <paramref name="expiresAt"/>.</summary>
    void CodeBySms(PscDb db, Activation activation, ActivationCode code, DateTimeOffset expiresAt, Practitioner practitioner);

    void SignedInFromNewBrowser(PscDb db, Session session, string? clientId, Practitioner practitioner);

    void ExpiresSoon(PscDb db, ECps eCps, int days, DateTimeOffset now, Practitioner practitioner);

    void Renewed(PscDb db, ECps eCps, DateTimeOffset now, Practitioner practitioner);

    void RequestArrived(PscDb db, ApprovalRequest approval, ECps eCps);
}
