using Gateway.Api.Routing;

namespace Gateway.Api.Providers;

/// <summary>
/// What calling a target came to: an <see cref="UpstreamReply"/>, an open <see cref="UpstreamStream"/> or an
/// <see cref="UpstreamFailure"/>. Whoever receives it disposes it.
/// </summary>
internal abstract class UpstreamResult(Target target) : IDisposable
{
    public Target Target { get; } = target;

    public abstract void Dispose();
}
