using Gateway.Api.Pipeline;

namespace Gateway.Api.Endpoints.Config;

/// <param name="Version">What is put back; the version before the newest where not stated. 0 is that before the first.</param>
internal sealed record RollBackRequest(long? Version = null)
{
    public Refusal? FindFault() => Version < 0 ? Refusal.InvalidRequest("'version' must be 0 or more.", "version") : null;
}
