using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.Devices;
using ProSanteConnect.Core.Enrolment;
using ProSanteConnect.Core.Practitioners;
using ProSanteConnect.Core.Security;
using ProSanteConnect.Core.SignIn;

namespace ProSanteConnect.Testing;

/// <summary>
/// A phone that calls the rules of Core and no API: for tests of pages, where the phone is the other side. The phone over the API is
/// <see cref="SoftwarePhones"/>, the phone in a browser is the browser tests' PhoneWindow.
/// </summary>
public sealed class RulesPhone(PscApp app, string name = "Pixel 9")
{
    private static readonly ClientContext Context = Build.Browser("Chrome sous Android");

    private ScanResult.Paired? _paired;
    private ECps? _eCps;

    /// <summary>The e-CPS as it was when it was activated.</summary>
    public ECps ECps => _eCps ?? throw new InvalidOperationException("No e-CPS was activated on this phone.");

    /// <summary>The holder of an e-CPS that <see cref="ActivateAsync"/> stored.</summary>
    public Practitioner Practitioner { get; private init; } = null!;

    /// <summary>The six digits that it shows.</summary>
    public string Code => _paired!.PairingCode!.Value;

    /// <summary>A phone whose e-CPS is active; no activation is walked through.</summary>
    public static async Task<RulesPhone> ActivateAsync(PscApp app, Practitioner? practitioner = null)
    {
        practitioner ??= await app.AddAsync(Build.Practitioner());
        var eCps = Build.ECps(practitioner, app.Clock.GetUtcNow());
        await using var db = app.Database.Open();
        db.Add(eCps);
        await db.SaveChangesAsync();
        return new RulesPhone(app) { Practitioner = practitioner, _eCps = eCps };
    }

    /// <summary>The same phone, calling the rules on another node.</summary>
    public RulesPhone OnNode(PscApp node) => new(node, name) { Practitioner = Practitioner, _eCps = _eCps };

    public Task<ScanResult> ScanAsync(string qrCode) => app.WithAsync<Activations, ScanResult>(async activations =>
    {
        var result = await activations.ScanAsync(qrCode, name, Context, app.Clock.GetUtcNow(), CancellationToken.None);
        _paired = result as ScanResult.Paired ?? _paired;
        return result;
    });

    /// <summary>Registers its key and the PIN, once the computer has confirmed the code.</summary>
    public async Task<ECps> FinishAsync()
    {
        var exchanged = await app.WithAsync<Activations, ExchangeCodeResult>(activations => activations.ExchangeAsync(
            _paired!.PairingToken.Value, code: null, Context, app.Clock.GetUtcNow(), CancellationToken.None));
        if (exchanged is not ExchangeCodeResult.Confirmed) throw new InvalidOperationException($"The code is {exchanged}.");

        var result = await app.WithAsync<ECpsActivation, ActivateResult>(activation => activation.ActivateAsync(
            _paired!.Activation, Build.Device(_paired.Activation.Id) with { DeviceName = name }, Build.Pin, Context, app.Clock.GetUtcNow(), CancellationToken.None));
        _eCps = result is ActivateResult.Activated activated ? activated.ECps : throw new InvalidOperationException($"The e-CPS is {result}.");
        return _eCps;
    }

    /// <summary>What the phone shows: one request at most.</summary>
    public async Task<ApprovalRequest?> AskedAsync() =>
        (await app.WithAsync<ApprovalRequests, List<ApprovalRequest>>(
            approvals => approvals.ListPendingAsync(ECps.Id, app.Clock.GetUtcNow(), CancellationToken.None))).SingleOrDefault();

    /// <summary>Types the number that the computer shows, and the PIN.</summary>
    public async Task<ApproveResult> ApproveAsync(string? number = null)
    {
        var asked = await AskedAsync() ?? throw new InvalidOperationException("The phone shows no request.");
        return await app.WithAsync<ApprovalRequests, ApproveResult>(approvals => approvals.ApproveAsync(
            asked.Id, ECps, number ?? asked.Number, Build.Pin, Context, app.Clock.GetUtcNow(), CancellationToken.None));
    }

    public async Task<DenyResult> DenyAsync(bool notMe = false)
    {
        var asked = await AskedAsync() ?? throw new InvalidOperationException("The phone shows no request.");
        return await app.WithAsync<ApprovalRequests, DenyResult>(approvals => approvals.DenyAsync(
            asked.Id, ECps, notMe, Context, app.Clock.GetUtcNow(), CancellationToken.None));
    }

    public Task<DeactivateResult> DeactivateAsync() => app.WithAsync<ECpsDeactivation, DeactivateResult>(deactivation => deactivation.DeactivateAsync(
        ECps.Id, DeactivationReason.Deleted, Context, actor: null, app.Clock.GetUtcNow(), CancellationToken.None));

    /// <summary>The e-CPS as it is now.</summary>
    public async Task<ECps> ReadAsync() =>
        (await app.WithAsync<PscDb, ECps?>(db => db.ECps.ReadAsync(ECps.Id, CancellationToken.None)))!;
}
