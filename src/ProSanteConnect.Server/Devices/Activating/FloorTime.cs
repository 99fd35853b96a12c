using Microsoft.Extensions.Options;

namespace ProSanteConnect.Server.Devices.Activating;

/// <summary>Lets an answer take as long as every other one: how long it took tells nothing of the directory (security-checklist T7).</summary>
internal sealed class FloorTime(IOptions<ActivatingOptions> options, TimeProvider clock)
{
    public async Task<TResult> OfAsync<TResult>(Func<Task<TResult>> work, CancellationToken ct)
    {
        var begun = clock.GetTimestamp();
        var result = await work();
        var left = options.Value.FloorTime - clock.GetElapsedTime(begun);
        if (left > TimeSpan.Zero) await Task.Delay(left, clock, ct);
        return result;
    }
}
