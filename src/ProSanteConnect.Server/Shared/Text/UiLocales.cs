using Microsoft.AspNetCore.Localization;

namespace ProSanteConnect.Server.Shared.Text;

/// <summary>
/// The language that a relying party requests: <c>ui_locales</c>, language tags in order of preference, separated by spaces
/// (OpenID Connect Core, section 3.1.2.1).
/// </summary>
internal sealed class UiLocales : RequestCultureProvider
{
    public const string Parameter = "ui_locales";
    private const int MaxLength = 200;

    public override Task<ProviderCultureResult?> DetermineProviderCultureResult(HttpContext httpContext) =>
        Task.FromResult(Parse(httpContext.Request.Query[Parameter]));

    public static ProviderCultureResult? Parse(string? value) =>
        value is { Length: > 0 and <= MaxLength } && value.Split(' ', StringSplitOptions.RemoveEmptyEntries) is { Length: > 0 } tags
            ? new ProviderCultureResult([.. tags.Select(tag => new Microsoft.Extensions.Primitives.StringSegment(tag))])
            : null;
}
