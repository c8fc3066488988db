using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Gateway.Tests.Providers.ChatClients;

/// <summary>A small chat client such as an operator might write: it says back what it heard, and asks the first tool it is given about Oslo.</summary>
internal sealed class WeatherClient : IChatClient
{
    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.Yield();
        var last = messages.Last();
        if (last.Role == ChatRole.User && options?.Tools is [AIFunctionDeclaration tool, ..])
        {
            yield return new ChatResponseUpdate(ChatRole.Assistant, [new FunctionCallContent("call_1", tool.Name, new Dictionary<string, object?> { ["city"] = "Oslo" })]);
        }
        else
        {
            var heard = last.Contents.OfType<FunctionResultContent>().FirstOrDefault()?.Result ?? last.Text;
            yield return new ChatResponseUpdate(ChatRole.Assistant, "I heard: ") { ModelId = $"{options?.ModelId}-1" };
            yield return new ChatResponseUpdate(ChatRole.Assistant, $"{heard}");
        }

        yield return new ChatResponseUpdate(ChatRole.Assistant, [new UsageContent(new UsageDetails { InputTokenCount = 7, OutputTokenCount = 3, CachedInputTokenCount = 2 })]);
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}
