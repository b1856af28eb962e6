using System.Runtime.CompilerServices;
using Siaga.Primitives;
using Siaga.Scenes;

namespace Siaga.Analysis.Scenes;

/// <summary>A lesson as bytes: a state that knows nothing but what the clip taught.</summary>
/// <remarks>
/// <c>platform/Scenes</c> merges deltas and stores states, but has no bytes for a delta; until it has, this reaches for the two constructors that
/// it keeps to itself. The tests of lessons fail where they change.
/// </remarks>
internal static class LessonFormat
{
    private const string StatisticsType = "Siaga.Scenes.Learning.SceneStatistics, Siaga.Scenes";

    /// <summary>Its bytes are the lesson's, its progress is the clip's.</summary>
    public static SceneState ToState(SceneDelta delta) => MakeState(1, StatisticsOf(delta), BackgroundOf(delta), 0, delta.Newest);

    /// <returns>What the clip taught, or why these bytes are no lesson.</returns>
    public static Result<SceneDelta> Read(string name, ReadOnlySpan<byte> bytes)
    {
        var state = SceneStateFormat.Read(bytes);
        return state.IsOk
            ? MakeDelta(name, StatisticsOf(state.Value), BackgroundOf(state.Value), state.Value.Newest, hasMoved: false)
            : state.Error;
    }

    [UnsafeAccessor(UnsafeAccessorKind.Constructor)]
    private static extern SceneState MakeState(
        int version, [UnsafeAccessorType(StatisticsType)] object statistics, byte[] background, double noise, DateTimeOffset newest);

    [UnsafeAccessor(UnsafeAccessorKind.Constructor)]
    private static extern SceneDelta MakeDelta(
        string clip, [UnsafeAccessorType(StatisticsType)] object statistics, byte[] background, DateTimeOffset newest, bool hasMoved);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_Statistics")]
    [return: UnsafeAccessorType(StatisticsType)]
    private static extern object StatisticsOf(SceneDelta delta);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_Statistics")]
    [return: UnsafeAccessorType(StatisticsType)]
    private static extern object StatisticsOf(SceneState state);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_Background")]
    private static extern byte[] BackgroundOf(SceneDelta delta);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_Background")]
    private static extern byte[] BackgroundOf(SceneState state);
}
