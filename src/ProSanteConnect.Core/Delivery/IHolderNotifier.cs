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
    void Activated(PscDb db, ECps eCps, Practitioner practitioner);

    /// <summary>Not called for an e-CPS that another replaced: the activation of that one is told.</summary>
    void Deactivated(PscDb db, ECps eCps, DeactivationReason reason, DateTimeOffset since, Practitioner practitioner);

    /// <summary>The QR code and the link of an activation by contact details; worth nothing after the activation's end.</summary>
    void QrCodeByMail(PscDb db, Activation activation, SecretToken secret, Practitioner practitioner);

    /// <summary>The code that confirms an activation; worth nothing after <paramref name="expiresAt"/>.</summary>
    void CodeBySms(PscDb db, Activation activation, ActivationCode code, DateTimeOffset expiresAt, Practitioner practitioner);

    void SignedInFromNewBrowser(PscDb db, Session session, string? clientId, Practitioner practitioner);

    void ExpiresSoon(PscDb db, ECps eCps, int days, Practitioner practitioner);

    void Renewed(PscDb db, ECps eCps, Practitioner practitioner);

    void RequestArrived(PscDb db, ApprovalRequest approval, ECps eCps);
}
