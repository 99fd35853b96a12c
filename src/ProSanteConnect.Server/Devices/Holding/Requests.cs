using ProSanteConnect.Core.SignIn;
using ProSanteConnect.Server.Account;
using ProSanteConnect.Server.Protocol.Engine;

namespace ProSanteConnect.Server.Devices.Holding;

/// <summary>What a holder is being asked, in words.</summary>
internal sealed class Requests(ApprovalRequests approvals, ClientDirectory clients, TimeProvider clock)
{
    public async Task<RequestList> ListAsync(Guid eCps, CancellationToken ct) =>
        new((await approvals.ListPendingAsync(eCps, clock.GetUtcNow(), ct)).ConvertAll(ViewOf));

    public RequestView ViewOf(ApprovalRequest request) => new(
        request.Id,
        clients.Find(request.ClientId)?.Name ?? request.ClientId ?? DeviceTexts.Portal,
        BrowserWords.Of(request.Browser),
        request.IpAddress,
        request.CreatedAt,
        request.ExpiresAt,
        request.KnownBrowser);
}
