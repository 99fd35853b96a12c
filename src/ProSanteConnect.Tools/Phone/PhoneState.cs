using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using ProSanteConnect.Core.Devices;

namespace ProSanteConnect.Tools.Phone;

/// <summary>What a phone keeps from one moment to the next.</summary>
/// <param name="Origin">The address of the application; the phone's key is good for no other.</param>
public sealed record PhoneState(Uri Origin)
{
    /// <summary>When a QR code was last asked for by mail, until one is scanned.</summary>
    public DateTimeOffset? MailRequestedAt { get; init; }

    /// <summary>The activation that this phone has begun.</summary>
    public RunningActivation? Activation { get; init; }

    /// <summary>What the last activation left, whether its e-CPS is still active or not.</summary>
    public EnrolledPhone? Phone { get; init; }

    [JsonIgnore]
    public string? DeviceToken => Phone?.DeviceToken;

    public override string ToString() => $"{nameof(PhoneState)}({Origin})";
}

/// <summary>An activation between the QR code and the PIN.</summary>
public sealed record RunningActivation(ActivationMode Mode, string Holder, string PairingToken, int Interval)
{
    public string? PairingCode { get; init; }

    public DateTimeOffset? CodeExpiresAt { get; init; }

    public string? MaskedPhone { get; init; }

    /// <summary>There once the code was right.</summary>
    public string? EnrolmentToken { get; init; }

    /// <summary>What speaks for the activation now.</summary>
    [JsonIgnore]
    public string Token => EnrolmentToken ?? PairingToken;

    public static RunningActivation Of(Pairing pairing, DateTimeOffset now) =>
        new(pairing.ActivationMode, pairing.Holder, pairing.AccessToken, pairing.Interval)
        {
            PairingCode = pairing.PairingCode,
            CodeExpiresAt = pairing.CodeExpiresIn is { } seconds ? now.AddSeconds(seconds) : null,
            MaskedPhone = pairing.MaskedPhone,
        };

    public override string ToString() => $"{nameof(RunningActivation)}({Mode})";
}

/// <summary>A phone that an e-CPS was activated on. Its token was last new at <c>RotatedAt</c>.</summary>
public sealed record EnrolledPhone(
    string ECpsId, string Holder, string NationalId, string DeviceToken, DateTimeOffset DeviceTokenExpiresAt, DateTimeOffset RotatedAt, PhoneKey Key)
{
    public override string ToString() => $"{nameof(EnrolledPhone)}({ECpsId})";
}

/// <summary>A <see cref="PhoneState"/> in a JSON file that only its owner reads. It holds the phone's key: whoever has it is this phone.</summary>
public sealed class PhoneStateFile(string path)
{
    private const UnixFileMode OwnersOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary><c>~/.psc-phone/phone.json</c>.</summary>
    public static string DefaultPath =>
        Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".psc-phone", "phone.json");

    public string FullPath { get; } = Path.GetFullPath(path);

    /// <summary>Reads the file and changes nothing, whatever it holds.</summary>
    public PhoneStateReading Read()
    {
        if (!File.Exists(FullPath)) return new PhoneStateReading.Missing();

        try
        {
            var state = JsonSerializer.Deserialize<PhoneState>(File.ReadAllText(FullPath), PhoneJson.StateFile);
            state?.Phone?.Key.Open().Dispose();
            return state is { Origin.IsAbsoluteUri: true } ? new PhoneStateReading.Read(state) : new PhoneStateReading.Corrupt();
        }
        catch (Exception fault) when (fault is JsonException or CryptographicException)
        {
            return new PhoneStateReading.Corrupt();
        }
    }

    /// <summary>Writes a whole new file, then puts it in the place of the old one: a crash leaves the one or the other.</summary>
    public void Write(PhoneState state)
    {
        CreateFolder(Path.GetDirectoryName(FullPath)!);
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnersOnly;

        var draft = $"{FullPath}.{Environment.ProcessId}.tmp";
        using (var file = new FileStream(draft, options))
        {
            JsonSerializer.Serialize(file, state, PhoneJson.StateFile);
            file.Flush(flushToDisk: true);
        }

        File.Move(draft, FullPath, overwrite: true);
    }

    public void Delete() => File.Delete(FullPath);

    private static void CreateFolder(string folder)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
        else Directory.CreateDirectory(folder, OwnersOnly | UnixFileMode.UserExecute);
    }
}

/// <summary>What was found in place of a phone's state.</summary>
public abstract record PhoneStateReading
{
    private PhoneStateReading() { }

    public sealed record Read(PhoneState State) : PhoneStateReading;

    public sealed record Missing : PhoneStateReading;

    /// <summary>Something else is there; it is left alone.</summary>
    public sealed record Corrupt : PhoneStateReading;
}
