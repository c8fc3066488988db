using Gateway.Api.Configuration;
using Gateway.Api.Flags;
using Gateway.Api.Pipeline;
using Gateway.Api.Requests;

namespace Gateway.Api.Caching.Semantic;

/// <summary>Finds the answer to a question of the same meaning, where all else about the request is the same.</summary>
internal sealed class SemanticCache(LiveConfiguration configuration, FeatureFlags flags, QuestionEmbedder embedder, SemanticIndex index)
{
    /// <summary>The question that a request ends with, by its meaning; null where there is none, or that is not wanted.</summary>
    public async ValueTask<MeantQuestion?> ReadAsync(GatewayRequest request)
    {
        if (configuration.Current.Cache.Semantic.Embeddings is not { Length: > 0 } alias || request.Operation != Operation.Chat
            || !await flags.IsOnAsync(GatewayFlags.SemanticCache, request.Caller)
            || LastQuestion.Read(request.Body!.Span) is not { } question || !RequestFingerprint.TryRead(request, question.Value, out var context))
        {
            return null;
        }

        return await embedder.EmbedAsync(request, alias, question.Text) is { } vector ? new MeantQuestion(context, vector) : null;
    }

    public SimilarAnswer? Find(MeantQuestion question) => index.Find(question);

    public void Add(MeantQuestion question, CachedAnswer answer) => index.Add(question, answer);
}
