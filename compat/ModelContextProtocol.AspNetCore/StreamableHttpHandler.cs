using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace ModelContextProtocol.AspNetCore;

/// <summary>Answers one POST: a server of its own for each, which ends with the reply.</summary>
internal sealed class StreamableHttpHandler
{
    private readonly McpServerOptions _options;
    private readonly RequestOrigin _origin;
    private readonly ILoggerFactory _loggers;

    public StreamableHttpHandler(IOptionsFactory<McpServerOptions> options, IConfiguration configuration, ILoggerFactory loggers)
    {
        _options = options.Create(Options.DefaultName);

        // The request's own services are used, so a scope within it would only be another one.
        _options.ScopeRequests = false;
        _origin = new RequestOrigin(configuration);
        _loggers = loggers;
    }

    public async Task HandleAsync(HttpContext http)
    {
        if ((_origin.Check(http) ?? MediaTypes.Check(http.Request)) is { } refusal)
        {
            await refusal.WriteAsync(http);
            return;
        }

        var (message, broken) = await MessageReader.ReadAsync(http);
        if (message is null || (broken = RequestHeaders.Check(http.Request.Headers, message)) is not null)
        {
            await broken!.WriteAsync(http);
            return;
        }

        message.Context = new JsonRpcMessageContext { User = http.User, ProtocolVersion = RequestHeaders.VersionOf(http.Request.Headers) };
        await AnswerAsync(http, message);
    }

    private async Task AnswerAsync(HttpContext http, JsonRpcMessage message)
    {
        var transport = new StreamableHttpServerTransport(_loggers) { Stateless = true };
        await using var server = McpServer.Create(transport, _options, _loggers, http.RequestServices);
        var run = server.RunAsync(http.RequestAborted);
        try
        {
            var response = http.Response;
            response.ContentType = MediaTypes.EventStream;
            response.Headers.CacheControl = "no-cache,no-store";
            http.Features.GetRequiredFeature<IHttpResponseBodyFeature>().DisableBuffering();
            if (!await transport.HandlePostRequestAsync(message, response.Body, first => SetStatus(response, first), http.RequestAborted))
            {
                // A notification, which has no answer.
                response.Headers.ContentType = default;
                response.StatusCode = StatusCodes.Status202Accepted;
            }
        }
        catch (JsonException) when (!http.Response.HasStarted)
        {
            await HttpError.BadRequest(McpErrorCode.InvalidParams, "The message's 'params' are not what its method takes.", message).WriteAsync(http);
        }
        finally
        {
            await transport.DisposeAsync();
            await EndAsync(run, http.RequestAborted);
        }
    }

    // Earlier revisions have their headers sent at once, and every error with status 200.
    private static ValueTask SetStatus(HttpResponse response, JsonRpcMessage? first)
    {
        if (first is JsonRpcError error && !response.HasStarted && RequestHeaders.IsSelfContained(RequestHeaders.VersionOf(response.HttpContext.Request.Headers)))
        {
            response.StatusCode = HttpError.StatusOf((McpErrorCode)error.Error.Code);
        }

        return ValueTask.CompletedTask;
    }

    private static async Task EndAsync(Task run, CancellationToken aborted)
    {
        try
        {
            await run;
        }
        catch (OperationCanceledException) when (aborted.IsCancellationRequested)
        {
            // The caller left.
        }
    }
}
