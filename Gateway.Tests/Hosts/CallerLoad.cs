using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Threading.Channels;

namespace Gateway.Tests.Hosts;

/// <summary>Callers that ask replicas of the gateway one chat after the other, whole and streamed in turn, until they are told to end.</summary>
internal sealed class CallerLoad : IAsyncDisposable
{
    private const string Whole = "whole answer";

    private readonly IReadOnlyList<Channel<string>> _answers;
    private readonly List<Task> _callers;
    private volatile bool _isOver;

    public CallerLoad(IReadOnlyList<Uri> replicas, string secret, int callersEach, string model = SimulatedGateway.ChatModel)
    {
        _answers = [.. replicas.Select(_ => Channel.CreateUnbounded<string>())];
        _callers =
        [
            .. from pair in replicas.Zip(_answers)
               from caller in Enumerable.Range(0, callersEach)
               select Task.Run(() => CallAsync(pair.First, secret, model, pair.Second.Writer)),
        ];
    }

    /// <summary>Ends when each replica has answered that many more times; returns what was wrong with those answers.</summary>
    public async Task<IReadOnlyList<string>> FaultsAsync(int answersEach, CancellationToken cancellationToken)
    {
        var faults = new List<string>();
        foreach (var answers in _answers)
        {
            for (var i = 0; i < answersEach; i++)
            {
                if (await answers.Reader.ReadAsync(cancellationToken) is not Whole and var fault)
                {
                    faults.Add(fault);
                }
            }
        }

        return faults;
    }

    /// <summary>Lets the callers finish what they are at; returns what was wrong with the answers not yet asked for.</summary>
    public async Task<IReadOnlyList<string>> EndAsync()
    {
        _isOver = true;
        await Task.WhenAll(_callers);
        var faults = new List<string>();
        foreach (var answers in _answers)
        {
            while (answers.Reader.TryRead(out var answer))
            {
                faults.AddRange(answer == Whole ? [] : [answer]);
            }
        }

        return faults;
    }

    public async ValueTask DisposeAsync() => await EndAsync();

    private async Task CallAsync(Uri gateway, string secret, string model, ChannelWriter<string> answers)
    {
        using var http = new HttpClient { BaseAddress = gateway, DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", secret) } };
        for (var stream = false; !_isOver; stream = !stream)
        {
            answers.TryWrite(await AskAsync(http, model, stream));
        }
    }

    private static async Task<string> AskAsync(HttpClient http, string model, bool stream)
    {
        try
        {
            using var response = await http.PostAsJsonAsync(
                "/v1/chat/completions", new { model, stream, messages = new[] { new { role = "user", content = "Hello" } } });
            var text = await response.Content.ReadAsStringAsync();
            var isWhole = response.IsSuccessStatusCode && (stream ? text.TrimEnd().EndsWith("data: [DONE]", StringComparison.Ordinal) : text.TrimEnd().EndsWith('}'));
            return isWhole ? Whole : $"{(int)response.StatusCode} {text}";
        }
        catch (HttpRequestException failure)
        {
            return failure.ToString();
        }
    }
}
