using System.Security.Cryptography;
using ProSanteConnect.Core.Devices;
using ProSanteConnect.Core.Practitioners;
using ProSanteConnect.Core.Security;

namespace ProSanteConnect.Testing;

/// <summary>Builders: every default is valid, every method makes one deviation. All people are invented.</summary>
public static class Build
{
    /// <summary>Camille FICTIF, general practitioner, with one practice and one activity (ecps-cpx-directory §4.7).</summary>
    public static Practitioner Practitioner(string nationalId = "898765000017") => new()
    {
        NationalId = nationalId,
        FamilyName = "FICTIF",
        GivenNames = ["Camille", "Marie"],
        BirthDate = new DateOnly(1980, 2, 1),
        SexCode = "F",
        CivilityCode = "MME",
        ContactPhone = "+33639980001",
        ContactEmail = "camille.fictif@example.org",
        Practices =
        [
            new Practice
            {
                ProfessionCode = "10",
                CategoryCode = "C",
                PracticeCivilityCode = "DR",
                FamilyName = "FICTIF",
                GivenName = "Camille",
                ExpertiseKindCode = "S",
                ExpertiseCode = "SM54",
                Activities =
                [
                    new Activity
                    {
                        ModeCode = "L",
                        SectorCode = "SA07",
                        RoleCode = "FON-01",
                        KindCode = "GENR01",
                        OrganizationId = "R98765000017013",
                        OrganizationName = "CABINET DU DR FICTIF",
                        PostalCode = "35000",
                        CommuneCode = "35238",
                        DepartmentCode = "35",
                        RegistrationAuthority = "CNOM/CNOM/CNOM",
                    },
                ],
            },
        ],
        AlternativeIdentifiers = [new AlternativeIdentifier(nationalId, "RPPS", 1)],
    };

    /// <summary>The PIN of every e-CPS that is built here; the policy accepts it.</summary>
    public const string Pin = "2739";

    /// <summary>An active e-CPS of a practitioner who is in the database, with the PIN <see cref="Pin"/>.</summary>
    public static ECps ECps(Practitioner practitioner, DateTimeOffset activatedAt, DateTimeOffset? expiresAt = null)
    {
        var id = Guid.NewGuid();
        var pin = (PinPolicyResult.Accepted)new PinPolicy(new ECpsOptions()).Check(Pin, [], birthDate: null);
        var device = Device(activation: Guid.NewGuid());
        return new ECps
        {
            Id = id,
            PractitionerId = practitioner.Id,
            NationalId = practitioner.NationalId,
            ActivatedAt = activatedAt,
            ExpiresAt = expiresAt ?? activatedAt.AddYears(3),
            Mode = ActivationMode.Card,
            DeviceName = device.DeviceName,
            CredentialId = device.Key.CredentialId,
            PublicKey = device.Key.PublicKey,
            UserHandle = device.Key.UserHandle,
            PinHash = new PinHasher(TestKeys.Master).HashAsync(id, pin.Pin, CancellationToken.None).GetAwaiter().GetResult(),
            DeviceTokenHash = SecretToken.HashOf(DeviceTokenOf(id)),
            DeviceTokenIssuedAt = activatedAt,
            DeviceTokenExpiresAt = expiresAt ?? activatedAt.AddYears(3),
        };
    }

    /// <summary>The device token of an e-CPS that was built here.</summary>
    public static string DeviceTokenOf(Guid eCps) => $"device-token-of-{eCps}";

    /// <summary>A phone with a key of its own, which no test can sign with: for tests alone it counts as verified.</summary>
    public static EnrolledDevice Device(Guid activation) => new(activation, new DeviceKey
    {
        CredentialId = RandomNumberGenerator.GetBytes(16),
        PublicKey = RandomNumberGenerator.GetBytes(77),
        UserHandle = RandomNumberGenerator.GetBytes(32),
    })
    {
        DeviceName = "Pixel 9",
        OperatingSystem = "Android 16",
        AppVersion = "1.0",
        ConditionsVersion = "2026-11",
    };

    /// <summary>Firefox on a computer of the surgery.</summary>
    public static ClientContext Browser(string browser = "Firefox sous Windows") =>
        new("192.0.2.1", browser, SecretToken.HashOf(browser));

    public static Practitioner WithoutPractice(this Practitioner practitioner)
    {
        practitioner.Practices = [];
        return practitioner;
    }
}
