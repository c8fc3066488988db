using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Gateway.Api.Configuration;
using Gateway.Api.McpServers.Clients;
using Gateway.Api.Pipeline;
using Gateway.Api.Requests;
using Gateway.Api.Telemetry;
using Gateway.Api.Tools.Products;
using ModelContextProtocol.Protocol;

namespace Gateway.Api.Tools.Calls;

/// <summary>Makes one call of a tool. Whatever comes of it is something to tell the model.</summary>
internal sealed class ToolRunner(LiveConfiguration configuration, ToolMetrics metrics, TimeProvider time)
{
    /// <exception cref="OperationCanceledException">The caller left, or the request's time is up.</exception>
    public async Task<FinishedCall> RunAsync(GatewayRequest request, PendingCall call, TimeSpan left)
    {
        using var span = GatewaySpans.StartToolCall(call.Tool?.Server.Name, call.Tool?.Tool.Name);
        var started = time.GetTimestamp();
        var finished = await CallAsync(request, call, left) with { Duration = time.GetElapsedTime(started) };
        if (finished.Error is not null)
        {
            span?.SetStatus(ActivityStatusCode.Error);
        }

        metrics.Called(finished);
        return finished;
    }

    /// <summary>Makes the calls that the caller has allowed, and puts what they gave into the first round's conversation.</summary>
    public async Task<IReadOnlyList<FinishedCall>> RunAsync(GatewayRequest request, GatewayRequest round, TimeSpan left)
    {
        if (request.Approved.Count == 0)
        {
            return [];
        }

        var finished = await Task.WhenAll(request.Approved.Select(approved => RunAsync(request, approved.ToCall(request.Tools!), left)));
        var edits = new BodyEdits();
        for (var i = 0; i < finished.Length; i++)
        {
            var mark = Encoding.ASCII.GetBytes(request.Approved[i].Mark);
            var start = round.Body!.Span.IndexOf(mark);
            edits.Replace(start..(start + mark.Length), JsonEncodedText.Encode(finished[i].Text).EncodedUtf8Bytes.ToArray());
            request.Tools!.Activity.Add(finished[i]);
        }

        edits.ApplyTo(round);
        return finished;
    }

    /// <summary>A call that is not made.</summary>
    public static FinishedCall Leave(PendingCall call, string reason) => new(call, $"Error: the tool was not called: {reason}.") { Error = reason };

    private async Task<FinishedCall> CallAsync(GatewayRequest request, PendingCall call, TimeSpan left)
    {
        if (call.Tool is not { } tool)
        {
            return Leave(call, $"there is no tool of this name; there are: {string.Join(", ", request.Tools!.Offered.Select(offered => offered.Function))}");
        }

        if (call.Arguments() is not { } arguments)
        {
            return Leave(call, "its arguments are no JSON object");
        }

        using var limit = new CancellationTokenSource(left, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, request.Cancelled);
        try
        {
            var given = arguments.EnumerateObject().ToDictionary(argument => argument.Name, argument => argument.Value);
            return Read(call, await tool.Server.CallAsync(request, tool.Tool.Name, given, either.Token));
        }
        catch (McpServerException failure)
        {
            return new FinishedCall(call, $"Error: {UntrustedText.Clean(failure.Message, configuration.Current.ToolLoop.MaxResultBytes)}") { Error = failure.Message };
        }
        catch (OperationCanceledException) when (!request.Cancelled.IsCancellationRequested)
        {
            return Leave(call, "the time for tools is over");
        }
    }

    private FinishedCall Read(PendingCall call, CallToolResult result)
    {
        var texts = result.Content.OfType<TextContentBlock>().Select(block => block.Text).ToList();
        var text = texts.Count > 0 ? string.Join('\n', texts)
            : result.StructuredContent is { } data ? data.GetRawText()
            : result.Content.Count > 0 ? "[The tool's result holds no text.]"
            : "[The tool's result is empty.]";
        var clean = UntrustedText.Clean(text, configuration.Current.ToolLoop.MaxResultBytes);
        return new FinishedCall(call, clean) { Error = result.IsError == true ? clean : null, Products = FoundProducts.In(result.StructuredContent) };
    }
}
