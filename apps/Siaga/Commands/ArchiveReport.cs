using System.Globalization;
using System.Text.Json;
using Siaga.BlobStorage;

namespace Siaga.App.Siaga.Commands;

/// <summary>What <c>siaga storage</c> prints about a copy that is done.</summary>
internal static class ArchiveReport
{
    /// <summary>One line for scripts.</summary>
    public static string AsJson(ArchiveResult result) =>
        JsonSerializer.Serialize(new { copied = result.Copied, kept = result.Kept, removed = result.Removed, bytes = result.Bytes });

    /// <summary>One line for people.</summary>
    public static string AsText(ArchiveResult result) => string.Create(
        CultureInfo.InvariantCulture,
        $"{result.Copied} objects copied ({result.Bytes:N0} bytes), {result.Kept} already present, {result.Removed} removed");
}
