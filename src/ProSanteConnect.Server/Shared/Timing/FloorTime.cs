using Microsoft.Extensions.Options;

namespace ProSanteConnect.Server.Shared.Timing;

/// <summary>Lets an answer take as long as every other of its kind: how long it took tells nothing.</summary>
internal sealed class FloorTime(IOptions<FloorTimeOptions> options, TimeProvider clock)
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
