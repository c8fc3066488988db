using System.Diagnostics;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using ServiceDefaults;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Defaults;

public class JsonLogTests
{
    [Fact]
    [Trait("Requirement", "G4.2")]
    public void A_log_record_is_one_line_of_JSON_with_its_trace_request_and_values()
    {
        var scopes = new LoggerExternalScopeProvider();
        using var activity = new Activity("test").SetIdFormat(ActivityIdFormat.W3C).Start();
        using var outer = scopes.Push(new Dictionary<string, object?> { ["RequestId"] = "server's", ["ConnectionId"] = "c" });
        using var inner = scopes.Push(new Dictionary<string, object?> { ["RequestId"] = "req_1" });

        var line = Write(LogLevel.Warning, "line\nbreak \"quoted\" é \u001b[31m\u009b", [new("TargetName", "local/phi"), new("Attempts", 2), new("{OriginalFormat}", "x")], new InvalidOperationException("broken"), scopes);

        line.ShouldEndWith("}" + Environment.NewLine);
        line.TrimEnd().Any(char.IsControl).ShouldBeFalse();
        line.ShouldContain("é");
        var record = JsonNode.Parse(line)!.AsObject();
        record.Select(field => field.Key).ShouldBe(
            ["time", "level", "category", "event", "message", "trace_id", "span_id", "target_name", "attempts", "request_id", "exception"]);
        record.ShouldSatisfyAllConditions(
            () => ((string?)record["level"]).ShouldBe("warning"),
            () => ((string?)record["message"]).ShouldBe("line\nbreak \"quoted\" é \u001b[31m\u009b"),
            () => ((string?)record["trace_id"]).ShouldBe(activity.TraceId.ToHexString()),
            () => ((string?)record["request_id"]).ShouldBe("req_1"),
            () => ((int)record["attempts"]!).ShouldBe(2),
            () => ((string)record["exception"]!).ShouldContain("broken"));
    }

    private static string Write(
        LogLevel level, string message, KeyValuePair<string, object?>[] state, Exception exception, LoggerExternalScopeProvider scopes)
    {
        var builder = WebApplication.CreateBuilder();
        builder.AddServiceDefaults();
        using var services = builder.Services.BuildServiceProvider();
        var formatter = services.GetServices<ConsoleFormatter>().Single(candidate => candidate.Name == "gateway-json");
        using var output = new StringWriter();
        formatter.Write(new LogEntry<KeyValuePair<string, object?>[]>(level, "Test", new EventId(1, "Something"), state, exception, (_, _) => message), scopes, output);
        return output.ToString();
    }
}
