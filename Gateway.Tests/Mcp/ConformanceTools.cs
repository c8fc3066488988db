using System.ComponentModel;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Gateway.Tests.Mcp;

/// <summary>The tools that answer at once.</summary>
[McpServerToolType]
internal sealed class ConformanceTools
{
    [McpServerTool(Name = "test_simple_text"), Description("Returns a text.")]
    public static string SimpleText() => "This is a simple text response for testing.";

    [McpServerTool(Name = "test_image_content"), Description("Returns a picture.")]
    public static ImageContentBlock Image() => Samples.Image;

    [McpServerTool(Name = "test_audio_content"), Description("Returns a sound.")]
    public static AudioContentBlock Audio() => Samples.Audio;

    [McpServerTool(Name = "test_embedded_resource"), Description("Returns a resource.")]
    public static EmbeddedResourceBlock Embedded() => Samples.Embedded("test://embedded-resource", "This is an embedded resource content.");

    [McpServerTool(Name = "test_multiple_content_types"), Description("Returns a text, a picture and a resource.")]
    public static IEnumerable<ContentBlock> Mixed() =>
    [
        new TextContentBlock { Text = "Multiple content types test:" },
        Samples.Image,
        Samples.Embedded("test://mixed-content-resource", """{"test":"data","value":123}""", "application/json"),
    ];

    [McpServerTool(Name = "test_error_handling"), Description("Fails.")]
    public static CallToolResult Fails() => new() { IsError = true, Content = [new TextContentBlock { Text = "This tool intentionally returns an error for testing" }] };

    [McpServerTool(Name = "test_tool_with_progress"), Description("Tells its progress.")]
    public static async Task<string> ProgressAsync(IProgress<ProgressNotificationValue> progress, TimeProvider time, CancellationToken cancellationToken)
    {
        foreach (var done in new[] { 0, 50, 100 })
        {
            progress.Report(new ProgressNotificationValue { Progress = done, Total = 100 });
            await Task.Delay(TimeSpan.FromMilliseconds(50), time, cancellationToken);
        }

        return "Done.";
    }

    [McpServerTool(Name = "test_tool_with_logging"), Description("Logs while it works.")]
    public static Task<string> LogAsync(McpServer server, CancellationToken cancellationToken) => LogAsync(server, isWanted: true, cancellationToken);

    [McpServerTool(Name = "test_logging_tool"), Description("Logs where the request asks for it.")]
    public static Task<string> LogWhereAskedAsync(McpServer server, RequestContext<CallToolRequestParams> request, CancellationToken cancellationToken) =>
        LogAsync(server, request.JsonRpcRequest.Context?.LogLevel is not null, cancellationToken);

    [McpServerTool(Name = "test_missing_capability"), Description("Needs a client that samples.")]
    public static string NeedsSampling(McpServer server) => server.ClientCapabilities?.Sampling is not null
        ? "You can sample."
        : throw new MissingRequiredClientCapabilityException(new ClientCapabilities { Sampling = new SamplingCapability() }, "This tool needs sampling.");

    private static async Task<string> LogAsync(McpServer server, bool isWanted, CancellationToken cancellationToken)
    {
        foreach (var text in isWanted ? new[] { "Tool execution started", "Tool processing data", "Tool execution completed" } : [])
        {
            var message = new LoggingMessageNotificationParams { Level = LoggingLevel.Info, Data = System.Text.Json.JsonSerializer.SerializeToElement(text) };
            await server.SendNotificationAsync(NotificationMethods.LoggingMessageNotification, message, cancellationToken: cancellationToken);
        }

        return "Done.";
    }
}
