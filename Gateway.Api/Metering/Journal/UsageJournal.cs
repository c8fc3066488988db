using ServiceDefaults.Usage;

namespace Gateway.Api.Metering.Journal;

/// <summary>Where the gateway puts down what each request used, before the request's last byte goes out.</summary>
internal sealed class UsageJournal(JournalService? service = null)
{
    /// <summary>Whether events are taken; where nobody would ever take them none need be made.</summary>
    public bool IsOpen => service is not null;

    /// <summary>
    /// Completes when the event is durable, or cannot be for now and the log says so: the request goes on. The journal gives the event its id.
    /// Where nobody would ever take events nothing is done.
    /// </summary>
    public ValueTask AppendAsync(UsageEvent usage) => service is null ? ValueTask.CompletedTask : service.Gatherer.AppendAsync(usage);
}
