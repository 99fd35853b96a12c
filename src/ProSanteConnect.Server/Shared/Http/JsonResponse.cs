namespace ProSanteConnect.Server.Shared.Http;

/// <summary>A JSON answer that is ours from the first byte to the last, never stored on its way (RFC 6749, 5.1).</summary>
internal static class JsonResponse
{
    public static Task WriteAsync(HttpResponse response, ReadOnlyMemory<byte> document)
    {
        response.ContentType = "application/json";
        response.ContentLength = document.Length;
        response.Headers.CacheControl = "no-store";
        response.Headers.Pragma = "no-cache";
        return response.Body.WriteAsync(document, response.HttpContext.RequestAborted).AsTask();
    }
}
