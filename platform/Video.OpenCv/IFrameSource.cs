using OpenCvSharp;

namespace Siaga.Video.OpenCv;

/// <summary>Gives a clip's pictures one after another.</summary>
internal interface IFrameSource : IDisposable
{
    /// <summary>From the header; 0 when the header has none.</summary>
    double FramesPerSecond { get; }

    /// <summary>From the header; 0 when the header has none.</summary>
    int HeaderFrames { get; }

    /// <summary>The file's format; null when unknown.</summary>
    VideoForm? Form { get; }

    /// <summary>Decodes the next picture.</summary>
    bool Grab();

    /// <summary>The decoded picture's time stamp in seconds; null when it has none. It may start anywhere and go back.</summary>
    double? Seconds { get; }

    /// <summary>Size of the decoded picture in pixels, upright.</summary>
    (int Width, int Height) Size { get; }

    /// <summary>Converts the decoded picture to BGR, upright.</summary>
    /// <returns>False when it cannot be converted.</returns>
    bool Convert(Mat target);

    /// <summary>A new reference to the decoded picture, which outlives the next picture. Dispose it before the source.</summary>
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
