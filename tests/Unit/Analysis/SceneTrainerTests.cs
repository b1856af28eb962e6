using Siaga.Analysis.Scenes;
using Siaga.Scenes;
using Siaga.Video;

namespace Siaga.Tests.Unit.Analysis;

public sealed class SceneTrainerTests
{
    [Fact]
    public void A_clip_that_cannot_be_learned_is_refused_without_the_name_of_its_temporary_file()
    {
        var trainer = new SceneTrainer(null!, new SceneLearner(new Unreadable(), () => throw new NotSupportedException()));
        var error = trainer.Learn("/scratch/0192.clip", CancellationToken.None).Error!;
        Assert.Equal(("clip_unreadable", "The clip cannot be read."), (error.Code, error.Message));
    }

    private sealed class Unreadable : IVideoDecoder
    {
        public IVideoReader Open(string path) => throw new VideoException("clip_unreadable", "The clip cannot be read.");
    }
}
