namespace ProSanteConnect.Tools.Phone;

/// <summary>A stream that ends when nothing was heard for too long: a dead line does not always say so.</summary>
internal sealed class LiveLine(Stream inner, TimeSpan silence, TimeProvider clock) : Stream
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

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken ct = default)
    {
        using var patience = new CancellationTokenSource(silence, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
        return await inner.ReadAsync(buffer, either.Token);
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }
}
