using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace ProSanteConnect.Server.Shared.Http;

/// <summary>Delays a response to a minimum time, so that its duration discloses nothing.</summary>
internal sealed class MinimumResponseTime(IOptions<MinimumResponseTimeOptions> options, TimeProvider clock)
{
    public Task<TResult> OfDirectoryAsync<TResult>(Func<Task<TResult>> work, CancellationToken ct) => OfAsync(options.Value.Directory, work, ct);

    public Task<TResult> OfApprovalAsync<TResult>(Func<Task<TResult>> work, CancellationToken ct) => OfAsync(options.Value.Approval, work, ct);

    private async Task<TResult> OfAsync<TResult>(TimeSpan floor, Func<Task<TResult>> work, CancellationToken ct)
    {
        var begun = clock.GetTimestamp();
        var result = await work();
        var left = floor - clock.GetElapsedTime(begun);
        if (left > TimeSpan.Zero) await Task.Delay(left, clock, ct);
        return result;
    }
}

/// <summary>
/// The minimum time of responses whose duration must not disclose who is in the directory (section <c>MinimumResponseTime</c>;
/// security-checklist T6, T7).
/// </summary>
internal sealed class MinimumResponseTimeOptions
{
    /// <summary>The phone's search for an RPPS number, and its request for a mail. From 0 to 1.5 seconds; 500 milliseconds by default.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:01.5")]
    public TimeSpan Directory { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The sign-in page's request to a phone. From 0 to 1.5 seconds; 150 milliseconds by default.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:01.5")]
    public TimeSpan Approval { get; set; } = TimeSpan.FromMilliseconds(150);
}

internal static class TimingFeature
{
    public static IServiceCollection AddTiming(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<MinimumResponseTimeOptions>().BindConfiguration("MinimumResponseTime").ValidateDataAnnotations();
        return services.AddSingleton<MinimumResponseTime>();
    }
}
