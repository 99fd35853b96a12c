using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using ProSanteConnect.Core.Devices;

namespace ProSanteConnect.Tools.Phone;

/// <summary>The stored state of a phone.</summary>
/// <param name="Origin">The origin of the app; the phone's key is valid for this origin only.</param>
public sealed record PhoneState(Uri Origin)
{
    /// <summary>When a QR code was last requested by mail; null once one was scanned.</summary>
    public DateTimeOffset? MailRequestedAt { get; init; }

    /// <summary>The running activation of this phone.</summary>
    public RunningActivation? Activation { get; init; }

    /// <summary>The result of the last activation; its e-CPS may be inactive.</summary>
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

    /// <summary>Null until the code was confirmed.</summary>
    public string? EnrolmentToken { get; init; }

    /// <summary>The token to send now.</summary>
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

/// <summary>A phone with an activated e-CPS. Its token was last rotated at <c>RotatedAt</c>.</summary>
public sealed record EnrolledPhone(
    string ECpsId, string Holder, string NationalId, string DeviceToken, DateTimeOffset DeviceTokenExpiresAt, DateTimeOffset RotatedAt, PhoneKey Key)
{
    public override string ToString() => $"{nameof(EnrolledPhone)}({ECpsId})";
}

/// <summary>Stores a <see cref="PhoneState"/> in a JSON file that only its owner can read. It contains the phone's private key.</summary>
public sealed class PhoneStateFile(string path)
{
    private const UnixFileMode OwnersOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary><c>~/.psc-phone/phone.json</c>.</summary>
    public static string DefaultPath =>
        Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".psc-phone", "phone.json");

    public string FullPath { get; } = Path.GetFullPath(path);

    /// <summary>Reads the file without changing it, whatever its content.</summary>
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

    /// <summary>Writes a new file and renames it over the old one, so that a crash leaves one complete file.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
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

/// <summary>The result of reading a state file.</summary>
public abstract record PhoneStateReading
{
    private PhoneStateReading() { }

    public sealed record Read(PhoneState State) : PhoneStateReading;

    public sealed record Missing : PhoneStateReading;

    /// <summary>The file has another content; it is left unchanged.</summary>
    public sealed record Corrupt : PhoneStateReading;
}
