using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using ProSanteConnect.Core.Practitioners;
using ProSanteConnect.Testing;

namespace ProSanteConnect.Server.Tests.Protocol.Endpoints;

[Collection<SharedProviderTests>]
[Trait("Requirement", "PSC-1.7")]
public sealed class UserInfoAnswers(SharedProvider provider)
{
    private const string UserInfo = RelyingParty.Realm + "/userinfo";

    [Fact]
    public async Task GET_and_POST_and_a_posted_token_are_answered_alike()
    {
        var token = (await provider.SignInAsync()).AccessToken;

        var answers = new[]
        {
            await SendAsync(HttpMethod.Get, token, null),
            await SendAsync(HttpMethod.Post, token, []),
            await SendAsync(HttpMethod.Post, null, new() { ["access_token"] = token }),
        };

        Assert.Each(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        Assert.Each(answers, answer => Assert.Equal("application/json", answer.Content.Headers.ContentType!.ToString()));
        Assert.Each(answers, answer => Assert.Equal("no-store", answer.Headers.CacheControl!.ToString()));
        var documents = await Task.WhenAll(answers.Select(answer => answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
        Assert.Single(documents.Distinct());
    }

    [Fact]
    public async Task A_POST_without_a_body_is_answered_too()
    {
        var token = (await provider.SignInAsync()).AccessToken;
        using var request = new HttpRequestMessage(HttpMethod.Post, UserInfo);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);

        var response = await provider.App.Http().SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData("bearer")]
    [InlineData("BEARER")]
    [InlineData("bEARER")]
    public async Task The_scheme_may_be_written_in_any_case(string scheme)
    {
        var token = (await provider.SignInAsync()).AccessToken;

        Assert.Equal(HttpStatusCode.OK, (await SendAsync(HttpMethod.Get, token, null, scheme)).StatusCode);
    }

    [Fact]
    public async Task The_whole_identity_is_told_in_Pro_Sante_Connects_names()
    {
        var tokens = await provider.SignInAsync();
        var document = await RelyingParty.JsonAsync(await provider.Rp.UserInfoAsync(tokens.AccessToken));

        Assert.Equal(
            [
                "Acces_Regulation_Medicale", "Mode_Acces_Raison", "PSI_Locale", "Palier_Authentification", "Secteur_Activite", "SubjectNameID",
                "SubjectOrganization", "SubjectOrganizationID", "SubjectRefPro", "SubjectRole", "UITVersion", "authMode", "codeCivilite",
                "codeGenreActivite", "email_verified", "family_name", "given_name", "otherIds", "preferred_username", "sub",
            ],
            document.Names());
        Assert.Equal(RelyingParty.Payload(tokens.IdToken).Text("sub"), document.Text("sub"));
        Assert.Equal("898765000017", document.Text("SubjectNameID"));
        Assert.Equal("898765000017", document.Text("preferred_username"));
        Assert.Equal("SA07^1.2.250.1.71.4.2.4", document.Text("Secteur_Activite"));
        Assert.Equal("CABINET DU DR FICTIF", document.Text("SubjectOrganization"));
        Assert.Equal("R98765000017013", document.Text("SubjectOrganizationID"));
        Assert.Equal(["10^1.2.250.1.213.1.1.5.5"], document.Texts("SubjectRole"));
        Assert.Equal("", document.Text("Mode_Acces_Raison"));
        Assert.Equal("FAUX", document.Text("Acces_Regulation_Medicale"));
        Assert.Equal("1.0", document.Text("UITVersion"));
        Assert.Equal("APPPRIP3^1.2.250.1.213.1.5.1.1.1", document.Text("Palier_Authentification"));
        Assert.Equal("1.2.250.1.213.1.3.1.1", document.Text("PSI_Locale"));
        Assert.Equal("CARD", document.Text("authMode"));
        Assert.Equal("RPPS", document.GetProperty("otherIds")[0].Text("origine"));
    }

    [Fact]
    public async Task A_practice_and_its_activity_have_all_their_members_and_an_absent_value_is_empty()
    {
        var tokens = await provider.SignInAsync();
        var practice = (await RelyingParty.JsonAsync(await provider.Rp.UserInfoAsync(tokens.AccessToken)))
            .GetProperty("SubjectRefPro").GetProperty("exercices")[0];
        var activity = practice.GetProperty("activities")[0];

        Assert.Equal(
            [
                "activities", "codeCategorieProfessionnelle", "codeCiviliteDexercice", "codeProfession", "codeSavoirFaire", "codeTypeSavoirFaire",
                "nomDexercice", "prenomDexercice",
            ],
            practice.Names());
        Assert.Equal(
            [
                "adresseEMail", "ancienIdentifiantDeLaStructure", "autoriteDenregistrement", "bureauCedex", "codeCommune", "codeDepartement",
                "codeGenreActivite", "codeModeExercice", "codePays", "codePostal", "codeRole", "codeSecteurDactivite", "codeSectionPharmacien",
                "codeTypeDeVoie", "complementDestinataire", "complementPointGeographique", "enseigneCommercialeSite",
                "identifiantTechniqueDeLaStructure", "indiceRepetitionVoie", "libelleVoie", "mentionDistribution", "numeroFinessSite",
                "numeroFinessetablissementJuridique", "numeroSirenSite", "numeroSiretSite", "numeroVoie", "raisonSocialeSite", "telecopie",
                "telephone", "telephone2",
            ],
            activity.Names());
        Assert.Each(activity.EnumerateObject(), member => Assert.Equal(JsonValueKind.String, member.Value.ValueKind));
        Assert.Equal("", activity.Text("telephone"));
        Assert.Equal("GENR01", activity.Text("codeGenreActivite"));
    }

    [Fact]
    public async Task Nothing_is_ever_null()
    {
        var tokens = await provider.SignInAsync();

        var text = await (await provider.Rp.UserInfoAsync(tokens.AccessToken)).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.DoesNotContain("null", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_employee_without_a_profession_has_one_practice_with_sector_and_organization()
    {
        var employee = Build.Practitioner("3990000010/CPET00042");
        employee.Practices =
        [
            new Practice { Activities = [new Activity { SectorCode = "SA01", RoleCode = "FON-33", OrganizationName = "CENTRE HOSPITALIER IMAGINAIRE" }] },
        ];
        await provider.App.AddAsync(employee);
        using var browser = provider.App.NewBrowser();
        var tokens = await provider.Rp.RedeemAsync((await provider.Rp.SignInAsync(browser, employee))["code"]);

        var document = await RelyingParty.JsonAsync(await provider.Rp.UserInfoAsync(tokens.AccessToken));

        var practice = Assert.Single(document.GetProperty("SubjectRefPro").GetProperty("exercices").EnumerateArray());
        Assert.Equal("", practice.Text("codeProfession"));
        Assert.Equal("FON-33", practice.GetProperty("activities")[0].Text("codeRole"));
        Assert.Equal("CENTRE HOSPITALIER IMAGINAIRE", document.Text("SubjectOrganization"));
        Assert.Equal("SA01^1.2.250.1.71.4.2.4", document.Text("Secteur_Activite"));
        Assert.Empty(document.Texts("SubjectRole"));
    }

    [Fact]
    public async Task A_person_without_a_practice_has_no_SubjectRefPro()
    {
        var practitioner = await provider.App.AddAsync(Build.Practitioner("898765000033").WithoutPractice());
        using var browser = provider.App.NewBrowser();
        var tokens = await provider.Rp.RedeemAsync((await provider.Rp.SignInAsync(browser, practitioner))["code"]);

        var document = await RelyingParty.JsonAsync(await provider.Rp.UserInfoAsync(tokens.AccessToken));

        Assert.False(document.Has("SubjectRefPro"));
        Assert.Equal("", document.Text("SubjectOrganization"));
        Assert.Equal("", document.Text("Secteur_Activite"));
        Assert.Empty(document.Texts("SubjectRole"));
    }

    [Theory]
    [InlineData("openid", new[] { "SubjectNameID", "preferred_username", "sub" })]
    [InlineData("openid profile", new[] { "SubjectNameID", "codeCivilite", "email_verified", "family_name", "given_name", "preferred_username", "sub" })]
    [InlineData("openid identity", new[] { "SubjectNameID", "codeCivilite", "email_verified", "family_name", "given_name", "preferred_username", "sub" })]
    public async Task The_scope_decides_how_much_is_told(string scope, string[] members)
    {
        var tokens = await provider.SignInAsync(parameters: new() { ["scope"] = scope });

        Assert.Equal(members, (await RelyingParty.JsonAsync(await provider.Rp.UserInfoAsync(tokens.AccessToken))).Names());
    }

    [Fact]
    [Trait("Requirement", "RFC9700-4.3.2")]
    public async Task A_token_in_the_address_is_no_token()
    {
        var token = (await provider.SignInAsync()).AccessToken;

        var response = await provider.App.Http().GetAsync($"{UserInfo}?access_token={token}", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    [Trait("Requirement", "RFC6750-2")]
    public async Task A_token_that_is_sent_in_two_ways_is_refused()
    {
        var token = (await provider.SignInAsync()).AccessToken;

        var response = await SendAsync(HttpMethod.Post, token, new() { ["access_token"] = token });

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("invalid_request", (await RelyingParty.JsonAsync(response)).Text("error"));
    }

    [Theory]
    [InlineData("Bearer  ")]
    [InlineData("bearer   ")]
    public async Task More_than_one_space_may_precede_the_token(string scheme)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, RelyingParty.Realm + "/userinfo");
        request.Headers.TryAddWithoutValidation("Authorization", scheme + provider.Tokens.AccessToken);

        var response = await provider.App.Http().SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    [Trait("Requirement", "RFC6750-3.1")]
    public async Task Without_a_token_the_challenge_names_no_error()
    {
        var response = await SendAsync(HttpMethod.Get, null, null);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("Bearer realm=\"esante-wallet\"", response.Headers.WwwAuthenticate.Single().ToString());
    }

    [Fact]
    [Trait("Requirement", "PSC-1.11")]
    public async Task A_refusal_is_JSON_and_a_challenge_with_the_same_words()
    {
        var response = await provider.Rp.UserInfoAsync("abc");
        var error = await RelyingParty.JsonAsync(response);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("application/json", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal("invalid_token", error.Text("error"));
        Assert.NotEmpty(error.Text("error_description"));
        Assert.Contains($"error_description=\"{error.Text("error_description")}\"", response.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_of_a_client_itself_names_nobody()
    {
        var rp = await provider.RegisterAsync(client => client.GrantTypes = ["client_credentials"]);
        var token = (await rp.TokenAsync(new() { ["grant_type"] = "client_credentials" })).AccessToken;

        Assert.Equal(HttpStatusCode.Unauthorized, (await rp.UserInfoAsync(token)).StatusCode);
    }

    [Fact]
    public async Task A_change_in_the_directory_shows_at_once()
    {
        var practitioner = await provider.App.AddAsync(Build.Practitioner("898765000041"));
        using var browser = provider.App.NewBrowser();
        var tokens = await provider.Rp.RedeemAsync((await provider.Rp.SignInAsync(browser, practitioner))["code"]);
        await provider.Rp.UserInfoAsync(tokens.AccessToken);

        await using (var db = provider.App.Database.Open())
        {
            db.Attach(practitioner);
            practitioner.FamilyName = "NOUVEAU";
            practitioner.UpdatedAt = provider.App.Clock.GetUtcNow().AddSeconds(1);
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        var document = await RelyingParty.JsonAsync(await provider.Rp.UserInfoAsync(tokens.AccessToken));

        Assert.Equal("NOUVEAU", document.Text("family_name"));
    }

    private async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string? token, Dictionary<string, string>? form, string scheme = "Bearer")
    {
        using var request = new HttpRequestMessage(method, UserInfo);
        if (token is not null) request.Headers.TryAddWithoutValidation("Authorization", $"{scheme} {token}");
        if (form is not null) request.Content = new FormUrlEncodedContent(form);
        return await provider.App.Http().SendAsync(request, TestContext.Current.CancellationToken);
    }
}
