using ProSanteConnect.Core.Devices;
using ProSanteConnect.Core.Enrolment;
using ProSanteConnect.Core.Security;

namespace ProSanteConnect.Testing;

/// <summary>A phone on its way to become an e-CPS, whose steps reach the rules without the API of phones.</summary>
public sealed class PairingPhone(PscApp app, string name = "Pixel 9")
{
    private static readonly ClientContext Origin = Build.Browser("Chrome sous Android");

    private ScanResult.Paired? _paired;

    /// <summary>The six digits that it shows.</summary>
    public string Code => _paired!.PairingCode!.Value;

    public Task<ScanResult> ScanAsync(string qrCode) => app.WithAsync<Activations, ScanResult>(async activations =>
    {
        var result = await activations.ScanAsync(qrCode, name, Origin, app.Clock.GetUtcNow(), CancellationToken.None);
        _paired = result as ScanResult.Paired ?? _paired;
        return result;
    });

    /// <summary>Registers its key and the PIN, once the computer has confirmed the code.</summary>
    public async Task<ECps> FinishAsync()
    {
        var exchanged = await app.WithAsync<Activations, ExchangeCodeResult>(activations => activations.ExchangeAsync(
            _paired!.PairingToken.Value, code: null, Origin, app.Clock.GetUtcNow(), CancellationToken.None));
        if (exchanged is not ExchangeCodeResult.Confirmed) throw new InvalidOperationException($"The code is {exchanged}.");

        var result = await app.WithAsync<ECpsRegister, ActivateResult>(register => register.ActivateAsync(
            _paired!.Activation, Build.Device() with { DeviceName = name }, Build.Pin, Origin, app.Clock.GetUtcNow(), CancellationToken.None));
        return result is ActivateResult.Activated activated ? activated.ECps : throw new InvalidOperationException($"The e-CPS is {result}.");
    }
}
