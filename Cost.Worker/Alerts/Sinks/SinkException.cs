namespace Cost.Worker.Alerts.Sinks;

/// <summary>A message was not taken.</summary>
/// <param name="reason">In words that hold no secret and no address that is one.</param>
/// <param name="isRejected">Whether this message will never be taken, however often it is sent.</param>
internal sealed class SinkException(string reason, bool isRejected = false, Exception? inner = null) : Exception(reason, inner)
{
    public bool IsRejected => isRejected;
}
