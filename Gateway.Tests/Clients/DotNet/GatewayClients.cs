using System.ClientModel;
using System.ClientModel.Primitives;
using Gateway.Tests.Hosts;
using OpenAI;
using OpenAI.Chat;
using OpenAI.Embeddings;
using OpenAI.Models;

namespace Gateway.Tests.Clients.DotNet;

/// <summary>OpenAI's .NET client, told nothing but the gateway's address and a key.</summary>
internal static class GatewayClients
{
    public static OpenAIClient Client(this GatewayHost gateway, string key) => new(
        new ApiKeyCredential(key),
        new OpenAIClientOptions { Endpoint = new Uri(gateway.Address, "v1"), RetryPolicy = new ClientRetryPolicy(maxRetries: 0) });

    public static OpenAIClient Client(this SimulatedGateway gateway, string? key = null) => gateway.Gateway.Client(key ?? gateway.Key);

    public static ChatClient Chat(this SimulatedGateway gateway) => gateway.Client().GetChatClient(SimulatedGateway.ChatModel);

    public static EmbeddingClient Embeddings(this SimulatedGateway gateway) => gateway.Client().GetEmbeddingClient(SimulatedGateway.EmbeddingModel);

    public static OpenAIModelClient Models(this SimulatedGateway gateway, string? key = null) => gateway.Client(key).GetOpenAIModelClient();
}
