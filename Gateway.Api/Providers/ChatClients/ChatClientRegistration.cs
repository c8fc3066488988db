using Microsoft.Extensions.AI;

namespace Gateway.Api.Providers.ChatClients;

/// <summary>A chat client that was registered in code, as the provider of that name; no configuration changes it.</summary>
internal sealed record ChatClientRegistration(string Name, Func<IServiceProvider, IChatClient> Create);
