using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Internal;
using Microsoft.Extensions.Logging;
using ProSanteConnect.Testing;
using WebRelyingParty;

namespace ProSanteConnect.Server.Tests.Samples;

/// <summary>The unchanged sample, configured by its own settings for a provider in memory: the discovery address and the credentials.</summary>
internal sealed class SampleApp(PscApp provider, string secret) : WebApplicationFactory<PscOptions>
{
    public const string Origin = "http://localhost:5080";

    public bool ProviderIsReachable { get; set; } = true;

    protected override void ConfigureWebHost(IWebHostBuilder builder) => builder
        .UseSetting("Psc:Discovery", PscApp.Issuer + "/.well-known/wallet-openid-configuration")
        .UseSetting("Psc:ClientSecret", secret)
        .UseSetting("Psc:TrustedRoot", "")
        .ConfigureLogging(logging => logging.ClearProviders())
        .ConfigureTestServices(services =>
        {
            services.AddDataProtection().UseEphemeralDataProtectionProvider();
            services.Replace(ServiceDescriptor.Singleton<TimeProvider>(provider.Clock));
            services.Configure<MemoryCacheOptions>(cache => cache.Clock = new CacheClock(provider.Clock));
            services.Configure<OpenIdConnectOptions>(OpenIdConnectDefaults.AuthenticationScheme, oidc =>
            {
                oidc.BackchannelHttpHandler = new Line(this, provider.Server.CreateHandler());
                // The library uses the system clock; here it uses the clock of the test.
                oidc.TokenValidationParameters.LifetimeValidator = (_, expires, _, _) => provider.Clock.GetUtcNow() < expires;
            });
        });

    /// <summary>The connection from the application to the provider, which a test may interrupt.</summary>
    private sealed class Line(SampleApp app, HttpMessageHandler provider) : DelegatingHandler(provider)
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            app.ProviderIsReachable ? base.SendAsync(request, cancellationToken) : throw new HttpRequestException("The line is cut.");
    }

    private sealed class CacheClock(TimeProvider clock) : ISystemClock
    {
        public DateTimeOffset UtcNow => clock.GetUtcNow();
    }
}
