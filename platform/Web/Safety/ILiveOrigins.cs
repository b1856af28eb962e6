namespace Siaga.Web;

/// <summary>The origins of live video besides this server, which pages may load from.</summary>
public interface ILiveOrigins
{
    /// <summary>Scheme, host and port, such as <c>https://media.example:8888</c>; empty when none is configured.</summary>
    IReadOnlyList<string> Origins { get; }
}
