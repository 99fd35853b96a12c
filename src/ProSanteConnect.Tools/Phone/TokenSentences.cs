namespace ProSanteConnect.Tools.Phone;

/// <summary>What the holder reads in place of an error of the token endpoint, which speaks ASCII to developers (RFC 6749, section 5.2).</summary>
internal static class TokenSentences
{
    private const string StartAgain = "Recommencez avec un nouveau QR code.";

    public static PhoneProblem OfQrCode(PhoneProblem problem) => problem.Code switch
    {
        "invalid_grant" => problem with { Detail = "Ce QR code n'est pas une demande d'activation, ou il a déjà servi." },
        "expired_token" => problem with { Detail = "Ce QR code n'est plus valable." },
        _ => problem,
    };

    public static PhoneProblem OfCode(PhoneProblem problem) => problem switch
    {
        { Code: "authorization_pending" } => problem with { Detail = "Le code n'a pas encore été saisi sur l'ordinateur." },
        { Code: "slow_down" } => problem with { Detail = "Attendez quelques secondes avant de demander à nouveau." },
        { Code: "expired_token" } => problem with { Detail = "Le code n'est plus valable." },
        { Code: "access_denied" } => problem with { Detail = $"L'activation a été annulée, ou le code mal saisi trop de fois. {StartAgain}" },
        { Code: "invalid_grant", AttemptsLeft: { } left } => problem with { Detail = $"Code incorrect, il vous reste {left} {(left == 1 ? "essai" : "essais")}." },
        { Code: "invalid_grant" } => problem with { Detail = $"Cette activation est terminée. {StartAgain}" },
        _ => problem,
    };
}
