using Microsoft.EntityFrameworkCore;
using ProSanteConnect.Tools.Certs;

namespace ProSanteConnect.Browser.Tests;

/// <summary>Simulates the passing of time by changing times in the database, because the sandbox and the browsers use the system clock.</summary>
internal static class PassingTime
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Two minutes went by, and nobody answered the request of this computer.</summary>
    public static async Task LetRequestExpireAsync(this Journey journey, ComputerWindow computer)
    {
        var now = TimeProvider.System.GetUtcNow();
        var signInRequest = computer.SignInRequestId;
        await using var db = journey.OpenDatabase();
        await db.ApprovalRequests.Where(request => request.SignInRequestId == signInRequest).ExecuteUpdateAsync(
            set => set.SetProperty(request => request.CreatedAt, now.AddMinutes(-2)).SetProperty(request => request.ExpiresAt, now), Ct);
    }

    /// <summary>The three years of this e-CPS are over, or will be in so many days.</summary>
    public static async Task LetECpsExpireAsync(this Journey journey, TestCard holder, int inDays)
    {
        var end = TimeProvider.System.GetUtcNow().AddDays(inDays);
        await using var db = journey.OpenDatabase();
        await db.ECps.Where(eCps => eCps.NationalId == holder.Holder.NationalId)
            .ExecuteUpdateAsync(set => set.SetProperty(eCps => eCps.ExpiresAt, end), Ct);
    }
}
