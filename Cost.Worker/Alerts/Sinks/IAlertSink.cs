namespace Cost.Worker.Alerts.Sinks;

/// <summary>A way to tell somebody.</summary>
internal interface IAlertSink
{
    /// <summary>Returns when the other side has taken the message over.</summary>
    /// <exception cref="SinkException">It has not.</exception>
    Task SendAsync(AlertMessage message, CancellationToken cancellationToken);
}
