using ProSanteConnect.Core.Devices;
using ProSanteConnect.Tools.Phone;
using static ProSanteConnect.Core.Tests.Tools.Phone.PhoneStates;

namespace ProSanteConnect.Core.Tests.Tools.Phone;

/// <summary>The file that stores the state of a phone between two commands.</summary>
public sealed class PhoneStateOnDisk : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("psc-test-").FullName;

    private string Path => System.IO.Path.Combine(_folder, "phones", "phone.json");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_phone_comes_back_as_it_was()
    {
        var state = Activated(PhoneKey.Generate() with { Counter = 7 }) with
        {
            MailRequestedAt = Start,
            Activation = new RunningActivation(ActivationMode.ContactDetails, "Camille FICTIF", "pairing", 2)
            {
                PairingCode = "123456",
                CodeExpiresAt = Start.AddMinutes(5),
                MaskedPhone = "06 •• •• •• 21",
                EnrolmentToken = "enrolment",
            },
        };

        new PhoneStateFile(Path).Write(state);

        var back = Assert.IsType<PhoneStateReading.Read>(new PhoneStateFile(Path).Read()).State;
        Assert.Equivalent(state, back, strict: true);
    }

    [Fact]
    public void Only_its_owner_reads_it_and_no_draft_stays()
    {
        if (OperatingSystem.IsWindows()) return; // it has no such modes

        var file = new PhoneStateFile(Path);

        file.Write(new PhoneState(Origin));
        file.Write(Activated());

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(System.IO.Path.GetDirectoryName(Path)!));
        Assert.Equal([Path], Directory.GetFiles(System.IO.Path.GetDirectoryName(Path)!));
    }

    [Fact]
    public void A_file_that_is_not_there_is_a_phone_to_be() => Assert.IsType<PhoneStateReading.Missing>(new PhoneStateFile(Path).Read());

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{ "origin": "wallet" }""")]
    [InlineData("""{ "origin": "https://wallet.example.org", "phone": { "eCpsId": "e1" } }""")]
    [InlineData("""{ "origin": "https://wallet.example.org", "phone": """)]
    public void A_corrupt_file_is_said_to_be_and_left_alone(string content)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
        File.WriteAllText(Path, content);

        Assert.IsType<PhoneStateReading.Corrupt>(new PhoneStateFile(Path).Read());

        Assert.Equal(content, File.ReadAllText(Path));
    }

    [Fact]
    public void A_phone_with_a_broken_key_is_corrupt()
    {
        var file = new PhoneStateFile(Path);

        file.Write(Activated(PhoneKey.Generate() with { Pkcs8 = [1, 2, 3] }));

        Assert.IsType<PhoneStateReading.Corrupt>(file.Read());
    }

    [Fact]
    public void No_secret_is_printed()
    {
        var state = Activated() with { Activation = new RunningActivation(ActivationMode.Card, "Camille FICTIF", "pairing", 2) };

        Assert.All([$"{state}", $"{state.Phone}", $"{state.Activation}"], printed =>
        {
            Assert.DoesNotContain("pairing", printed, StringComparison.Ordinal);
            Assert.DoesNotContain("device", printed, StringComparison.Ordinal);
        });
    }
}
