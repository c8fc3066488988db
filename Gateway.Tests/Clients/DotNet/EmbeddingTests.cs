using Gateway.Tests.Hosts;
using OpenAI.Embeddings;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Clients.DotNet;

[Trait("Requirement", "B1.4")]
public class EmbeddingTests(SimulatedGateway gateway)
{
    [Fact]
    public async Task Texts_become_vectors_in_their_order()
    {
        OpenAIEmbeddingCollection both = await gateway.Embeddings().GenerateEmbeddingsAsync(["a red bicycle", "a blue kettle"], cancellationToken: TestContext.Current.CancellationToken);
        OpenAIEmbedding second = await gateway.Embeddings().GenerateEmbeddingAsync("a blue kettle", cancellationToken: TestContext.Current.CancellationToken);

        both.Select(embedding => (embedding.Index, embedding.ToFloats().Length)).ShouldBe([(0, 384), (1, 384)]);
        both[1].ToFloats().ToArray().ShouldBe(second.ToFloats().ToArray());
        both.Model.ShouldBe(SimulatedGateway.EmbeddingModel);
        both.Usage.InputTokenCount.ShouldBeGreaterThan(0);
        both.Usage.TotalTokenCount.ShouldBe(both.Usage.InputTokenCount);
    }

    [Fact]
    public async Task A_vector_is_as_short_as_it_was_asked_to_be()
    {
        OpenAIEmbedding embedding = await gateway.Embeddings().GenerateEmbeddingAsync("a red bicycle", new EmbeddingGenerationOptions { Dimensions = 16 }, TestContext.Current.CancellationToken);

        embedding.ToFloats().Length.ShouldBe(16);
    }
}
