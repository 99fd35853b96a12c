using System.Net;

namespace ProSanteConnect.Core.Authenticators.Revocation;

/// <summary>One exchange with a bound on its time and its size, that goes nowhere else (security-checklist T17).</summary>
internal static class BoundedHttp
{
    public static async Task<Download> SendAsync(
        HttpMessageInvoker http, HttpRequestMessage request, int maxBytes, TimeSpan timeout, CancellationToken ct)
    {
        var asked = request.RequestUri;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(timeout);
        try
        {
            using var response = await StartAsync(http, request, limit.Token);
            // A handler that follows redirects changes the request's address: the answer of another place is no answer.
            if (response.StatusCode != HttpStatusCode.OK || response.RequestMessage?.RequestUri is { } reached && reached != asked)
                return new Download.Failed(RevocationDoubt.Refused);

            return await ReadAsync(response.Content, maxBytes, limit.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new Download.Failed(RevocationDoubt.TimedOut);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException)
        {
            return new Download.Failed(RevocationDoubt.Unreachable);
        }
    }

    // An HttpClient would otherwise hold the whole answer in memory before we could count it.
    private static Task<HttpResponseMessage> StartAsync(HttpMessageInvoker http, HttpRequestMessage request, CancellationToken ct) =>
        http is HttpClient client
            ? client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct)
            : http.SendAsync(request, ct);

    private static async Task<Download> ReadAsync(HttpContent content, int maxBytes, CancellationToken ct)
    {
        if (content.Headers.ContentLength > maxBytes) return new Download.Failed(RevocationDoubt.TooLarge);

        await using var stream = await content.ReadAsStreamAsync(ct);
        return await ReadAsync(stream, maxBytes, ct);
    }

    public static async Task<Download> ReadAsync(Stream stream, int maxBytes, CancellationToken ct)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (await stream.ReadAsync(buffer, ct) is var count and > 0)
        {
            if (bytes.Length + count > maxBytes) return new Download.Failed(RevocationDoubt.TooLarge);

            bytes.Write(buffer, 0, count);
        }

        return new Download.Received(bytes.ToArray());
    }
}
