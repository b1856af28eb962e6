namespace Siaga.Primitives;

/// <summary>Knows what some exception means to whoever asked. All that are registered are asked, until one knows.</summary>
public interface IFailureMapper
{
    /// <summary>Null: not mine.</summary>
    Error? Map(Exception exception);
}
