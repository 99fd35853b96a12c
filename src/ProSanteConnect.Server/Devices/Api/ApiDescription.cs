using Microsoft.AspNetCore.Authorization;
using Microsoft.OpenApi;
using ProSanteConnect.Server.Enrolment.Api;
using ProSanteConnect.Server.Enrolment.Grants;

namespace ProSanteConnect.Server.Devices.Api;

/// <summary>The description of the API, enough to write a phone from. Its prose stands in <c>openapi.md</c> beside this file.</summary>
internal static class ApiDescription
{
    private const string Resource = "openapi/ecps.md";

    public static IServiceCollection AddApiDescription(this IServiceCollection services) => services.AddOpenApi(DeviceApi.Document, options =>
    {
        options.ShouldInclude = description => description.GroupName == DeviceApi.Document;
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo { Title = "e-CPS API", Version = "1", Description = Prose() };
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
            {
                [DeviceTokenHandler.Name] = Bearer("The device token, of POST /enrolment or POST /device-token."),
                [ActivationTokenHandler.Name] = Bearer("The pairing or enrolment token, of the token endpoint."),
            };
            TokenEndpointDescription.AddTo(document);
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            var policy = context.Description.ActionDescriptor.EndpointMetadata.OfType<IAuthorizeData>().FirstOrDefault()?.Policy;
            if (policy is not null)
            {
                operation.Security =
                    [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(policy, context.Document)] = [] }];
            }

            return Task.CompletedTask;
        });
    });

    private static OpenApiSecurityScheme Bearer(string description) =>
        new() { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = description };

    private static string Prose()
    {
        using var stream = typeof(ApiDescription).Assembly.GetManifestResourceStream(Resource)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
