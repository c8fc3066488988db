using System.Collections.Concurrent;
using System.Text.Json;
using Gateway.Tests.Hosts;
using Microsoft.AspNetCore.Http;

namespace Gateway.Tests.Failures;

/// <summary>An upstream that serves each row of the table as the row's test says, told apart by the model's name. Its health endpoint says no more than the truth: it is not well.</summary>
internal sealed class TableUpstream : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Func<UpstreamExchange, Task>> _scripts = new();
    private readonly ConcurrentDictionary<string, TableCall> _calls;
    private readonly Func<TableCall, List<long>> _visits;
    private ScriptedUpstream _host = null!;

    private TableUpstream(ConcurrentDictionary<string, TableCall> calls, Func<TableCall, List<long>> visits) => (_calls, _visits) = (calls, visits);

    public Uri Address => _host.Address;

    /// <param name="calls">The calls under way, by their request ids.</param>
    /// <param name="visits">Where a call notes when it was here.</param>
    public static async Task<TableUpstream> StartAsync(ConcurrentDictionary<string, TableCall> calls, Func<TableCall, List<long>> visits)
    {
        var upstream = new TableUpstream(calls, visits);
        upstream._host = await ScriptedUpstream.StartAsync(upstream.AnswerAsync);
        return upstream;
    }

    public void Script(string model, Func<UpstreamExchange, Task> script) => _scripts[model] = script;

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        if (context.Request.Path == "/health")
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }

        using var asked = await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
        var call = _calls[context.Request.Headers["x-request-id"].ToString()];
        var visits = _visits(call);
        visits.Add(TimeProvider.System.GetTimestamp());
        var isStream = asked.RootElement.TryGetProperty("stream", out var stream) && stream.GetBoolean();
        var isPrefilled = asked.RootElement.GetProperty("messages").EnumerateArray().Last().GetProperty("role").ValueEquals("assistant");
        await _scripts[asked.RootElement.GetProperty("model").GetString()!](new UpstreamExchange(context, call, visits.Count, isStream, isPrefilled));
    }
}
