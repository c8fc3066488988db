using System.Text.Json;
using Gateway.Api.Pipeline;
using Gateway.Api.Requests;
using Gateway.Api.Routing;
using Gateway.Api.Secrets;
using Gateway.Api.Streaming;
using Gateway.Api.Telemetry;
using Microsoft.Extensions.AI;

namespace Gateway.Api.Providers.ChatClients;

/// <summary>Calls a chat client of Microsoft.Extensions.AI: the request becomes messages and options, the answer OpenAI's reply or stream.</summary>
internal sealed partial class ChatClientProvider(string name, IChatClient client, GatewayMetrics metrics, TimeProvider time, ILogger<ChatClientProvider> logger) : IProvider
{
    public string Name => name;

    public ProviderIdentity Identity { get; } = IdentityOf(client, name);

    public Secret? Credential => null;

    public ProviderProblem? Problem => null;

    public bool TakesBedrockTokens => false;

    public async Task<UpstreamResult> CallAsync(GatewayRequest request, Target target)
    {
        if (request.Operation != Operation.Chat)
        {
            return Rejected(target, Refusal.InvalidRequest($"'{target.Name}' is a chat client, and answers conversations only."));
        }

        var notes = new RequestNotes(target.Model);
        var (messages, options) = Read(request, notes);
        if (notes.Refusal is { } refusal)
        {
            return Rejected(target, refusal);
        }

        notes.Ignored.ForEach(parameter => metrics.IgnoredParameter(target, parameter));
        try
        {
            return request.Fields.Stream ? await StreamAsync(request, target, messages, options, notes) : await AnswerAsync(request, target, messages, options, notes);
        }
        catch (Exception exception) when (!request.AttemptCancelled.IsCancellationRequested)
        {
            LogFailed(exception, target.Name);
            return FailureOf(exception, request, target);
        }
    }

    public void Dispose() => client.Dispose();

    private static ProviderIdentity IdentityOf(IChatClient client, string name)
    {
        var known = client.GetService<ChatClientMetadata>();
        return new ProviderIdentity(known?.ProviderName ?? name, known?.ProviderUri?.Host, known?.ProviderUri?.Port);
    }

    private static (List<ChatMessage> Messages, ChatOptions Options) Read(GatewayRequest request, RequestNotes notes)
    {
        using var document = JsonDocument.Parse(request.Body!.Memory);
        try
        {
            return (new MessageReader(notes).Read(document.RootElement.GetProperty("messages")), new OptionsReader(document.RootElement, notes).Read());
        }
        catch (InvalidOperationException unreadable) when (unreadable.IsOfText())
        {
            notes.Refuse(Json.NoUnicode);
            return ([], new ChatOptions());
        }
    }

    private async Task<UpstreamResult> AnswerAsync(GatewayRequest request, Target target, List<ChatMessage> messages, ChatOptions options, RequestNotes notes)
    {
        var response = await client.GetResponseAsync(messages, options, request.AttemptCancelled);
        var contents = response.Messages.SelectMany(message => message.Contents).ToList();
        if (contents.OfType<ErrorContent>().FirstOrDefault() is { } error && contents.TrueForAll(content => content is ErrorContent or UsageContent))
        {
            return UpstreamFailure.BadReply(target, $"failed: {error.Message}");
        }

        using var output = new PooledBodyWriter();
        ChatReplyWriter.Write(output, response, ChatReplies.HeadOf(response.ResponseId, response.CreatedAt, response.ModelId ?? target.Model, time));
        return UpstreamReply.OfWritten(target, output.ToBody(), notes.Warnings);
    }

    private async Task<UpstreamResult> StreamAsync(GatewayRequest request, Target target, List<ChatMessage> messages, ChatOptions options, RequestNotes notes)
    {
        var leaving = new CancellationTokenSource();
        var updates = client.GetStreamingResponseAsync(messages, options, leaving.Token).GetAsyncEnumerator(leaving.Token);
        var body = new ChatUpdateStream(updates, new ChunkedUpdates(target.Model, request.Fields.IncludesUsage, time), leaving, exception => LogFailed(exception, target.Name));
        var (stream, first, _) = await UpstreamStream.OpenAsync(target, body, body, notes.Warnings, request.AttemptCancelled);
        if (first == ChunkKind.Content)
        {
            return stream;
        }

        stream.Dispose();
        return UpstreamFailure.BadReply(target, "ended its answer before it had begun.");
    }

    private static UpstreamFailure Rejected(Target target, Refusal refusal) => new(target, UpstreamFailureKind.Rejected, refusal);

    // What a client throws is its own affair; but for HTTP's statuses there is no telling whose fault it was. Its words may hold what is none of the caller's business.
    private static UpstreamFailure FailureOf(Exception exception, GatewayRequest request, Target target) => exception switch
    {
        HttpRequestException { StatusCode: { } status } => UpstreamFailure.OfStatus(target, (int)status, new ProviderError("The chat client gave no reason that could be told."), retryAfter: null),
        TimeoutException or OperationCanceledException => UpstreamFailure.BrokeOff(target),
        _ => UpstreamHttp.FailureOf(exception, request, target, connectTimeout: default)
            ?? new UpstreamFailure(target, UpstreamFailureKind.ServerError, Refusal.UpstreamError($"{target.Name} failed ({exception.GetType().Name}).")),
    };

    [LoggerMessage(LogLevel.Warning, "The chat client of {Target} failed.")]
    private partial void LogFailed(Exception exception, string target);
}
