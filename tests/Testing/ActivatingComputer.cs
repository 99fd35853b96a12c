using ProSanteConnect.Core.Enrolment;
using ProSanteConnect.Core.SingleSignOn;

namespace ProSanteConnect.Testing;

/// <summary>The computer's side of an activation by card (A3, A7, A9), by the rules alone.</summary>
public sealed class ActivatingComputer(PscApp app, Session session, Activation activation, string secret)
{
    public Activation Activation => activation;

    /// <summary>The content of the QR code on the screen.</summary>
    public string QrText => $"{app.Wallet}/app/#qr={secret}";

    public static Task<ActivatingComputer> OpenAsync(PscApp app, Session session) =>
        app.WithAsync<Activations, ActivatingComputer>(async activations =>
        {
            var opened = (OpenActivationResult.Opened)await activations.OpenForCardAsync(session, Build.Browser(), app.Clock.GetUtcNow(), CancellationToken.None);
            return new ActivatingComputer(app, session, opened.Activation, opened.QrCode.Value);
        });

    public Task<CheckCodeResult> TypeAsync(string code) => app.WithAsync<Activations, CheckCodeResult>(activations =>
        activations.CheckTypedCodeAsync(activation.Id, session.Id, code, Build.Browser(), app.Clock.GetUtcNow(), CancellationToken.None));

    public Task<bool> CancelAsync() => app.WithAsync<Activations, bool>(activations =>
        activations.CancelAsync(activation, Build.Browser(), app.Clock.GetUtcNow(), CancellationToken.None));
}
