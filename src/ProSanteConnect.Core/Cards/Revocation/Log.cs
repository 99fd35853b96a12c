using Microsoft.Extensions.Logging;

namespace ProSanteConnect.Core.Cards.Revocation;

internal static partial class Log
{
    [LoggerMessage(3101, LogLevel.Warning, "The OCSP responder of {Issuer} gave no usable answer: {Doubt}")]
    public static partial void OcspFailed(ILogger logger, string issuer, string doubt);

    [LoggerMessage(3102, LogLevel.Error, "Nobody could say whether a card of {Issuer} was revoked: OCSP {OcspDoubt}, CRL {CrlDoubt}")]
    public static partial void NobodyCouldSay(ILogger logger, string issuer, string ocspDoubt, string crlDoubt);
}
