using Microsoft.EntityFrameworkCore;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.Delivery;
using ProSanteConnect.Core.Devices;
using ProSanteConnect.Core.Practitioners;
using ProSanteConnect.Core.SingleSignOn;

namespace ProSanteConnect.Core.SignIn;

/// <summary>The messages of a sign-in.</summary>
internal static class SignInMessages
{
    private const string Portal = "Portail e-CPS";

    extension(IHolderNotifier notifier)
    {
        /// <summary>Reports a sign-in from a browser with which the holder had not signed in before.</summary>
        public async Task SignedInFromNewBrowserAsync(PscDb db, Session session, string? clientId, Practitioner holder, CancellationToken ct)
        {
            var application = clientId is null
                ? Portal
                : await db.Clients.Where(client => client.ClientId == clientId).Select(client => client.Name).SingleOrDefaultAsync(ct) ?? clientId;
            notifier.Mail(
                db,
                holder,
                new SignedInFromNewBrowser(holder.FullName, application, session.Browser, session.IpAddress, session.AuthenticatedAt),
                DeliveryTerms.Notice($"new-browser:{session.Id}", session.AuthenticatedAt));
        }

        /// <summary>Pushes a request to the phone; the message expires with the request.</summary>
        public void RequestArrived(PscDb db, ApprovalRequest request, PushAddress phone) => notifier.Push(
            db,
            phone,
            new SignInRequestWaits(request.Id),
            DeliveryTerms.Notice($"approval:{request.Id}", request.CreatedAt) with
            {
                ExpiresAt = request.ExpiresAt,
                PractitionerId = request.PractitionerId,
            });
    }
}
