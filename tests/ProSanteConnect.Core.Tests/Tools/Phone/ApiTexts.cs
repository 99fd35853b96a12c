namespace ProSanteConnect.Core.Tests.Tools.Phone;

/// <summary>Responses of the server, as the API contract specifies them.</summary>
internal static class ApiTexts
{
    public const string Pairing = """
        { "access_token": "pairing", "token_type": "Bearer", "expires_in": 900, "activation_mode": "card", "pairing_code": "123456",
          "code_expires_in": 300, "interval": 2, "holder": "Camille FICTIF" }
        """;

    public const string PairingByContactDetails = """
        { "access_token": "pairing", "token_type": "Bearer", "expires_in": 900, "activation_mode": "contact_details", "interval": 2,
          "masked_phone": "06 •• •• •• 21", "holder": "Camille FICTIF" }
        """;

    public const string EnrolmentToken = """{ "access_token": "enrolment", "token_type": "Bearer", "expires_in": 600 }""";

    public const string ECps = """
        { "id": "e1", "state": "active", "holder": "Camille FICTIF", "nationalId": "898765000017", "profession": "Médecin",
          "activatedAt": "2026-01-01T08:00:00Z", "expiresAt": "2029-01-01T08:00:00Z", "renewable": false, "mode": "card",
          "deviceName": "Pixel 9", "pinLength": 4, "attemptsLeft": 3, "push": false }
        """;

    public const string Enrolled = $$"""{ "eCps": {{ECps}}, "deviceToken": "device", "deviceTokenExpiresAt": "2026-04-01T08:00:00Z" }""";

    public const string Creation = """
        { "ceremony": "c1", "publicKey": { "rp": { "id": "wallet.example.org", "name": "e-CPS" },
          "user": { "id": "dXNlcg", "name": "898765000017", "displayName": "Camille FICTIF" }, "challenge": "Y2hhbGxlbmdl",
          "pubKeyCredParams": [{ "type": "public-key", "alg": -7 }, { "type": "public-key", "alg": -257 }],
          "timeout": 60000, "attestation": "none" } }
        """;

    public const string Challenge = """
        { "ceremony": "c2", "publicKey": { "challenge": "Y2hhbGxlbmdl", "rpId": "wallet.example.org", "userVerification": "preferred" } }
        """;

    public const string Request = """
        { "id": "r1", "application": "Mon logiciel", "browser": "Firefox sur Linux", "place": "Rennes",
          "startedAt": "2026-01-01T08:00:00Z", "expiresAt": "2026-01-01T08:02:00Z", "knownBrowser": false }
        """;

    public static string Problem(string code, string detail, string more = "") =>
        $$"""{ "type": "urn:prosanteconnect:problem:{{code}}", "title": "…", "detail": "{{detail}}" {{more}} }""";
}
