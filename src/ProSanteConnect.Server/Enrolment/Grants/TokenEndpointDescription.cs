using Microsoft.OpenApi;
using ProSanteConnect.Server.Protocol;

namespace ProSanteConnect.Server.Enrolment.Grants;

/// <summary>The two grants of the phone, which the token endpoint answers and no endpoint of the API: written by hand.</summary>
internal static class TokenEndpointDescription
{
    private const string Form = "application/x-www-form-urlencoded";

    public static void AddTo(OpenApiDocument document) => document.Paths.Add("/" + ProtocolPaths.Token, new OpenApiPathItem
    {
        Operations = new Dictionary<HttpMethod, OpenApiOperation>
        {
            [HttpMethod.Post] = new()
            {
                Summary = "A7 and A9, B5 and B7: a scanned QR code for a pairing token, and that with its code for an enrolment token.",
                Tags = new HashSet<OpenApiTagReference>(),
                RequestBody = new OpenApiRequestBody
                {
                    Required = true,
                    Content = new Dictionary<string, OpenApiMediaType> { [Form] = new() { Schema = RequestSchema() } },
                },
                Responses = new OpenApiResponses
                {
                    ["200"] = Answer("The pairing token, or the enrolment token.", AnswerSchema()),
                    ["400"] = Answer("Refused (RFC 6749, 5.2; RFC 8628, 3.5).", ErrorSchema()),
                },
            },
        },
    });

    private static OpenApiSchema RequestSchema() => Members(
        ("client_id", "Always `ecps-app`."),
        ("grant_type", "`urn:prosanteconnect:params:oauth:grant-type:ecps-qr` or `urn:prosanteconnect:params:oauth:grant-type:ecps-code`."),
        ("qr_code", "ecps-qr: what stands behind `#qr=` in the scanned address."),
        ("device_name", "ecps-qr: the phone in its owner's words, at most 60 characters; optional."),
        ("pairing_token", "ecps-code: the token of the first grant."),
        ("code", "ecps-code: the six digits of the SMS; left out for a card, whose code is typed on the computer."));

    private static OpenApiSchema AnswerSchema() => Members(
        ("access_token", "The pairing token (ecps-qr) or the enrolment token (ecps-code)."),
        ("token_type", "Always `Bearer`."),
        ("expires_in", "Seconds until the next step must have come."),
        ("activation_mode", "ecps-qr: `card` or `contact_details`."),
        ("holder", "ecps-qr: whose activation it is."),
        ("pairing_code", "ecps-qr, card: six digits to be shown, which the holder types on the computer."),
        ("code_expires_in", "ecps-qr, card: seconds in which they must be typed."),
        ("interval", "ecps-qr: seconds to wait between two questions."),
        ("masked_phone", "ecps-qr, contact details: where an SMS would go."));

    private static OpenApiSchema ErrorSchema() => Members(
        ("error", "`authorization_pending`, `slow_down`, `expired_token`, `access_denied` or `invalid_grant`."),
        ("error_description", "For the developer."),
        ("attempts_left", "With `invalid_grant`, when the code was wrong: how many tries are left."));

    private static OpenApiResponse Answer(string description, OpenApiSchema schema) => new()
    {
        Description = description,
        Content = new Dictionary<string, OpenApiMediaType> { ["application/json"] = new() { Schema = schema } },
    };

    private static OpenApiSchema Members(params IEnumerable<(string Name, string Description)> members) => new()
    {
        Type = JsonSchemaType.Object,
        Properties = members.ToDictionary(
            member => member.Name,
            member => (IOpenApiSchema)new OpenApiSchema
            {
                Type = member.Name is "expires_in" or "code_expires_in" or "interval" or "attempts_left" ? JsonSchemaType.Integer : JsonSchemaType.String,
                Description = member.Description,
            }),
    };
}
