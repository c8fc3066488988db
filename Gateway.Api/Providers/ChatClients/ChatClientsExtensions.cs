using Microsoft.Extensions.AI;

namespace Gateway.Api.Providers.ChatClients;

/// <summary>Registers chat clients (https://learn.microsoft.com/dotnet/ai/microsoft-extensions-ai) as providers.</summary>
public static class ChatClientsExtensions
{
    /// <summary>
    /// Makes a chat client a provider of type <c>ChatClient</c>, which targets name like any other:
    /// <c>{ "Provider": "mine", "Model": "…" }</c>. The model's name is given to the client in <see cref="ChatOptions.ModelId"/>.
    /// </summary>
    /// <param name="services">The gateway's services; before or after <c>AddGateway</c>.</param>
    /// <param name="name">What targets call it. No provider of the configuration may have the same name.</param>
    /// <param name="create">Makes the client, once. It is called by many requests at once, must heed its cancellation token, and is disposed with the gateway.</param>
    public static IServiceCollection AddChatClientProvider(this IServiceCollection services, string name, Func<IServiceProvider, IChatClient> create)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (services.Any(service => service.ImplementationInstance is ChatClientRegistration other && other.Name == name))
        {
            throw new ArgumentException($"A chat client is registered as '{name}' already.", nameof(name));
        }

        return services.AddSingleton(new ChatClientRegistration(name, create));
    }
}
