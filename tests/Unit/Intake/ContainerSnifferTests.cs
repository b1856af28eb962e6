using CsCheck;
using Siaga.Intake;

namespace Siaga.Tests.Unit.Intake;

public sealed class ContainerSnifferTests
{
    [Theory]
    [InlineData(4, "ftyp")]
    [InlineData(4, "moov")]
    [InlineData(0, "RIFF")]
    [InlineData(0, "FLV")]
    [InlineData(0, "OggS")]
    [InlineData(0, "\u001aE\u00df\u00a3")]
    public void A_container_is_known_by_its_first_bytes(int at, string magic)
    {
        var file = new byte[64];
        System.Text.Encoding.Latin1.GetBytes(magic).CopyTo(file, at);
        Assert.Null(ContainerSniffer.Refuse(file));
    }

    [Theory]
    [InlineData(0, 188)]
    [InlineData(4, 192)]
    public void A_transport_stream_is_known_by_its_sync_bytes(int at, int every)
    {
        var file = new byte[ContainerSniffer.WantedBytes];
        Array.Fill(file, (byte)0xFF);
        file[at] = file[at + every] = 0x47;
        Assert.Null(ContainerSniffer.Refuse(file));
        file[at + every] = 0;
        Assert.Equal("clip_not_video", ContainerSniffer.Refuse(file)!.Code);
    }

    [Theory]
    [InlineData("<!doctype html><html></html>", "a web page or XML")]
    [InlineData("version https://git-lfs.github.com/spec/v1", "a git-LFS pointer")]
    [InlineData("time,score\n1,0.5\n2,0.25\n", "text")]
    public void What_is_no_video_is_refused_by_what_it_looks_like(string text, string looksLike)
    {
        var error = ContainerSniffer.Refuse(System.Text.Encoding.ASCII.GetBytes(text))!;
        Assert.Equal("clip_not_video", error.Code);
        Assert.Contains(looksLike, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_bytes_get_an_answer() => Gen.Byte.Array[0, 600].Sample(bytes =>
        ContainerSniffer.Refuse(bytes) is null or { Code: "clip_empty" or "clip_too_short" or "clip_not_video" });

    [Fact]
    public void An_empty_and_a_very_short_file_are_told_apart()
    {
        Assert.Equal("clip_empty", ContainerSniffer.Refuse([])!.Code);
        Assert.Equal("clip_too_short", ContainerSniffer.Refuse(new byte[15])!.Code);
    }
}
