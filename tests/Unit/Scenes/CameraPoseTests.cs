using Siaga.Scenes;
using Siaga.Scenes.Motion;

namespace Siaga.Tests.Unit.Scenes;

public sealed class CameraPoseTests
{
    private static readonly SceneGrid s_grid = new(64, 48);
    private static readonly byte[] s_view = View(7);

    [Fact]
    public void Nothing_is_said_before_the_first_picture() => Assert.False(new CameraPose(s_grid, s_view).HasMoved());

    [Fact]
    public void The_same_view_in_other_light_has_not_moved()
    {
        Assert.False(HasMoved(s_view));
        Assert.False(HasMoved([.. s_view.Select(v => (byte)((v / 2) + 60))]));
    }

    [Fact]
    public void Another_view_has_moved() => Assert.True(HasMoved(View(8)));

    [Fact]
    public void A_view_that_is_covered_in_part_has_not_moved() =>
        Assert.False(HasMoved([.. s_view.Select((v, i) => i % 64 < 16 ? (byte)90 : v)]));

    [Fact]
    public void Of_fog_and_of_a_covered_lens_nothing_is_said()
    {
        Assert.False(HasMoved(new byte[s_grid.Pixels]));
        var pose = new CameraPose(s_grid, new byte[s_grid.Pixels]);
        pose.See(s_view);
        Assert.False(pose.HasMoved());
    }

    [Fact]
    public void One_picture_of_another_view_does_not_decide()
    {
        var pose = new CameraPose(s_grid, s_view);
        for (var i = 0; i < 20; i++)
            pose.See(s_view);
        pose.See(View(8));
        Assert.False(pose.HasMoved());
        for (var i = 0; i < 60; i++)
            pose.See(View(8));
        Assert.True(pose.HasMoved());
    }

    private static bool HasMoved(byte[] picture)
    {
        var pose = new CameraPose(s_grid, s_view);
        pose.See(picture);
        return pose.HasMoved();
    }

    /// <summary>Areas of four pixels a side with different levels.</summary>
    private static byte[] View(int seed)
    {
        var random = new Random(seed);
        var levels = Enumerable.Range(0, 16 * 12).Select(_ => (byte)random.Next(40, 200)).ToArray();
        return [.. Enumerable.Range(0, s_grid.Pixels).Select(i => levels[(i / 64 / 4 * 16) + (i % 64 / 4)])];
    }
}
