using Microsoft.Win32.SafeHandles;

namespace Siaga.Keras.Hdf5;

/// <summary>Random access to bytes. Callers check positions against <see cref="Length"/>.</summary>
internal abstract class RawBytes : IDisposable
{
    public abstract long Length { get; }

    public abstract void Read(long at, Span<byte> into);

    public abstract void Dispose();

    public static RawBytes Of(byte[] bytes) => new InMemory(bytes);

    /// <param name="path">Read by position instead of memory-mapped: if another process truncated a mapped file, this process would
    /// crash.</param>
    public static RawBytes Of(string path) => new InFile(File.OpenHandle(path, options: FileOptions.RandomAccess));

    private sealed class InMemory(byte[] bytes) : RawBytes
    {
        public override long Length => bytes.Length;

        public override void Read(long at, Span<byte> into) => bytes.AsSpan(checked((int)at), into.Length).CopyTo(into);

        public override void Dispose()
        {
            // Only memory, nothing to release.
        }
    }

    private sealed class InFile(SafeFileHandle file) : RawBytes
    {
        public override long Length { get; } = RandomAccess.GetLength(file);

        public override void Read(long at, Span<byte> into)
        {
            while (into.Length > 0)
            {
                var read = RandomAccess.Read(file, into, at);
                if (read == 0)
                    throw Hdf5Exception.Damaged("it became shorter while it was read");
                at += read;
                into = into[read..];
            }
        }

        public override void Dispose() => file.Dispose();
    }
}
