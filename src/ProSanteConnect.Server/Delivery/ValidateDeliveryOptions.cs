using Microsoft.Extensions.Options;

namespace ProSanteConnect.Server.Delivery;

/// <summary>Reads every template at the start: a missing file or an unknown placeholder is not found out by the first practitioner.</summary>
internal sealed class ValidateDeliveryOptions : IValidateOptions<DeliveryOptions>
{
    public ValidateOptionsResult Validate(string? name, DeliveryOptions options) =>
        new TemplateSet(options.TemplatesFolder).Failures is { Count: > 0 } failures
            ? ValidateOptionsResult.Fail(failures)
            : ValidateOptionsResult.Success;
}
