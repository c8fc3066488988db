namespace Gateway.Api.Caching.Semantic;

/// <summary>A question by its meaning.</summary>
/// <param name="Context">The key of all that the answer depends on beside the question: tenant, alias, system prompt, what was said before, parameters.</param>
/// <param name="Vector">The question's embedding, of length 1.</param>
internal sealed record MeantQuestion(CacheKey Context, float[] Vector);
