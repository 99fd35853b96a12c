using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.Delivery;
using ProSanteConnect.Core.Security;
using ProSanteConnect.Server.Delivery.Mail;
using ProSanteConnect.Server.Delivery.Push;
using ProSanteConnect.Server.Delivery.Sms;
using ProSanteConnect.Server.Shared.Telemetry;

namespace ProSanteConnect.Server.Delivery;

/// <summary>Messages to holders by mail, SMS and push: the outbox, its worker, and the channels.</summary>
internal static class DeliveryFeature
{
    /// <summary>Requires the services of database, master key and public origins.</summary>
    public static IServiceCollection AddDelivery(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<OutboxOptions>().BindConfiguration(OutboxOptions.Section).ValidateDataAnnotations();
        services.AddOptionsWithValidateOnStart<DeliveryOptions>().BindConfiguration("Delivery");
        services.AddSingleton<IValidateOptions<DeliveryOptions>, ValidateDeliveryOptions>();
        services.AddOptionsWithValidateOnStart<SmtpOptions>().BindConfiguration("Smtp").ValidateDataAnnotations();
        services.AddOptionsWithValidateOnStart<SmsGatewayOptions>().BindConfiguration("Sms").ValidateDataAnnotations();
        services.AddOptionsWithValidateOnStart<PushOptions>().BindConfiguration("Push").ValidateDataAnnotations();
        services.TryAddSingleton<PscMetrics>();

        services.AddSingleton<OutboxSignal>();
        services.AddSingleton<IInterceptor>(provider => provider.GetRequiredService<OutboxSignal>());
        services.AddSingleton<Outbox>();
        services.AddSingleton<IHolderNotifier, HolderNotifier>();
        services.AddSingleton(provider => new OutboxQueue(
            provider.GetRequiredService<PscDbFactory>(),
            provider.GetRequiredService<MasterKey>(),
            provider.GetRequiredService<IOptions<OutboxOptions>>().Value));

        services.AddSingleton(provider => new TemplateSet(provider.GetRequiredService<IOptions<DeliveryOptions>>().Value.TemplatesFolder));
        services.AddSingleton<MessageRenderer>();
        services.AddSingleton<MailComposer>();
        services.TryAddSingleton(PushReach.Internet);
        services.AddSingleton<VapidKeys>();
        services.AddSingleton<SmtpMail>();
        services.AddSingleton<SmsGateway>();
        services.AddSingleton<WebPush>();
        services.AddSingleton<DeliveryChannels>();
        services.AddHostedService<OutboxWorker>();
        return services;
    }
}

/// <summary>The templates of messages (section <c>Delivery</c>).</summary>
internal sealed class DeliveryOptions
{
    /// <summary>
    /// A folder whose files replace the embedded templates of the same name (<c>activation-qr.fr.html</c> …); none by default. A file
    /// with an unknown name or an unknown placeholder prevents the start.
    /// </summary>
    public string? TemplatesFolder { get; set; }
}

/// <summary>Parses every template at start, so that a missing file or an unknown placeholder prevents the start.</summary>
internal sealed class ValidateDeliveryOptions : IValidateOptions<DeliveryOptions>
{
    public ValidateOptionsResult Validate(string? name, DeliveryOptions options) =>
        new TemplateSet(options.TemplatesFolder).Failures is { Count: > 0 } failures
            ? ValidateOptionsResult.Fail(failures)
            : ValidateOptionsResult.Success;
}

/// <summary>The channels in use: registered stand-ins (of the sandbox, of a test), else the configured gateways.</summary>
internal sealed class DeliveryChannels
{
    public DeliveryChannels(IServiceProvider services, IEnumerable<IDelivery> standIns)
    {
        var given = standIns.ToList();
        Open = [.. Enum.GetValues<Channel>().Select(channel => given.Find(one => one.Channel == channel) ?? Configured(channel, services)).OfType<IDelivery>()];
        Closed = [.. Enum.GetValues<Channel>().Except(Open.Select(one => one.Channel))];
    }

    public IReadOnlyList<IDelivery> Open { get; }

    public IReadOnlyList<Channel> Closed { get; }

    private static IDelivery? Configured(Channel channel, IServiceProvider services) => channel switch
    {
        Channel.Mail when Options<SmtpOptions>(services).Host is { Length: > 0 } => services.GetRequiredService<SmtpMail>(),
        Channel.Sms when Options<SmsGatewayOptions>(services).Address is not null => services.GetRequiredService<SmsGateway>(),
        Channel.Push when Options<PushOptions>(services).Enabled => services.GetRequiredService<WebPush>(),
        _ => null,
    };

    private static TOptions Options<TOptions>(IServiceProvider services) where TOptions : class =>
        services.GetRequiredService<IOptions<TOptions>>().Value;
}
