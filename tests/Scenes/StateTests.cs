using Siaga.Scenes;
using Siaga.Scenes.Learning;
using Siaga.Scenes.OpenCv;

namespace Siaga.Tests.Scenes;

/// <summary>States are small and exact, merge in any order, and are validated when read.</summary>
public sealed class StateTests
{
    private static readonly TestHost s_host = new();

    [Fact]
    public void A_state_is_the_same_after_being_stored_and_below_a_megabyte()
    {
        var bytes = s_host.State.ToBytes();
        Assert.InRange(bytes.Length, 1000, (1 << 20) - 1);
        var read = SceneStateFormat.Read(bytes);
        Assert.True(read.IsOk, read.Error?.Message);
        Assert.Equal(bytes, read.Value.ToBytes());
        Assert.Equal(s_host.State.Progress, read.Value.Progress);
        var clip = s_host.Scene.Walk("stored", 40, speed: 50);
        var (before, after) = (new List<SceneFrame>(), new List<SceneFrame>());
        s_host.Detector.Score(clip, s_host.State, before.Add);
        s_host.Detector.Score(clip, read.Value, after.Add);
        Assert.Equal(before, after);
    }

    [Fact]
    public void What_was_seen_seldom_fades_too_however_often_a_version_is_made()
    {
        const int Seldom = 40;
        const int Hours = 7 * 24;
        var known = new SceneStatistics(s_host.State.Grid);
        Array.Fill(known.Active, Seldom);
        var again = new SceneStatistics(s_host.State.Grid);
        Array.Fill(again.Active, Seldom);
        for (var hour = 0; hour < Hours; hour++)
        {
            known.Scale(Math.Pow(0.5, 1.0 / Hours), hour);
            again.Scale(Math.Pow(0.5, 1.0 / Hours), hour);
        }

        Assert.InRange(known.Active.Average(), (Seldom / 2.0) - 1, (Seldom / 2.0) + 1);
        Assert.Equal(known.Active, again.Active);
    }

    [Fact]
    public void Two_workers_learn_the_same_model_as_one_from_interleaved_clips()
    {
        var deltas = Enumerable.Range(0, 6).Select(i => Watch(i)).ToList();
        var one = s_host.State.Merge(deltas);
        Assert.Equal(s_host.State.Version + 1, one.Version);

        // Two workers with their own detectors each analysed every second clip; their results arrive out of order, one of them twice.
        var first = new[] { 4, 0, 2 }.Select(Watch);
        var second = new[] { 5, 1, 3 }.Select(Watch);
        var two = s_host.State.Merge([.. second, .. first, Watch(1)]);
        Assert.Equal(one.ToBytes(), two.ToBytes());

        // A worker that was killed in the middle of clip 3 leaves no trace of it; what the others learned is complete.
        var killed = s_host.State.Merge(deltas.Where((_, i) => i != 3));
        Assert.NotEqual(one.ToBytes(), killed.ToBytes());
        Assert.Equal(one.ToBytes(), s_host.State.Merge([.. deltas.Where((_, i) => i != 3), Watch(3)]).ToBytes());
    }

    [Fact]
    public void Learning_goes_on_from_a_state()
    {
        var delta = Watch(0);
        var next = s_host.State.Merge([delta]);
        Assert.True(next.Progress.Footage > s_host.State.Progress.Footage);
        var more = new SceneLearner(s_host.Scene, () => new OpenCvPointTracker()).Learn([s_host.Scene.Walk("more", 100)], next);
        Assert.True(more.IsOk, more.Error?.Message);
        Assert.Equal(next.Version + 1, more.Value.Version);
    }

    [Fact]
    public void A_damaged_state_is_refused()
    {
        var bytes = s_host.State.ToBytes();
        Assert.False(SceneStateFormat.Read([]).IsOk);
        Assert.False(SceneStateFormat.Read("SIAGASCN"u8).IsOk);
        Assert.False(SceneStateFormat.Read(new byte[2 << 20]).IsOk);
        Assert.False(SceneStateFormat.Read(bytes.AsSpan(0, bytes.Length / 2)).IsOk);
        var random = new Random(1);
        for (var i = 0; i < 200; i++)
        {
            var damaged = (byte[])bytes.Clone();
            damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
            Assert.False(SceneStateFormat.Read(damaged).IsOk);
        }
    }

    [Fact]
    public void A_state_with_a_right_checksum_and_wrong_content_is_refused_or_harmless()
    {
        var (bytes, random) = (s_host.State.ToBytes(), new Random(2));
        var clip = s_host.Scene.Walk("hostile", 12);
        for (var i = 0; i < 60; i++)
        {
            // Mostly in the header and the sums, where errors matter most.
            var forged = bytes[..^32];
            for (var k = 0; k < 4; k++)
                forged[8 + random.Next(i % 2 == 0 ? 80 : 20000)] = (byte)random.Next(256);
            var read = SceneStateFormat.Read([.. forged, .. System.Security.Cryptography.SHA256.HashData(forged)]);
            if (read.IsOk)
            {
                s_host.Detector.Score(
                    clip, read.Value, f => Assert.True(double.IsFinite(f.Score), $"forgery {i}: frame {f.Index} scores {f.Score}"));
            }
        }
    }

    private static SceneDelta Watch(int clip)
    {
        var name = $"watched-{clip}";
        s_host.Scene.Walk(name, 120, start: clip * 4);
        var taught = new SceneClip(name, DateTimeOffset.UnixEpoch.AddDays(20).AddMinutes(clip), 4);
        var delta = s_host.Detector.Watch(name, s_host.State, taught, _ => { });
        Assert.True(delta.IsOk, delta.Error?.Message);
        return delta.Value;
    }
}
