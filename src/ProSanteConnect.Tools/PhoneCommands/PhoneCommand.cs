using System.CommandLine;
using System.Diagnostics;
using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using ProSanteConnect.Tools.Phone;

namespace ProSanteConnect.Tools.PhoneCommands;

/// <summary><c>psc phone</c>: a software phone with the e-CPS app.</summary>
internal static class PhoneCommand
{
    public static Command Create(TimeProvider clock) => Create(new PhoneEnvironment(clock));

    public static Command Create(PhoneEnvironment environment)
    {
        var command = new Command("phone", "un téléphone logiciel : active une e-CPS, valide des connexions, comme l'application e-CPS")
        {
            ActivateCommand.Create(environment),
            RequestCommand.Create(environment),
            SearchCommand.Create(environment),
            StatusCommand.Create(environment),
            ListCommand.Create(environment),
            ApproveCommand.Create(environment),
            DenyCommand.Create(environment),
            WatchCommand.Create(environment),
            RenewCommand.Create(environment),
            ForgetCommand.Create(environment),
            DeleteCommand.Create(environment),
            ResetCommand.Create(environment),
        };
        PhoneArguments.AddTo(command);
        return command;
    }
}

/// <summary>Runs a command with the phone of the state file. Each change is stored at once, so that an interruption loses nothing.</summary>
internal static class PhoneAction
{
    public static void SetPhoneAction(this Command command, PhoneEnvironment environment, Func<SoftwarePhone, ParseResult, CancellationToken, Task<int>> run) =>
        command.SetAction(async (parsed, ct) =>
        {
            var file = PhoneArguments.StateFile(parsed);
            var named = PhoneArguments.Origin(parsed);
            PhoneState? state;
            switch (file.Read())
            {
                case PhoneStateReading.Read(var kept):
                    state = At(named, kept);
                    break;
                case PhoneStateReading.Missing:
                    state = new PhoneState(named ?? PhoneArguments.SandboxOrigin);
                    break;
                case PhoneStateReading.Corrupt:
                    return parsed.Refuse(NotAPhone(file));
                case var other:
                    throw new UnreachableException($"State reading {other}");
            }

            if (state is null)
            {
                return parsed.Refuse(
                    "L'e-CPS de ce téléphone appartient à un autre serveur : choisissez un autre téléphone avec --state, ou « psc phone reset ».");
            }

            using var http = new HttpClient(environment.Network(PhoneArguments.Authorities(parsed)));
            return await run(new SoftwarePhone(http, state, environment.Clock) { Kept = file.Write }, parsed, ct);
        });

    /// <summary>Runs a command with a phone that has an activated e-CPS.</summary>
    public static void SetHolderAction(this Command command, PhoneEnvironment environment, Func<SoftwarePhone, ParseResult, CancellationToken, Task<int>> run) =>
        command.SetPhoneAction(environment, async (phone, parsed, ct) =>
        {
            if (phone.State.Phone is null) return parsed.Refuse("Pas encore d'e-CPS sur ce téléphone ; « psc phone activate » en active une.");

            await phone.RotateWhenDueAsync(ct);
            return await run(phone, parsed, ct);
        });

    public static string NotAPhone(PhoneStateFile file) =>
        $"{file.FullPath} ne contient pas un téléphone lisible ; il n'a pas été touché. Mettez-le de côté, ou choisissez un autre fichier avec --state.";

    // The key of an e-CPS is valid for one server; a phone without one can change its server.
    private static PhoneState? At(Uri? named, PhoneState kept) =>
        named is null || named == kept.Origin ? kept : kept.Phone is null ? new PhoneState(named) : null;
}

/// <summary>The environment of a phone: clock, network, keyboard. Tests replace them.</summary>
internal sealed record PhoneEnvironment(TimeProvider Clock)
{
    /// <summary>The input for prompts.</summary>
    public TextReader Keyboard { get; init; } = Console.In;

    /// <summary>Creates a message handler that trusts these authorities; null for those of the system.</summary>
    public Func<X509Certificate2Collection?, HttpMessageHandler> Network { get; init; } = PhoneNetwork.Open;
}

/// <summary>The real network.</summary>
internal static class PhoneNetwork
{
    public static HttpMessageHandler Open(X509Certificate2Collection? authorities)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false, // the API never redirects, and a token must not travel
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.All,
            ConnectTimeout = TimeSpan.FromSeconds(10),
        };
        if (authorities is not null) handler.SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = Trusting(authorities) };
        return handler;
    }

    // Trusts only these authorities; names and validity periods are still checked.
    private static X509ChainPolicy Trusting(X509Certificate2Collection authorities)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(authorities);
        return policy;
    }
}
