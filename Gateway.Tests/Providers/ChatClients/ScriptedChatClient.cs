using Microsoft.Extensions.AI;

namespace Gateway.Tests.Providers.ChatClients;

/// <summary>A chat client that answers as a test says.</summary>
internal sealed class ScriptedChatClient : IChatClient
{
    public delegate IAsyncEnumerable<ChatResponseUpdate> AnswerTo(IReadOnlyList<ChatMessage> messages, ChatOptions options, CancellationToken cancellationToken);

    public AnswerTo Script { get; set; } = (_, _, _) => AsyncEnumerable.Empty<ChatResponseUpdate>();

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        Script([.. messages], options!, cancellationToken).ToChatResponseAsync(cancellationToken);

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        Script([.. messages], options!, cancellationToken);

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}
