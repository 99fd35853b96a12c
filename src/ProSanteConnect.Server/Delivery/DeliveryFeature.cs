using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.Delivery;
using ProSanteConnect.Core.Keys;
using ProSanteConnect.Server.Delivery.Mail;
using ProSanteConnect.Server.Delivery.Push;
using ProSanteConnect.Server.Delivery.Sms;
using ProSanteConnect.Server.Protocol.Engine;
using ProSanteConnect.Server.Shared.Telemetry;

namespace ProSanteConnect.Server.Delivery;

/// <summary>What reaches a holder away from our pages: the outbox, its worker, and the ways out.</summary>
internal static class DeliveryFeature
{
    /// <summary>Needs the database, the master key and the public origins as services.</summary>
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
        services.AddSingleton<IHolderNotifier>(provider =>
        {
            var clients = provider.GetRequiredService<ClientDirectory>();
            return new HolderNotifier(
                provider.GetRequiredService<Outbox>(), provider.GetRequiredService<MasterKey>(), clientId => clients.Find(clientId)?.Name);
        });
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
