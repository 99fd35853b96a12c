using Microsoft.Extensions.Time.Testing;
using ProSanteConnect.Core.Tests.Tools.Phone;
using ProSanteConnect.Testing;
using ProSanteConnect.Tools;
using ProSanteConnect.Tools.Phone;
using ProSanteConnect.Tools.PhoneCommands;
using static ProSanteConnect.Core.Tests.Tools.Phone.PhoneStates;

namespace ProSanteConnect.Core.Tests.Tools;

/// <summary>psc phone.</summary>
public sealed class PhoneOnTheCommandLine : IDisposable
{
    private const string Secret = "Zx3-_abcdefghijklmnopqrstuv";

    private readonly FakeTimeProvider _clock = new(Start);
    private readonly ApiStandIn _api = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("psc-test-").FullName;

    private string StatePath => Path.Combine(_folder, "phone.json");

    private PhoneStateFile File => new(StatePath);

    private PhoneState State => Assert.IsType<PhoneStateReading.Read>(File.Read()).State;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task An_activation_by_card_shows_the_code_and_waits_for_the_computer()
    {
        _api.Answers(ApiStandIn.Token, 200, ApiTexts.Pairing.Replace("\"interval\": 2", "\"interval\": 0", StringComparison.Ordinal))
            .Answers(ApiStandIn.Token, 400, """{ "error": "authorization_pending" }""")
            .Answers(ApiStandIn.Token, 200, ApiTexts.EnrolmentToken)
            .Answers("POST /ecps/v1/enrolment/options", 200, ApiTexts.Creation)
            .Answers("POST /ecps/v1/enrolment", 201, ApiTexts.Enrolled);

        var run = await PscAsync("activate", "--qr", $"{Origin}app/#qr={Secret}", "--server", $"{Origin}", "--pin", "2580", "--device", "Pixel 9");

        Assert.Equal((ExitCode.Done, ""), (run.ExitCode, run.Error));
        Assert.Contains("Saisissez ce code sur l'ordinateur : 123456", run.Output, StringComparison.Ordinal);
        Assert.Contains("Votre e-CPS est maintenant activée.", run.Output, StringComparison.Ordinal);
        Assert.Equal((Origin, "device"), (State.Origin, State.DeviceToken));
    }

    [Fact]
    public async Task An_activation_by_contact_details_asks_for_the_code_and_goes_on_where_it_stopped()
    {
        _api.Answers(ApiStandIn.Token, 200, ApiTexts.PairingByContactDetails)
            .Answers(ApiStandIn.Token, 400, """{ "error": "invalid_grant", "error_description": "The code is wrong.", "attempts_left": 2 }""")
            .Answers(ApiStandIn.Token, 200, ApiTexts.EnrolmentToken)
            .Answers("GET /ecps/v1/activation", 200, """{ "mode": "contact_details", "status": "scanned", "holder": "Camille FICTIF", "expiresAt": "2026-01-01T08:15:00Z", "pinLength": 4 }""")
            .Answers("POST /ecps/v1/activation/sms", 202, """{ "maskedPhone": "06 •• •• •• 21", "codeExpiresAt": "2026-01-01T08:05:00Z", "resendAt": "2026-01-01T08:00:30Z", "sendsLeft": 2 }""")
            .Answers("POST /ecps/v1/enrolment/options", 200, ApiTexts.Creation)
            .Answers("POST /ecps/v1/enrolment", 201, ApiTexts.Enrolled);

        var wrong = await TypingAsync("000000\n", "activate", "--qr", Secret, "--server", $"{Origin}");
        var right = await PscAsync("activate", "--code", "123456");
        var enrolled = await PscAsync("activate", "--pin", "2580");

        Assert.Contains("Un code a été envoyé par SMS au 06 •• •• •• 21 ; il est valable jusqu'au 01/01/2026 08:05.", wrong.Output, StringComparison.Ordinal);
        Assert.Equal((ExitCode.Refused, "Code reçu par SMS : Code incorrect, il vous reste 2 essais."), (wrong.ExitCode, wrong.Error.Trim()));
        Assert.Equal(ExitCode.Refused, right.ExitCode);
        Assert.Contains("Quel code PIN ? L'activation continue par « psc phone activate --pin CODE ».", right.Error, StringComparison.Ordinal);
        Assert.Equal((ExitCode.Done, ""), (enrolled.ExitCode, enrolled.Error));
        Assert.Null(State.Activation);
    }

