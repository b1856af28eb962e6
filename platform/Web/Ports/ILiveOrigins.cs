namespace Siaga.Web;

/// <summary>Where live pictures come from besides this server: pages may load them from there.</summary>
public interface ILiveOrigins
{
    /// <summary>Scheme, host and port, such as <c>https://media.example:8888</c>; empty where none is configured.</summary>
    IReadOnlyList<string> Origins { get; }
}
