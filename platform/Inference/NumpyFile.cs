using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;

namespace Siaga.Inference;

/// <summary>
/// Reads and writes tensors in NumPy's <c>.npy</c> files (format versions 1 to 3,
/// https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html). It reads little- or big-endian floats of 16, 32 and 64 bits,
/// integers of 8 to 64 bits and booleans, all row-major, and converts them to 32-bit floats.
/// </summary>
public static partial class NumpyFile
{
    private const int MaxHeaderBytes = 1 << 16;

    /// <exception cref="InferenceException">The file is not an <c>.npy</c> file, ends early, or holds something other than
    /// numbers.</exception>
    public static Tensor Read(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            return Read(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InferenceException($"{path} cannot be read: {e.Message}", e);
        }
    }

    private static Tensor Read(FileStream file)
    {
        var header = HeaderOf(file);
        var type = TypePattern().Match(header);
        var shape = ShapePattern().Match(header);
        if (!type.Success || !shape.Success)
            throw new InferenceException("The .npy file's header cannot be read.");
        if (header.Contains("'fortran_order': True", StringComparison.Ordinal))
            throw new InferenceException("The .npy file is in column-major order; save it with numpy.ascontiguousarray.");
        int[] dimensions;
        try
        {
            dimensions = [.. shape.Groups["shape"].Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Select(d => int.Parse(d, NumberStyles.None, CultureInfo.InvariantCulture))];
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            throw new InferenceException("The .npy file's shape cannot be read.", e);
        }

        var (kind, size, big) = (type.Groups["kind"].Value[0], int.Parse(type.Groups["size"].Value, CultureInfo.InvariantCulture),
            type.Groups["order"].Value == ">");
        var count = dimensions.Aggregate(1.0, (product, d) => product * d);
        if (count > int.MaxValue / 4 || count * size != file.Length - file.Position)
            throw new InferenceException(
                $"The .npy file should hold {count} numbers of {size} bytes, and holds {file.Length - file.Position} bytes.");
        return new Tensor(dimensions, Numbers(file, (int)count, kind, size, big));
    }

    private static string HeaderOf(FileStream file)
    {
        var start = new byte[12];
        var read = file.ReadAtLeast(start, 12, throwOnEndOfStream: false);
        if (read < 12 || start[0] != 0x93 || !start.AsSpan(1, 5).SequenceEqual("NUMPY"u8))
            throw new InferenceException("This is not a .npy file.");
        if (start[6] is < 1 or > 3)
            throw new InferenceException($"The .npy file has version {start[6]}; 1 to 3 are supported.");
        var length = start[6] == 1
            ? BinaryPrimitives.ReadUInt16LittleEndian(start.AsSpan(8))
            : BinaryPrimitives.ReadUInt32LittleEndian(start.AsSpan(8));
        file.Position = start[6] == 1 ? 10 : 12;
        if (length > MaxHeaderBytes || length > file.Length - file.Position)
            throw new InferenceException("The .npy file's header is truncated or too long.");
        var header = new byte[length];
        file.ReadExactly(header);
        return Encoding.UTF8.GetString(header);
    }

    private static float[] Numbers(FileStream file, int count, char kind, int size, bool big)
    {
        var values = new float[count];
        if ((kind, size, big) == ('f', 4, !BitConverter.IsLittleEndian))
        {
            file.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
            return values;
        }

        var bytes = new byte[checked(count * (long)size)];
        file.ReadExactly(bytes);
        for (var i = 0; i < count; i++)
        {
            var one = bytes.AsSpan(i * size, size);
            if (big)
                one.Reverse();
            values[i] = (kind, size) switch
            {
                ('f', 2) => (float)BinaryPrimitives.ReadHalfLittleEndian(one),
                ('f', 4) => BinaryPrimitives.ReadSingleLittleEndian(one),
                ('f', 8) => (float)BinaryPrimitives.ReadDoubleLittleEndian(one),
                ('u' or 'b', 1) => one[0],
                ('i', 1) => (sbyte)one[0],
                ('u', 2) => BinaryPrimitives.ReadUInt16LittleEndian(one),
                ('i', 2) => BinaryPrimitives.ReadInt16LittleEndian(one),
                ('u', 4) => BinaryPrimitives.ReadUInt32LittleEndian(one),
                ('i', 4) => BinaryPrimitives.ReadInt32LittleEndian(one),
                ('u', 8) => BinaryPrimitives.ReadUInt64LittleEndian(one),
                ('i', 8) => BinaryPrimitives.ReadInt64LittleEndian(one),
                _ => throw new InferenceException($"The .npy file holds '{kind}{size}', which is not a type of number that models accept."),
            };
        }

        return values;
    }

    [GeneratedRegex(
        "'descr':\\s*'(?<order>[<>|=]?)(?<kind>[a-zA-Z])(?<size>\\d{1,3})'", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TypePattern();

    [GeneratedRegex("'shape':\\s*\\((?<shape>[0-9, ]*)\\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ShapePattern();
}