    [Fact]
    public async Task The_only_request_that_waits_is_approved_without_its_name()
    {
        Enrol();
        _api.Answers("GET /ecps/v1/requests", 200, $$"""{ "requests": [{{ApiTexts.Request}}] }""")
            .Answers("POST /ecps/v1/requests/r1/challenge", 200, ApiTexts.Challenge)
            .Answers("POST /ecps/v1/requests/r1/approve", 403, ApiTexts.Problem("pin-wrong", "Code PIN incorrect, il vous reste 2 essais.", """, "attemptsLeft": 2 """))
            .Answers("POST /ecps/v1/requests/r1/approve", 200, """{ "outcome": "approved" }""");

        var list = await PscAsync("list");
        var wrong = await PscAsync("approve", "--number", "42", "--pin", "1593");
        var right = await TypingAsync("42\n2580\n", "approve", "r1");

        Assert.Matches("r1 .*Mon logiciel .*Firefox sur Linux \\(jamais vu\\) .*Rennes .*01/01/2026 08:00 .*120 s", list.Output);
        Assert.Equal((ExitCode.Refused, "Code PIN incorrect, il vous reste 2 essais."), (wrong.ExitCode, wrong.Error.Trim()));
        Assert.Equal((ExitCode.Done, "La demande est validée : la connexion continue sur l'ordinateur."), (right.ExitCode, right.Output.Trim()));
        Assert.Equal(2u, State.Phone!.Key.Counter);
    }

    [Theory]
    [InlineData("[]", "Aucune demande en attente.")]
    [InlineData($"[{ApiTexts.Request},{ApiTexts.Request}]", "Quelle demande ? « psc phone list » les affiche.")]
    public async Task An_answer_to_nobody_or_to_somebody_of_many_is_refused(string requests, string sentence)
    {
        Enrol();
        _api.Answers("GET /ecps/v1/requests", 200, $$"""{ "requests": {{requests}} }""");

        var run = await PscAsync("deny", "--not-me");

        Assert.Equal((ExitCode.Refused, sentence), (run.ExitCode, run.Error.Trim()));
    }

    [Theory]
    [InlineData("delete", """{"action":"delete"}""")]
    [InlineData("forget", """{"action":"forgotten-pin"}""")]
    public async Task An_e_CPS_is_ended_after_a_confirmation_only(string command, string challenge)
    {
        Enrol();
        _api.Answers("POST /ecps/v1/e-cps/challenge", 200, ApiTexts.Challenge)
            .Answers("POST /ecps/v1/e-cps/deactivate", 200, """{ "state": "inactive", "reason": "deleted", "since": "2026-01-01T08:00:00Z" }""");

        var refused = await TypingAsync("n\n", command);
        var silent = await PscAsync(command);
        Assert.Empty(_api.Calls);
        var confirmed = await TypingAsync("o\n", command);
        var yes = await PscAsync(command, "--yes");

        Assert.Equal((ExitCode.Refused, ExitCode.Refused), (refused.ExitCode, silent.ExitCode));
        Assert.EndsWith("Rien n'a été changé.", refused.Error.Trim(), StringComparison.Ordinal);
        Assert.Equal((ExitCode.Done, "Votre e-CPS est désactivée : Inactive."), (confirmed.ExitCode, confirmed.Output.Trim()));
        Assert.Equal(ExitCode.Done, yes.ExitCode);
        Assert.Equal(challenge, _api.Calls[0].Body);
    }

