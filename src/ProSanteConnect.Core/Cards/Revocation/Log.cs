using Microsoft.Extensions.Logging;

namespace ProSanteConnect.Core.Cards.Revocation;

internal static partial class Log
{
    [LoggerMessage(3101, LogLevel.Warning, "The OCSP responder of {Issuer} gave no usable response ({Doubt}); the CRL is checked instead")]
    public static partial void OcspFailed(ILogger logger, string issuer, string doubt);

    [LoggerMessage(3102, LogLevel.Error, "Revocation check failed for a certificate of {Issuer}: OCSP {OcspDoubt}, CRL {CrlDoubt}. The card is refused unless Card:RevocationPolicy accepts unchecked cards")]
    public static partial void RevocationUnknown(ILogger logger, string issuer, string ocspDoubt, string crlDoubt);
}
