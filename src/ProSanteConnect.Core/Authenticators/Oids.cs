namespace ProSanteConnect.Core.Authenticators;

/// <summary>The object identifiers that a card's certificate is read by (ecps-cpx-directory §2.4, RFC 5280).</summary>
internal static class Oids
{
    public const string CommonName = "2.5.4.3";
    public const string Surname = "2.5.4.4";
    public const string Organization = "2.5.4.10";
    public const string OrganizationalUnit = "2.5.4.11";
    public const string Title = "2.5.4.12";
    public const string GivenName = "2.5.4.42";

    public const string CpxKind = "1.2.250.1.71.1.2.2";
    public const string CardNumber = "1.2.250.1.71.1.2.3";
    public const string ProductCategory = "1.2.250.1.71.1.2.5";
    public const string Profession = "1.2.250.1.71.1.2.7";

    public const string CertificatePolicies = "2.5.29.32";
    public const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";
}
