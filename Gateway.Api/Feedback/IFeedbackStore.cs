namespace Gateway.Api.Feedback;

/// <summary>Where recent requests and the feedback on them are kept: Redis for replicas, else this process's memory.</summary>
/// <exception cref="FeedbackUnavailableException">From each call: it cannot be reached.</exception>
internal interface IFeedbackStore
{
    /// <summary>How many entries are kept; the newest.</summary>
    const int Capacity = 1_000;

    /// <summary>Remembers requests, and forgets as many of this process's oldest as it has too many.</summary>
    Task RememberAsync(IReadOnlyList<AnsweredRequest> requests, CancellationToken cancellationToken);

    /// <summary>Gives a request a score; returns what was remembered of it before, or null where it is not known to the tenant.</summary>
    Task<RememberedRequest?> ScoreAsync(string tenant, string requestId, double score, CancellationToken cancellationToken);

    Task AppendAsync(FeedbackEntry entry, CancellationToken cancellationToken);

    /// <summary>The newest first.</summary>
    Task<IReadOnlyList<FeedbackEntry>> ReadAllAsync(CancellationToken cancellationToken);
}
