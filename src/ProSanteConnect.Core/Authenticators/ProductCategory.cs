namespace ProSanteConnect.Core.Authenticators;

/// <summary>What a certificate of IGC-Santé was made for (NOS terminology TRE_G01, extension 1.2.250.1.71.1.2.5).</summary>
public enum ProductCategory
{
    Cpx = 0x00,
    SecurityModule = 0x02,
    Software = 0x03,
    TestCpx = 0x80,
    TestSecurityModule = 0x82,
    TestSoftware = 0x83,
}
