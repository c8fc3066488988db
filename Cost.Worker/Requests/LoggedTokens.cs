namespace Cost.Worker.Requests;

/// <summary>A request's tokens in the four classes that are priced apart.</summary>
internal sealed record LoggedTokens(long Input, long CachedInput, long CacheWrite, long Output);
