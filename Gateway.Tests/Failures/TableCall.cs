using System.Net;
using System.Text;

namespace Gateway.Tests.Failures;

/// <summary>One request of a row's test: what its caller got, and when it was at which upstream.</summary>
internal sealed class TableCall
{
    private readonly StringBuilder _text = new();
    private readonly TaskCompletionSource _sawLastToken = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public HttpStatusCode Status { get; set; }

    /// <summary><c>provider/model</c>, as the gateway says.</summary>
    public string? Target { get; set; }

    public string? Attempts { get; set; }

    public string? CostUsd { get; set; }

    public TimeSpan Took { get; set; }

    /// <summary>When it came to the first target, by the clock's timestamps.</summary>
    public List<long> AtFirst { get; } = [];

    /// <summary>When it came to the second.</summary>
    public List<long> AtSecond { get; } = [];

    public string Text => _text.ToString();

    /// <summary>Ends when the caller has the last token that a broken stream sends: what is dropped with a connection is lost.</summary>
    public Task SawLastToken => _sawLastToken.Task;

    public void Received(string text)
    {
        _text.Append(text);
        if (Text.Contains(UpstreamExchange.LastToken, StringComparison.Ordinal))
        {
            _sawLastToken.TrySetResult();
        }
    }
}
