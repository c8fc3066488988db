using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Gateway.Benchmarks.Load;

/// <summary>Drives a server with wrk (https://github.com/wg/wrk): POSTs of about 1 KB, connections kept alive.</summary>
internal static partial class Wrk
{
    /// <summary>Makes a request of about 1 KB.</summary>
    public const int UsualPromptBytes = 850;

    private const string Chat = "/v1/chat/completions";

    private static readonly string Prompt = new('p', UsualPromptBytes);

    /// <param name="route">Where it is asked, in the form of a chat.</param>
    /// <param name="temperature">What the request states of it.</param>
    /// <param name="body">What it is asked; the usual chat where nothing is said.</param>
    /// <param name="headers">Further headers.</param>
    public static string WriteScript(
        string folder, string key, string route = Chat, string temperature = "0.7", string? body = null, IReadOnlyDictionary<string, string>? headers = null) =>
        Write(folder, key, route, body ?? ChatOf(UsualPromptBytes, temperature: temperature), headers);

    /// <summary>The usual chat, by one key after the other.</summary>
    public static string WriteScript(string folder, IReadOnlyList<string> keys)
    {
        var list = Path.Combine(folder, $"{Guid.NewGuid():N}.keys");
        File.WriteAllLines(list, keys);
        var path = WriteScript(folder, keys[0]);
        File.AppendAllText(path, $$"""

            local keys, turn = {}, 0
            for key in io.lines("{{list}}") do keys[#keys + 1] = "Bearer " .. key end
            request = function()
              turn = turn % #keys + 1
              wrk.headers["Authorization"] = keys[turn]
              return wrk.format()
            end
            """);
        return path;
    }

    /// <param name="waitMilliseconds">How long the canned upstream is to take.</param>
    /// <param name="replyBytes">How much it is to answer; as usual where nothing is said.</param>
    /// <param name="model">The alias that is asked.</param>
    public static string ChatOf(int promptBytes, int waitMilliseconds = 0, int replyBytes = 0, string model = "phi-3-mini", string temperature = "0.7")
    {
        var toUpstream = string.Create(CultureInfo.InvariantCulture, $"{(waitMilliseconds > 0 ? $"\"wait_ms\":{waitMilliseconds}," : "")}{(replyBytes > 0 ? $"\"reply_bytes\":{replyBytes}," : "")}");
        return $$"""{{{toUpstream}}"model":"{{model}}","temperature":{{temperature}},"max_tokens":256,"messages":[{"role":"system","content":"You are helpful."},{"role":"user","content":"{{new string('p', promptBytes)}}"}]}""";
    }

    /// <summary>The same question in Anthropic's form.</summary>
    public static string WriteMessagesScript(string folder, string key) =>
        Write(folder, key, "/v1/messages", $$"""{"model":"phi-3-mini","temperature":0.7,"max_tokens":256,"system":"You are helpful.","messages":[{"role":"user","content":"{{Prompt}}"}]}""");

    /// <summary>The same question in the form of OpenAI's Responses API, not to be stored.</summary>
    public static string WriteResponsesScript(string folder, string key) =>
        Write(folder, key, "/v1/responses", $$"""{"model":"phi-3-mini","temperature":0.7,"max_output_tokens":256,"store":false,"instructions":"You are helpful.","input":"{{Prompt}}"}""");

    /// <summary>Calls of a tool over MCP, in the newest revision.</summary>
    public static string WriteToolScript(string folder, string tool, string arguments)
    {
        var path = Path.Combine(folder, $"{Guid.NewGuid():N}.lua");
        File.WriteAllText(path, $$"""
            wrk.method = "POST"
            wrk.path = "/mcp"
            wrk.headers["Content-Type"] = "application/json"
            wrk.headers["Accept"] = "application/json, text/event-stream"
            wrk.headers["Host"] = "localhost"
            wrk.headers["MCP-Protocol-Version"] = "2026-07-28"
            wrk.headers["Mcp-Method"] = "tools/call"
            wrk.headers["Mcp-Name"] = "{{tool}}"
            wrk.body = '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"{{tool}}","arguments":{{arguments}},"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{} } } }'
            """);
        return path;
    }

    public static async Task<WrkResult> RunAsync(Uri server, string script, int connections, int seconds)
    {
        var start = new ProcessStartInfo("wrk", ["-t1", $"-c{connections}", $"-d{seconds}s", "--latency", "-s", script, server.AbsoluteUri])
        {
            RedirectStandardOutput = true,
        };
        using var wrk = Process.Start(start)!;
        var output = await wrk.StandardOutput.ReadToEndAsync();
        await wrk.WaitForExitAsync();
        if (output.Contains("Non-2xx", StringComparison.Ordinal) || wrk.ExitCode != 0)
        {
            throw new InvalidOperationException($"wrk saw failures:\n{output}");
        }

        return new WrkResult(
            double.Parse(RequestsPerSecond().Match(output).Groups[1].Value, CultureInfo.InvariantCulture),
            long.Parse(Requests().Match(output).Groups[1].Value, CultureInfo.InvariantCulture),
            Milliseconds(Percentile50().Match(output)),
            Milliseconds(Percentile99().Match(output)));
    }

    private static string Write(string folder, string key, string route, string body, IReadOnlyDictionary<string, string>? headers = null)
    {
        var path = Path.Combine(folder, $"{route.Replace('/', '-')}-{Guid.NewGuid():N}.lua");
        File.WriteAllText(path, $$"""
            wrk.method = "POST"
            wrk.path = "{{route}}"
            wrk.headers["Content-Type"] = "application/json"
            wrk.headers["Authorization"] = "Bearer {{key}}"
            {{string.Concat((headers ?? new Dictionary<string, string>()).Select(header => $"wrk.headers[\"{header.Key}\"] = \"{header.Value}\"\n"))}}
            wrk.body = '{{body}}'
            """);
        return path;
    }

    private static double Milliseconds(Match match) =>
        double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) * match.Groups[2].Value switch { "us" => 0.001, "ms" => 1, _ => 1000 };

    [GeneratedRegex(@"Requests/sec:\s+([\d.]+)")]
    private static partial Regex RequestsPerSecond();

    [GeneratedRegex(@"(\d+) requests in")]
    private static partial Regex Requests();

    [GeneratedRegex(@"50%\s+([\d.]+)(us|ms|s)")]
    private static partial Regex Percentile50();

    [GeneratedRegex(@"99%\s+([\d.]+)(us|ms|s)")]
    private static partial Regex Percentile99();
}
