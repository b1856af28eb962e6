namespace Siaga.Web;

/// <summary>The type of a parameter's value.</summary>
public enum ParameterKind
{
    Text,
    Number,

    /// <summary>RFC 3339, with an offset.</summary>
    Time,
}

/// <summary>A parameter that a handler reads by itself, for the API's document.</summary>
/// <param name="Name">The name in the query, or of the header.</param>
/// <param name="Kind">The type of its value.</param>
/// <param name="Description">One sentence with range and default.</param>
public sealed record QueryParameter(string Name, ParameterKind Kind, string Description)
{
    /// <summary>True for a header, false for a query parameter.</summary>
    public bool IsHeader { get; init; }

    /// <summary>The allowed values; empty when there is no fixed set.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];

    /// <summary>The smallest and largest allowed number; null for no bounds.</summary>
    public (long Least, long Most)? Range { get; init; }
}

/// <summary>A handler parameter that reads the query by itself and declares what it reads.</summary>
public interface IQueryInput
{
    static abstract IReadOnlyList<QueryParameter> Parameters { get; }
}
