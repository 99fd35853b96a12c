using ProSanteConnect.Core.Enrolment;
using ProSanteConnect.Core.Security;
using ProSanteConnect.Core.SingleSignOn;
using ProSanteConnect.Core.Tests.Devices;

namespace ProSanteConnect.Core.Tests.Enrolment;

/// <summary>The steps that most tests of an activation begin with.</summary>
internal static class ActivationSteps
{
    public static async Task<(Session Session, OpenActivationResult.Opened Opened)> OpenByCardAsync(this HolderFixture test, Session? session = null)
    {
        session ??= await test.AddCardSessionAsync();
        var opened = await test.WithAsync(s => s.Activations.OpenForCardAsync(session, test.Computer, HolderFixture.Start, HolderFixture.Ct));
        return (session, Assert.IsType<OpenActivationResult.Opened>(opened));
    }

    public static Task<ScanResult> ScanAsync(this HolderFixture test, SecretToken qrCode, DateTimeOffset? now = null) =>
        test.WithAsync(s => s.Activations.ScanAsync(qrCode.Value, "Pixel 9", test.Phone, now ?? HolderFixture.Start, HolderFixture.Ct));

    public static async Task<(Session Session, ScanResult.Paired Paired)> PairByCardAsync(this HolderFixture test)
    {
        var (session, opened) = await test.OpenByCardAsync();
        return (session, Assert.IsType<ScanResult.Paired>(await test.ScanAsync(opened.QrCode)));
    }

    /// <summary>An activation by card whose code was typed rightly.</summary>
    public static async Task<Activation> ConfirmedByCardAsync(this HolderFixture test)
    {
        var (session, paired) = await test.PairByCardAsync();
        Assert.IsType<CheckCodeResult.Confirmed>(await test.TypeAsync(session, paired.Activation, paired.PairingCode!.Value));
        return await test.ReadAsync(paired.Activation);
    }

    public static Task<CheckCodeResult> TypeAsync(
        this HolderFixture test, Session session, Activation activation, string code, DateTimeOffset? now = null) =>
        test.WithAsync(s => s.Activations.CheckTypedCodeAsync(
            activation.Id, session.Id, code, test.Computer, now ?? HolderFixture.Start, HolderFixture.Ct));

    public static Task<ExchangeCodeResult> ExchangeAsync(
        this HolderFixture test, SecretToken pairingToken, string? code = null, DateTimeOffset? now = null) =>
        test.WithAsync(s => s.Activations.ExchangeAsync(pairingToken.Value, code, test.Phone, now ?? HolderFixture.Start, HolderFixture.Ct));

    /// <summary>A code that is not this one.</summary>
    public static string NotThe(ActivationCode code) => code.Value == "000000" ? "000001" : "000000";
}
