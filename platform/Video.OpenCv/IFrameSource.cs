using OpenCvSharp;

namespace Siaga.Video.OpenCv;

/// <summary>Gives a clip's pictures one after another.</summary>
internal interface IFrameSource : IDisposable
{
    /// <summary>As the header says; 0 where it does not.</summary>
    double FramesPerSecond { get; }

    /// <summary>As the header says; 0 where it does not.</summary>
    int HeaderFrames { get; }

    /// <summary>What the file says that it is; null: not known.</summary>
    VideoForm? Form { get; }

    /// <summary>Decodes the next picture.</summary>
    bool Grab();

    /// <summary>The decoded picture's time stamp in seconds; null: it has none. It may begin anywhere and go back.</summary>
    double? Seconds { get; }

    /// <summary>Pixels of the decoded picture, upright.</summary>
    (int Width, int Height) Size { get; }

    /// <summary>The decoded picture as BGR, upright.</summary>
    /// <returns>False: it cannot be converted.</returns>
    bool Convert(Mat target);

    /// <summary>Another owner of the decoded picture, which outlives the next one. Dispose it before the source.</summary>
    IHeldPicture Hold();
}

/// <summary>A decoded picture that is no longer the source's newest.</summary>
internal interface IHeldPicture : IDisposable
{
    /// <inheritdoc cref="IFrameSource.Size"/>
    (int Width, int Height) Size { get; }

    /// <inheritdoc cref="IFrameSource.Convert"/>
    bool Convert(Mat target);
}
