using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace ProSanteConnect.Server.Devices.Api;

/// <summary>The OpenAPI description of the phone app's API. Its introduction is in <c>openapi.md</c> beside this file.</summary>
internal static class ApiDescription
{
    private const string Resource = "openapi/ecps.md";

    public static IServiceCollection AddApiDescription(this IServiceCollection services) => services.AddOpenApi(DeviceApi.Document, options =>
    {
        options.ShouldInclude = description => description.GroupName == DeviceApi.Document;
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo { Title = "e-CPS API", Version = "1", Description = Prose() };
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

    /// <summary>Describes a bearer token of the API; the name is that of its policy.</summary>
    public static void DescribeApiToken(this IServiceCollection services, string name, string description) =>
        services.DescribeInApi(document =>
        {
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
            document.Components.SecuritySchemes[name] =
                new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = description };
        });

    /// <summary>Lets a feature add to the description what cannot be derived from its endpoints.</summary>
    public static void DescribeInApi(this IServiceCollection services, Action<OpenApiDocument> describe) =>
        services.Configure<OpenApiOptions>(DeviceApi.Document, options => options.AddDocumentTransformer((document, _, _) =>
        {
            describe(document);
            return Task.CompletedTask;
        }));

    private static string Prose()
    {
        using var stream = typeof(ApiDescription).Assembly.GetManifestResourceStream(Resource)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
