using ProSanteConnect.Core.Enrolment;
using ProSanteConnect.Core.Practitioners;
using ProSanteConnect.Core.RelyingParties;
using ProSanteConnect.Server.Devices.Api;
using ProSanteConnect.Server.Enrolment.Api;
using ProSanteConnect.Server.Enrolment.Card;
using ProSanteConnect.Server.Enrolment.ContactDetails;
using ProSanteConnect.Server.Enrolment.Grants;
using ProSanteConnect.Server.Shared.Hosting;

namespace ProSanteConnect.Server.Enrolment;

/// <summary>
/// The activation of an e-CPS, by card (A1–A10) and by contact details (B1–B9): the page on the computer, two grants of the token
/// endpoint, and endpoints of the API of the phone app.
/// </summary>
internal static class EnrolmentFeature
{
    public static IServiceCollection AddEnrolment(this IServiceCollection services)
    {
        services.AddValidatedOptions<ActivationOptions>("Activation");
        services.AddScoped<Activations>();
        services.AddScoped<ECpsActivation>();
        services.AddScoped<RppsSearch>();
        services.AddScoped<CardActivations>();
        services.AddSingleton<ShownQrCode>();
        services.AddSingleton<SearchLimits>();
        services.AddScoped<DeviceEnrolment>();
        services.AddApiToken<ActivationTokenHandler>(ActivationTokenHandler.Name, "The pairing or enrolment token, of the token endpoint.");
        services.DescribeInApi(TokenEndpointDescription.AddTo);
        services.AddOpenIddict().AddServer(server =>
        {
            foreach (var grantType in PhoneApp.GrantTypes) server.AllowCustomFlow(grantType);
            server.AddEventHandler(HandleECpsGrants.Descriptor);
        });
        return services;
    }

    public static void MapEnrolment(this IEndpointRouteBuilder app)
    {
        app.MapGet(ActivationStatusEndpoint.Route, ActivationStatusEndpoint.Tell);

        var anybody = app.MapApiGroup(DeviceApi.BeforeAnyToken);
        anybody.MapPost("/activation-requests", ContactDetailsEndpoints.RequestActivation).ProducesProblem(400).ProducesProblem(429)
            .WithSummary("B3: asks for a mail with a QR code. The answer is always the same.");
        anybody.MapPost("/rpps-search", ContactDetailsEndpoints.SearchRpps).ProducesProblem(400).ProducesProblem(404).ProducesProblem(429)
            .WithSummary("B3.3–B3.5: finds the RPPS number of who knows the mail address and the telephone number of the directory.");
        anybody.MapPost("/activation/inspect", ContactDetailsEndpoints.InspectQrCode).ProducesProblem(404).ProducesProblem(410)
            .WithSummary("Says whose a QR code is; consumes nothing.");

        var activation = app.MapApiGroup("Activation").RequireAuthorization(ActivationTokenHandler.Name).ProducesProblem(401).ProducesProblem(410);
        activation.MapGet("/activation", ActivationEndpoints.Show).WithSummary("Where the activation stands. Pairing or enrolment token.");
        activation.MapPost("/activation/sms", ActivationEndpoints.SendSms).ProducesProblem(409).ProducesProblem(429)
            .WithSummary("B6: sends the code to the telephone number of the directory. Pairing token.");
        activation.MapPost("/enrolment/options", EnrolmentEndpoints.Begin)
            .WithSummary("What the phone makes its key from (WebAuthn). Enrolment token.");
        activation.MapPost("/enrolment", EnrolmentEndpoints.Finish).AllowAnonymous().HashesPin().ProducesProblem(422)
            .WithSummary("A10, B8: registers key and PIN; the e-CPS is active and has replaced the former one. Enrolment token.");
    }
}
