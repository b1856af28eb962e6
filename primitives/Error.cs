namespace Siaga.Primitives;

/// <summary>An expected failure.</summary>
/// <param name="Kind">Decides the HTTP status.</param>
/// <param name="Code">Stable, snake_case; programs compare it, e.g. <c>clip_empty</c>.</param>
/// <param name="Message">One sentence for a person: what is wrong and what to do. Never contains a secret.</param>
public sealed record Error(ErrorKind Kind, string Code, string Message);
