using System.IO.Compression;
using System.Text;
using System.Text.Unicode;

namespace ProSanteConnect.Core.Practitioners.Import;

/// <summary>
/// Gives the text of an extract in UTF-8, whatever the file: zip, gzip, UTF-16 or the code page of Windows. The health directory publishes zip
/// archives in UTF-8; the other encodings come from programs that saved the file again.
/// </summary>
internal static class ExtractUnpacking
{
    /// <summary>More than any header line, which decides on the encoding.</summary>
    private const int HeadLength = 8 * 1024;

    private static readonly Encoding Windows1252 = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    /// <summary>Opens the text. A refusal is returned as the result of the import.</summary>
    public static (Stream? Text, DirectoryImportResult? Refusal) Open(Stream file, long unpackedAtMost)
    {
        try
        {
            var (head, whole) = Peek(file);
            if (head.AsSpan().StartsWith("PK\x03\x04"u8)) return OpenZip(whole, unpackedAtMost);
            if (head.AsSpan().StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]))
            {
                return (Decode(new BoundedStream(new GZipStream(whole, CompressionMode.Decompress), unpackedAtMost)), null);
            }

            return (Decode(head, whole), null);
        }
        catch (Exception e) when (RefusalOf(e) is not null)
        {
            return (null, RefusalOf(e));
        }
    }

    /// <summary>The result of a failure while the file is read; null when it has another cause than the file.</summary>
    public static DirectoryImportResult? RefusalOf(Exception failure) => failure switch
    {
        UnpackedTooLongException => new DirectoryImportResult.UnpackedTooLong(),
        InvalidDataException => new DirectoryImportResult.ArchiveDamaged(),
        _ => null,
    };

    private static (Stream?, DirectoryImportResult?) OpenZip(Stream file, long unpackedAtMost)
    {
        // ZipArchive would read a stream that cannot seek into memory.
        if (!file.CanSeek) return (null, new DirectoryImportResult.ArchiveDamaged());

        var archive = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
        var files = archive.Entries.Where(entry => !entry.FullName.EndsWith('/')).ToList();

        // The public archive has three files (ecps-cpx-directory §4.1).
        var extracts = files.Count == 1 ? files : files.FindAll(entry => entry.Name.Contains("Personne_activite", StringComparison.OrdinalIgnoreCase));
        return extracts is [var extract]
            ? (Decode(new BoundedStream(extract.Open(), unpackedAtMost)), null)
            : (null, new DirectoryImportResult.ArchiveAmbiguous(files.Count));
    }

    private static Stream Decode(Stream text)
    {
        var (head, whole) = Peek(text);
        return Decode(head, whole);
    }

    private static Stream Decode(byte[] head, Stream text) =>
        EncodingOf(head) is { } encoding ? Encoding.CreateTranscodingStream(text, encoding, Encoding.UTF8) : text;

    /// <summary>The encoding that the text must be decoded from; null when it is UTF-8, or no text.</summary>
    private static Encoding? EncodingOf(ReadOnlySpan<byte> head)
    {
        if (head.Length < 2) return null;
        if (head is [0xFF, 0xFE, ..] || (head[0] != 0 && head[1] == 0)) return Encoding.Unicode;
        if (head is [0xFE, 0xFF, ..] || (head[0] == 0 && head[1] != 0)) return Encoding.BigEndianUnicode;

        // Only the header decides: every header has "Prénom…", and a single line in another encoding is refused as a line.
        var end = head.IndexOf((byte)'\n');
        var header = end >= 0 ? head[..end] : head;
        return !Utf8.IsValid(header) && Windows1252.GetString(header).Contains("Prénom", StringComparison.Ordinal) ? Windows1252 : null;
    }

    /// <summary>Reads the beginning, and gives a stream of the whole.</summary>
    private static (byte[] Head, Stream Whole) Peek(Stream stream)
    {
        var head = new byte[HeadLength];
        var start = stream.CanSeek ? stream.Position : 0;
        var length = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        Array.Resize(ref head, length);
        if (!stream.CanSeek) return (head, new HeadedStream(head, stream));

        stream.Position = start;
        return (head, stream);
    }
}

/// <summary>The unpacked text exceeds the limit: an archive that was made to exhaust the disk.</summary>
internal sealed class UnpackedTooLongException() : IOException("The unpacked file exceeds the limit.");

/// <summary>A stream for reading forward only.</summary>
internal abstract class ForwardStream : Stream
{
    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Flush() { }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public abstract override int Read(Span<byte> buffer);

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}

/// <summary>The bytes that were read ahead, then the rest.</summary>
internal sealed class HeadedStream(byte[] head, Stream rest) : ForwardStream
{
    private int _given;

    public override int Read(Span<byte> buffer)
    {
        var count = Math.Min(buffer.Length, head.Length - _given);
        if (count == 0) return rest.Read(buffer);

        head.AsSpan(_given, count).CopyTo(buffer);
        _given += count;
        return count;
    }
}

/// <summary>Fails when more than a number of bytes is read.</summary>
internal sealed class BoundedStream(Stream inner, long most) : ForwardStream
{
    private long _left = most;

    public override int Read(Span<byte> buffer)
    {
        var read = inner.Read(buffer);
        _left -= read;
        return _left >= 0 ? read : throw new UnpackedTooLongException();
    }
}
