namespace ProSanteConnect.Server.Shared.Http;

internal static class Pauses
{
    /// <summary>Waits before the next round of a job; false when the host stops meanwhile, and the job with it.</summary>
    public static async Task<bool> PauseAsync(this TimeProvider clock, TimeSpan time, CancellationToken stopping)
    {
        try
        {
            await Task.Delay(time, clock, stopping);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
