using Microsoft.Extensions.Options;
using ProSanteConnect.Core.Delivery;
using ProSanteConnect.Server.Delivery.Mail;
using ProSanteConnect.Server.Delivery.Push;
using ProSanteConnect.Server.Delivery.Sms;

namespace ProSanteConnect.Server.Delivery;

/// <summary>The ways out that are open: one that stands in for a gateway (the sandbox's, a test's), else those that are configured.</summary>
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
