using System.Diagnostics;
using System.Globalization;
using Gateway.Api.Pipeline;
using Gateway.Api.Routing;
using ServiceDefaults.Telemetry;
using ServiceDefaults.Usage;

namespace Gateway.Api.Telemetry;

/// <summary>The gateway's own spans; they cost nothing where no trace is exported.</summary>
internal static class GatewaySpans
{
    /// <summary>Everything that can refuse a request: reading it, limits, budgets.</summary>
    public const string Admission = "admission";

    /// <summary>Whether the answer is kept.</summary>
    public const string CacheLookup = "cache_lookup";

    /// <summary>From the first byte of a stream to its end.</summary>
    public const string Relay = "relay";

    private static readonly ActivitySource Source = new(TelemetryNames.Gateway);

    public static Activity? StartStage(string name) => Source.StartActivity(name);

    /// <summary>
    /// The whole of what a model is asked for, with all attempts, named <c>chat phi-3-mini</c> by the alias until it is known which model answers. Whoever settles
    /// the request tells the rest.
    /// </summary>
    public static Activity? StartOperation(GatewayRequest request)
    {
        if (!Source.HasListeners())
        {
            return null;
        }

        var alias = request.Route!.Alias;
        var span = Source.StartActivity($"{request.Operation.Name} {alias}", ActivityKind.Client);
        return span?.SetTag(GenAIConvention.OperationName, request.Operation.Name).SetTag("gateway.alias", alias);
    }

    /// <summary>The trace that a request is found by: its own span's, or where none is exported the caller's; null where there is neither.</summary>
    public static string? TraceIdOf(GatewayRequest request) =>
        (request.Span ?? (Source.HasListeners() ? Activity.Current : null))?.TraceId.ToHexString()
        ?? (ActivityContext.TryParse(request.Http.Request.Headers.TraceParent, traceState: null, out var sent) ? sent.TraceId.ToHexString() : null);

    public static Activity? StartAttempt(Target target, int number)
    {
        var span = Source.StartActivity("attempt");
        span?.SetTag("gateway.target", target.Name).SetTag("gateway.attempt", number);
        return span;
    }

    /// <summary>https://opentelemetry.io/docs/specs/semconv/gen-ai/gen-ai-spans/#execute-tool-span</summary>
    /// <param name="server">The MCP server.</param>
    /// <param name="tool">The tool; null where the model has invented it.</param>
    public static Activity? StartToolCall(string? server, string? tool)
    {
        var span = Source.StartActivity(tool is null ? "execute_tool" : $"execute_tool {tool}", ActivityKind.Internal);
        span?.SetTag(GenAIConvention.OperationName, "execute_tool").SetTag("gen_ai.tool.name", tool).SetTag("gateway.mcp.server", server);
        return span;
    }

    public static void Failed(Activity? span, string errorType) => span?.SetTag(GenAIConvention.ErrorType, errorType).SetStatus(ActivityStatusCode.Error);

    /// <param name="request">Settled but for this.</param>
    /// <param name="reported">Its tokens, as the provider told them; null where it told none.</param>
    public static void Settled(GatewayRequest request, UsageTokens? reported)
    {
        if (request.Span is not { } span)
        {
            return;
        }

        if (request.Target is { } target)
        {
            Tell(span, request, target);
        }

        if (reported is { } tokens)
        {
            span.SetTag(GenAIConvention.InputTokens, tokens.Total() - tokens.Output);
            if (request.Operation.MakesText)
            {
                span.SetTag(GenAIConvention.OutputTokens, tokens.Output);
            }
        }

        if (ErrorTypes.Of(request.Outcome!.Value) is { } error)
        {
            Failed(span, error);
        }
    }

    private static void Tell(Activity span, GatewayRequest request, Target target)
    {
        var identity = target.Provider.Identity;
        span.DisplayName = string.Create(CultureInfo.InvariantCulture, $"{request.Operation.Name} {target.Model}");
        span.SetTag(GenAIConvention.ProviderName, identity.Name).SetTag(GenAIConvention.RequestModel, target.Model);
        if (identity.Address is { } address)
        {
            span.SetTag(GenAIConvention.ServerAddress, address).SetTag(GenAIConvention.ServerPort, identity.Port);
        }

        if (request.Fields.MaxOutputTokens is { } most)
        {
            span.SetTag(GenAIConvention.MaxTokens, most);
        }

        if (request.Fields.MostChoices > 1)
        {
            span.SetTag(GenAIConvention.ChoiceCount, request.Fields.MostChoices);
        }
    }
}
