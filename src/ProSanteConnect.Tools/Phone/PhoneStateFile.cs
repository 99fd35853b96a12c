using System.Security.Cryptography;
using System.Text.Json;

namespace ProSanteConnect.Tools.Phone;

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
