using Gateway.Api.Routing;

namespace Gateway.Api.Providers;

/// <summary>
/// What calling a target came to: an <see cref="UpstreamReply"/>, an open <see cref="UpstreamStream"/> or an
/// <see cref="UpstreamFailure"/>. Whoever receives it disposes it.
/// </summary>
internal abstract class UpstreamResult(Target target) : IDisposable
{
    public Target Target { get; } = target;

    /// <summary>What the target could not be told of the request: for the caller to know.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    public abstract void Dispose();
}
