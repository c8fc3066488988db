using System.ClientModel;
using Gateway.Tests.Hosts;
using OpenAI.Models;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Clients.DotNet;

[Trait("Requirement", "B1.4")]
[Trait("Requirement", "B6.2")]
public sealed class ModelTests(SimulatedGateway gateway)
{
    [Fact]
    public async Task The_list_names_the_models_that_have_a_provider()
    {
        OpenAIModelCollection models = await gateway.Models().GetModelsAsync(TestContext.Current.CancellationToken);

        models.Select(model => (model.Id, model.OwnedBy)).ShouldBe([(SimulatedGateway.EmbeddingModel, "local"), (SimulatedGateway.ChatModel, "local")]);
    }

    [Fact]
    public async Task The_list_names_only_what_the_key_may_use()
    {
        var key = await gateway.Gateway.CreateKeyAsync(new { name = "chat only", models = new[] { SimulatedGateway.ChatModel } });

        OpenAIModelCollection models = await gateway.Models(key).GetModelsAsync(TestContext.Current.CancellationToken);

        models.Select(model => model.Id).ShouldBe([SimulatedGateway.ChatModel]);
    }

    [Fact]
    public async Task One_model_is_found_by_its_name()
    {
        OpenAIModel model = await gateway.Models().GetModelAsync(SimulatedGateway.ChatModel, TestContext.Current.CancellationToken);

        (model.Id, model.OwnedBy).ShouldBe((SimulatedGateway.ChatModel, "local"));
    }

    [Fact]
    public async Task A_name_with_a_slash_is_found_though_the_client_escapes_it()
    {
        await using var slashed = await GatewayHost.StartAsync(
            gateway.Model, ("Gateway:Models:team/chat:Targets:0:Provider", "local"), ("Gateway:Models:team/chat:Targets:0:Model", SimulatedGateway.ServedChatModel));

        OpenAIModel model = await slashed.Client(await slashed.CreateKeyAsync()).GetOpenAIModelClient().GetModelAsync("team/chat", TestContext.Current.CancellationToken);

        model.Id.ShouldBe("team/chat");
    }

    [Fact]
    public async Task A_model_that_is_not_there_is_not_found()
    {
        var missing = await Should.ThrowAsync<ClientResultException>(gateway.Models().GetModelAsync("gpt-17", TestContext.Current.CancellationToken));

        missing.Status.ShouldBe(404);
    }
}
