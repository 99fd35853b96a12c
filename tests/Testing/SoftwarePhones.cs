using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.Devices;
using ProSanteConnect.Core.Practitioners;
using ProSanteConnect.Core.RelyingParties;
using ProSanteConnect.Core.SignIn;
using ProSanteConnect.Core.SingleSignOn;
using ProSanteConnect.Tools.Phone;

namespace ProSanteConnect.Testing;

/// <summary>Phones for a test, in software and over the public API; and what the computer beside them does, by the rules alone.</summary>
public static class SoftwarePhones
{
    public const string DeviceName = "Pixel 9";

    extension(PscApp app)
    {
        /// <summary>A new phone with the app.</summary>
        public async Task<SoftwarePhone> NewPhoneAsync(bool counts = true, bool hasSyncedKey = false)
        {
            await new Clients(app.Database.Factory).AddAsync(PhoneApp.Registration, "test", app.Clock.GetUtcNow());
            await app.RefreshAsync();
            return new SoftwarePhone(app.Http(), new Uri(PscApp.Origin), app.Clock) { CountsSignatures = counts, HasSyncedKey = hasSyncedKey };
        }

        /// <summary>A phone whose e-CPS is active, with the PIN <see cref="Build.Pin"/>; it was activated with a card.</summary>
        public async Task<SoftwarePhone> EnrolledPhoneAsync(Practitioner holder, string pin = Build.Pin, bool counts = true)
        {
            var phone = await app.NewPhoneAsync(counts);
            return (await app.EnrolAsync(phone, holder, pin)).Problem is { } problem
                ? throw new InvalidOperationException($"{problem}")
                : phone;
        }

        /// <summary>Performs the whole activation with a card, and returns the response of its last step.</summary>
        public async Task<PhoneResult<EnrolledJson>> EnrolAsync(SoftwarePhone phone, Practitioner holder, string pin = Build.Pin)
        {
            var computer = await app.OpenActivationAsync(holder);
            var pairing = (await phone.ScanAsync(computer.QrText, DeviceName)).Value;
            await computer.TypeAsync(pairing.PairingCode!);
            await phone.ExchangeCodeAsync();
            return await phone.EnrolAsync(pin, DeviceName);
        }

        /// <summary>The computer of A3: its holder has signed in with a card, and its page shows a QR code.</summary>
        public async Task<ActivatingComputer> OpenActivationAsync(Practitioner holder)
        {
            var now = app.Clock.GetUtcNow();
            var session = new Session
            {
                Id = Guid.NewGuid(),
                PractitionerId = holder.Id,
                NationalId = holder.NationalId,
                CookieHash = RandomNumberGenerator.GetBytes(32),
                AuthMode = AuthMode.Card,
                AuthenticatedAt = now,
                ExpiresAt = now.AddHours(4),
                IdleExpiresAt = now.AddMinutes(30),
                UserAgentHash = Build.Browser().UserAgentHash,
                CardNumber = "8025000001/2600000001",
            };
            await using (var db = app.Database.Open())
            {
                db.Add(session);
                await db.SaveChangesAsync();
            }

            return await ActivatingComputer.OpenAsync(app, session);
        }

        /// <summary>Asks a holder's phone to approve a sign-in, as the page C1 does.</summary>
        public async Task<ApprovalRequest> AskAsync(string typedIdentifier, Guid? signInRequestId = null, string? clientId = null)
        {
            if (!NationalId.TryParseTyped(typedIdentifier, out var holder)) throw new ArgumentException($"{typedIdentifier} is no identifier.", nameof(typedIdentifier));

            return await app.WithAsync<ApprovalRequests, ApprovalRequest>(async approvals => (await approvals.AskAsync(
                new ApprovalInput { SignInRequestId = signInRequestId, ClientId = clientId, ClaimedHolder = holder, Browser = Build.Browser(), Origin = app.Wallet },
                app.Clock.GetUtcNow(),
                CancellationToken.None)).Request);
        }

        /// <summary>Calls one of the rules, in a scope of its own.</summary>
        public async Task<TResult> WithAsync<TService, TResult>(Func<TService, Task<TResult>> call) where TService : notnull
        {
            await using var scope = app.Services.CreateAsyncScope();
            return await call(scope.ServiceProvider.GetRequiredService<TService>());
        }

        public async Task<ECps> ReadECpsAsync(SoftwarePhone phone) =>
            (await app.WithAsync<PscDb, ECps?>(db => db.ECps.ReadAsync(Guid.Parse(phone.State.Phone!.ECpsId), CancellationToken.None)))!;
    }
}
