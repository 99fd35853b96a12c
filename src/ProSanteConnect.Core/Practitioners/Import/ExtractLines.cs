using System.Text;
using System.Text.Unicode;

namespace ProSanteConnect.Core.Practitioners.Import;

/// <summary>
/// One line of the file as it came; the header is number 1. With a fault the text is only what could be read of it;
/// without an end the file stops there.
/// </summary>
internal readonly record struct ExtractLine(long Number, string Text, LineFault? Fault, bool Ended);

/// <summary>
/// Reads lines in bounded memory, whatever the file is. A reader of text would take the whole file for one line when it has no end
/// of line, and would hide bytes that are not UTF-8.
/// </summary>
internal sealed class ExtractLines(Stream file)
{
    /// <summary>Real lines have about 350 bytes.</summary>
    public const int MaxLength = 32 * 1024;

    private readonly byte[] _buffer = new byte[4 * MaxLength];
    private int _start;
    private int _end;
    private long _number;

    public long BytesRead { get; private set; }

    public bool Read(out ExtractLine line)
    {
        line = default;
        var length = FindEnd(out var ended);
        if (length == 0 && !ended) return false;

        _number++;
        var tooLong = length > MaxLength || (length == MaxLength && !ended);
        line = Decode(_buffer.AsSpan(_start, Math.Min(length, MaxLength)), tooLong, ended);
        _start += length + (ended ? 1 : 0);
        if (tooLong && !ended) line = line with { Ended = SkipRest() };
        return true;
    }

    /// <summary>The number of bytes before the end of line, the file or the room.</summary>
    private int FindEnd(out bool ended)
    {
        var searched = 0;
        while (true)
        {
            var found = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            ended = found >= 0;
            if (ended) return searched + found;

            searched = _end - _start;
            if (searched >= MaxLength || !Fill()) return searched;
        }
    }

    private bool SkipRest()
    {
        while (true)
        {
            var found = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
            if (found >= 0)
            {
                _start += found + 1;
                return true;
            }

            _start = _end;
            if (!Fill()) return false;
        }
    }

    private bool Fill()
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        _end -= _start;
        _start = 0;

        var read = file.Read(_buffer, _end, _buffer.Length - _end);
        _end += read;
        BytesRead += read;
        return read > 0;
    }

    private ExtractLine Decode(ReadOnlySpan<byte> bytes, bool tooLong, bool ended)
    {
        if (bytes.EndsWith("\r"u8)) bytes = bytes[..^1];
        if (_number == 1 && bytes.StartsWith("\uFEFF"u8)) bytes = bytes["\uFEFF"u8.Length..];

        LineFault? fault = tooLong ? LineFault.TooLong : Utf8.IsValid(bytes) ? null : LineFault.NotUtf8;
        return new ExtractLine(_number, Encoding.UTF8.GetString(bytes), fault, ended);
    }
}
