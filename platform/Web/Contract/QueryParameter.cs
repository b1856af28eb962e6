namespace Siaga.Web;

/// <summary>What a parameter's text stands for.</summary>
public enum ParameterKind
{
    Text,
    Number,

    /// <summary>RFC 3339, with an offset.</summary>
    Time,
}

/// <summary>A parameter that a handler reads by itself, as the API's document tells it.</summary>
/// <param name="Name">In the query, or of the header.</param>
/// <param name="Kind">What its text stands for.</param>
/// <param name="Description">One sentence with range and default.</param>
public sealed record QueryParameter(string Name, ParameterKind Kind, string Description)
{
    /// <summary>True: a header, not a part of the query.</summary>
    public bool IsHeader { get; init; }

    /// <summary>The only values there are; empty: any.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];

    /// <summary>The least and the greatest number; null: no bound of its own.</summary>
    public (long Least, long Most)? Range { get; init; }
}

/// <summary>A handler's parameter that reads the query by itself, and can say what it reads.</summary>
public interface IQueryInput
{
    static abstract IReadOnlyList<QueryParameter> Parameters { get; }
}
