namespace Gateway.Api.Caching.Semantic;

/// <summary>A kept answer, and how near its question is where it is not the same: the cosine of their embeddings.</summary>
internal sealed record SimilarAnswer(CachedAnswer Answer, double? Similarity = null);
