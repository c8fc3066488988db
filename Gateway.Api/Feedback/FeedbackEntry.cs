using Gateway.Api.Endpoints;

namespace Gateway.Api.Feedback;

/// <summary>Feedback as it is kept for administrators to read.</summary>
/// <param name="Id">Names the entry; made from the time.</param>
/// <param name="Key">The id of the API key that gave it.</param>
/// <param name="Variant"><c>experiment/variant</c> that the request fell into.</param>
internal sealed record FeedbackEntry(
    string Id, DateTimeOffset At, string RequestId, string Tenant, string Key, string? User, string? Variant, double Score, string? Comment, IReadOnlyList<string> Labels) : IListed;
