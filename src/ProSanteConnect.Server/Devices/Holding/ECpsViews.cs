using Microsoft.EntityFrameworkCore;
using ProSanteConnect.Core.Authenticators;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Server.Account;
using ProSanteConnect.Server.Devices.Api;

namespace ProSanteConnect.Server.Devices.Holding;

/// <summary>Shows an e-CPS with what the directory says of its holder.</summary>
internal sealed class ECpsViews(PscDb db, ECpsRegister register, ECpsOptions options, TimeProvider clock)
{
    public async Task<ECpsView> OfAsync(ECps eCps, CancellationToken ct)
    {
        var holder = await db.Practitioners.AsNoTracking().SingleAsync(p => p.Id == eCps.PractitionerId, ct);
        return new ECpsView
        {
            Id = eCps.Id,
            Holder = holder.FullName,
            NationalId = eCps.NationalId,
            Profession = holder.Practices is [var practice, ..] ? DirectoryFacts.TitleOf(practice) : null,
            ActivatedAt = eCps.ActivatedAt,
            ExpiresAt = eCps.ExpiresAt,
            Renewable = register.IsRenewableAt(eCps, clock.GetUtcNow()),
            Mode = eCps.Mode.Code(),
            DeviceName = eCps.DeviceName,
            PinLength = eCps.PinLength,
            AttemptsLeft = Math.Max(options.PinTries - eCps.PinFailures, 1),
            Push = eCps.PushEndpoint is not null,
        };
    }
}
