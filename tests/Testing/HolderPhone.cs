using ProSanteConnect.Core.Devices;
using ProSanteConnect.Core.Practitioners;
using ProSanteConnect.Core.Security;
using ProSanteConnect.Core.SignIn;

namespace ProSanteConnect.Testing;

/// <summary>A practitioner's active e-CPS, whose answers reach the rules without the API of phones.</summary>
public sealed class HolderPhone(PscApp app, Practitioner practitioner, ECps eCps)
{
    private static readonly ClientContext Origin = Build.Browser("Chrome sous Android");

    public Practitioner Practitioner => practitioner;

    public ECps ECps => eCps;

    public static async Task<HolderPhone> ActivateAsync(PscApp app, Practitioner? practitioner = null)
    {
        practitioner ??= await app.AddAsync(Build.Practitioner());
        var eCps = Build.ECps(practitioner, app.Clock.GetUtcNow());
        await using var db = app.Database.Open();
        db.Add(eCps);
        await db.SaveChangesAsync();
        return new HolderPhone(app, practitioner, eCps);
    }

    /// <summary>What the phone shows: one request at most.</summary>
    public async Task<ApprovalRequest?> AskedAsync() =>
        (await app.WithAsync<ApprovalRequests, List<ApprovalRequest>>(
            approvals => approvals.ListPendingAsync(eCps.Id, app.Clock.GetUtcNow(), CancellationToken.None))).SingleOrDefault();

    /// <summary>Types the number that the computer shows, and the PIN.</summary>
    public async Task<ApproveResult> ApproveAsync(string? number = null)
    {
        var asked = await AskedAsync() ?? throw new InvalidOperationException("The phone shows no request.");
        return await app.WithAsync<ApprovalRequests, ApproveResult>(approvals => approvals.ApproveAsync(
            asked.Id, eCps, number ?? asked.Number, Build.Pin, Origin, app.Clock.GetUtcNow(), CancellationToken.None));
    }

    public async Task<DenyResult> DenyAsync(bool notMe = false)
    {
        var asked = await AskedAsync() ?? throw new InvalidOperationException("The phone shows no request.");
        return await app.WithAsync<ApprovalRequests, DenyResult>(approvals => approvals.DenyAsync(
            asked.Id, eCps, notMe, Origin, app.Clock.GetUtcNow(), CancellationToken.None));
    }

    public Task<DeactivateResult> DeactivateAsync() => app.WithAsync<ECpsRegister, DeactivateResult>(register => register.DeactivateAsync(
        eCps.Id, DeactivationReason.Deleted, Origin, actor: null, app.Clock.GetUtcNow(), CancellationToken.None));

    /// <summary>The e-CPS as it is now.</summary>
    public async Task<ECps> ReadAsync() =>
        (await app.WithAsync<ECpsRegister, ECps?>(register => register.FindAsync(eCps.Id, CancellationToken.None)))!;
}
