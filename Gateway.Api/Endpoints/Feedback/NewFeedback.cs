using System.Globalization;
using Gateway.Api.Pipeline;

namespace Gateway.Api.Endpoints.Feedback;

/// <summary>What <c>POST /v1/feedback</c> takes: which request it is about, and a score or a rating.</summary>
internal sealed record NewFeedback
{
    private const int LongestId = 128;
    private const int LongestComment = 4_000;
    private const int MostLabels = 10;
    private const int LongestLabel = 64;

    /// <summary>The <c>x-request-id</c> of the reply.</summary>
    public string? RequestId { get; init; }

    /// <summary>-1 to 1.</summary>
    public double? Score { get; init; }

    /// <summary><c>thumbs_up</c> is a score of 1, <c>thumbs_down</c> one of -1.</summary>
    public string? Rating { get; init; }

    /// <summary>To 4,000 characters.</summary>
    public string? Comment { get; init; }

    /// <summary>To 10, each of 1 to 64 characters.</summary>
    public IReadOnlyList<string>? Labels { get; init; }

    public double? ScoreOrRating => Score ?? Rating switch
    {
        "thumbs_up" or "up" => 1,
        "thumbs_down" or "down" => -1,
        _ => null,
    };

    public Refusal? FindFault() => this switch
    {
        { RequestId: null or "" } => Refusal.MissingParameter("request_id"),
        { RequestId.Length: > LongestId } => Refusal.InvalidRequest($"'request_id' has {RequestId.Length} characters; allowed: {LongestId}.", "request_id"),
        { Score: null, Rating: null } => Refusal.MissingParameter("score"),
        { Score: not null, Rating: not null } => Refusal.InvalidRequest("Give 'score' or 'rating', not both.", "rating"),
        { ScoreOrRating: null } => Refusal.InvalidRequest($"'rating' is '{Rating}'; allowed: thumbs_up, thumbs_down.", "rating"),
        { ScoreOrRating: not (>= -1 and <= 1) } => Refusal.InvalidRequest(string.Create(CultureInfo.InvariantCulture, $"'score' is {Score}; allowed: -1 to 1."), "score"),
        { Comment.Length: > LongestComment } => Refusal.InvalidRequest($"'comment' has {Comment.Length} characters; allowed: {LongestComment}.", "comment"),
        { Labels.Count: > MostLabels } => Refusal.InvalidRequest($"'labels' has {Labels.Count} items; allowed: {MostLabels}.", "labels"),
        { Labels: { } labels } when labels.Any(label => label is not { Length: >= 1 and <= LongestLabel }) => Refusal.InvalidRequest($"'labels' must hold texts of 1 to {LongestLabel} characters.", "labels"),
        _ => null,
    };
}
