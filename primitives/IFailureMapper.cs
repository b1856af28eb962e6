namespace Siaga.Primitives;

/// <summary>Maps some exceptions to an expected failure. All registered mappers are asked until one answers.</summary>
public interface IFailureMapper
{
    /// <summary>Null when this mapper does not know the exception.</summary>
    Error? Map(Exception exception);
}
