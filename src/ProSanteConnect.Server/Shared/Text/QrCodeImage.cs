using QRCoder;

namespace ProSanteConnect.Server.Shared.Text;

/// <summary>A QR code as SVG: black on white with its quiet zone.</summary>
internal static class QrCodeImage
{
    private const int PixelsPerModule = 8;

    public static byte[] Of(string text)
    {
        using var data = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        using var png = new PngByteQRCode(data);
        return png.GetGraphic(PixelsPerModule);
    }
}
