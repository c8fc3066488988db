using Gateway.Api.Access;
using Gateway.Api.Configuration;
using Gateway.Api.Experiments.Tallies;

namespace Gateway.Api.Feedback;

/// <summary>Takes feedback: the score counts for the request's variant, in place of one that it got before, and all of it is kept to be read.</summary>
internal sealed class FeedbackDesk(IFeedbackStore store, TallyBook tallies, LiveConfiguration configuration, TimeProvider time)
{
    /// <summary>A request is remembered off its way, so that feedback on it may come first.</summary>
    private static readonly TimeSpan UntilRemembered = TimeSpan.FromMilliseconds(100);

    /// <summary>Returns what was kept, or null where the request is not known to the caller's tenant.</summary>
    /// <exception cref="FeedbackUnavailableException">It could not be kept.</exception>
    public async Task<FeedbackEntry?> TakeAsync(ApiKey caller, string requestId, double score, string? comment, IReadOnlyList<string> labels, CancellationToken cancellationToken)
    {
        if (await ScoreAsync(caller.Tenant, requestId, score, cancellationToken) is not { } remembered)
        {
            return null;
        }

        // An experiment that was taken out of the configuration meanwhile is not counted for any more.
        if (remembered.Variant?.Split('/') is [var experiment, var variant] && configuration.Current.Experiments.ContainsKey(experiment))
        {
            tallies.Count(experiment, variant, score, remembered.Score);
        }

        var now = time.GetUtcNow();
        var entry = new FeedbackEntry($"feedback_{Guid.CreateVersion7(now):N}", now, requestId, caller.Tenant, caller.Id, caller.User, remembered.Variant, score, comment, labels);
        await store.AppendAsync(entry, cancellationToken);
        return entry;
    }

    private async Task<RememberedRequest?> ScoreAsync(string tenant, string requestId, double score, CancellationToken cancellationToken)
    {
        if (await store.ScoreAsync(tenant, requestId, score, cancellationToken) is { } remembered)
        {
            return remembered;
        }

        await Task.Delay(UntilRemembered, time, cancellationToken);
        return await store.ScoreAsync(tenant, requestId, score, cancellationToken);
    }
}