    [Fact]
    public async Task The_status_is_what_the_server_says()
    {
        Enrol();
        _api.Answers("GET /ecps/v1/e-cps", 200, ApiTexts.ECps)
            .Answers("GET /ecps/v1/e-cps", 410, ApiTexts.Problem("e-cps-inactive", "Votre e-CPS a été désactivée.", """, "reason": "deactivated" """));

        var active = await PscAsync("status");
        var inactive = await PscAsync("status");

        Assert.Matches("Camille FICTIF(.|\n)*898765000017(.|\n)*Actif(.|\n)*par carte(.|\n)*01/01/2029 08:00(.|\n)*Pixel 9", active.Output);
        Assert.Equal((ExitCode.Refused, "Votre e-CPS a été désactivée. Motif : désactivée depuis « Mon compte »."), (inactive.ExitCode, inactive.Error.Trim()));
    }

    [Fact]
    public async Task Watching_ends_with_the_e_CPS()
    {
        Enrol();
        _api.Answers("GET /ecps/v1/events", 401, ApiTexts.Problem("token-invalid", "Ce téléphone n'est plus reconnu."));

        var run = await PscAsync("watch");

        Assert.Equal((ExitCode.Refused, "Ce téléphone n'est plus reconnu."), (run.ExitCode, run.Error.Trim()));
    }

    [Fact]
    public async Task A_phone_is_forgotten_after_a_confirmation_only()
    {
        Enrol();

        var refused = await PscAsync("reset");
        var kept = System.IO.File.Exists(StatePath);
        var done = await PscAsync("reset", "--yes");

        Assert.Equal((ExitCode.Refused, true), (refused.ExitCode, kept));
        Assert.Equal((ExitCode.Done, false), (done.ExitCode, System.IO.File.Exists(StatePath)));
        Assert.Empty(_api.Calls);
    }

    [Theory]
    [InlineData("activate", "--qr", Secret)]
    [InlineData("status")]
    [InlineData("reset", "--yes")]
    public async Task A_corrupt_phone_is_one_sentence_and_left_alone(params string[] args)
    {
        System.IO.File.WriteAllText(StatePath, "{ \"origin\": ");

        var run = await PscAsync(args);

        Assert.Equal(ExitCode.Refused, run.ExitCode);
        Assert.Contains("ne contient pas un téléphone lisible ; il n'a pas été touché.", run.Error, StringComparison.Ordinal);
        Assert.Equal("{ \"origin\": ", System.IO.File.ReadAllText(StatePath));
    }

    [Theory]
    [InlineData("http://wallet.example.org")]
    [InlineData("ftp://localhost")]
    [InlineData("https://wallet.example.org/app/")]
    [InlineData("wallet.example.org")]
    public async Task A_server_is_an_origin_with_TLS_or_on_this_machine(string server)
    {
        var run = await PscAsync("list", "--server", server);

        Assert.Equal(ExitCode.Misused, run.ExitCode);
        Assert.Contains($"--server {server} : attendu https://hôte[:port]", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_e_CPS_belongs_to_one_server()
    {
        Enrol();

        var run = await PscAsync("list", "--server", "http://localhost:8080");

        Assert.Equal(ExitCode.Refused, run.ExitCode);
        Assert.Contains("appartient à un autre serveur", run.Error, StringComparison.Ordinal);
        Assert.Empty(_api.Calls);
    }

    [Fact]
    public void The_conditions_that_the_phone_accepts_are_the_applications()
    {
        var conditions = System.IO.File.ReadAllText(Repository.PathOf("src", "ProSanteConnect.DeviceApp", "wwwroot", "app", "cgu.html"));

        Assert.Contains($"<meta name=\"version\" content=\"{SoftwarePhone.ConditionsVersion}\">", conditions, StringComparison.Ordinal);
    }

    private void Enrol() => File.Write(Activated());

    private Task<ToolRun> PscAsync(params string[] args) => TypingAsync("", args);

    private Task<ToolRun> TypingAsync(string typed, params string[] args)
    {
        var world = new PhoneEnvironment(_clock) { Keyboard = new StringReader(typed), Network = _ => _api.Line() };
        return ToolRun.OfAsync(PhoneCommand.Create(world), [.. args, "--state", StatePath]);
    }
}
