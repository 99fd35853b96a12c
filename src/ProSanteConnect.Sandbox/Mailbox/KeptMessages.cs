using System.Globalization;
using System.Text.Json;

namespace ProSanteConnect.Sandbox.Mailbox;

/// <summary>The last messages, one file each in the data folder, so that they outlive a restart and go with the folder.</summary>
public sealed class KeptMessages(string folder)
{
    public const int Limit = 200;

    private readonly Lock _writing = new();

    /// <summary>Keeps a message; the same one again takes the place of the former.</summary>
    public void Keep(KeptMessage message)
    {
        lock (_writing)
        {
            Directory.CreateDirectory(folder);
            foreach (var former in Directory.EnumerateFiles(folder, $"*-{message.Id:N}.json").ToList()) File.Delete(former);

            var path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{message.At.UtcTicks:D19}-{message.Id:N}.json"));
            File.WriteAllBytes(path + ".new", JsonSerializer.SerializeToUtf8Bytes(message));
            File.Move(path + ".new", path, overwrite: true);
            foreach (var oldest in Files().Skip(Limit).ToList()) File.Delete(oldest);
        }
    }

    /// <summary>The newest first.</summary>
    public IReadOnlyList<KeptMessage> All() => [.. Files().Select(Read).OfType<KeptMessage>()];

    public KeptMessage? Find(Guid id) =>
        Directory.Exists(folder) ? Directory.EnumerateFiles(folder, $"*-{id:N}.json").Select(Read).FirstOrDefault() : null;

    private IEnumerable<string> Files() =>
        Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*.json").OrderByDescending(path => path, StringComparer.Ordinal) : [];

    private static KeptMessage? Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<KeptMessage>(File.ReadAllBytes(path));
        }
        catch (Exception gone) when (gone is FileNotFoundException or JsonException)
        {
            return null;
        }
    }
}
