namespace Gateway.Api.Feedback;

/// <summary>Where feedback is kept cannot be reached at present.</summary>
internal sealed class FeedbackUnavailableException(Exception cause) : Exception("Redis cannot be reached.", cause);
