using Gateway.Api.Providers.Bedrock.Models;

namespace Gateway.Api.Providers.Bedrock.Requests;

/// <summary>What the translation of one request for one model comes to, beside the JSON itself; its reply is read by it.</summary>
internal sealed class Translation(string model, ModelQuirks quirks) : RequestNotes(model)
{
    /// <summary>Bedrock takes four in a request.</summary>
    private const int MaxCachePoints = 4;

    private int _cachePoints;

    public ModelQuirks Quirks { get; } = quirks;

    public ToolNames Tools { get; } = new();

    public ToolNames CallIds { get; } = new();

    /// <summary>Images that were fetched, by their address.</summary>
    public IReadOnlyDictionary<string, FetchedImage> Images { get; init; } = new Dictionary<string, FetchedImage>();

    /// <summary>The caller wants no tool called: what the model calls all the same is left out of the reply.</summary>
    public bool DropsToolCalls { get; set; }

    /// <summary>The caller wants one call at a time: further ones are left out of the reply.</summary>
    public bool TakesOneToolCall { get; set; }

    /// <summary>The tool, by its sent name, whose input is the answer: it stands in for structured output.</summary>
    public string? AnswerTool { get; set; }

    /// <summary>The one stop sequence of the request; Converse does not say which of several was met.</summary>
    public string? StopSequence { get; set; }

    /// <summary>Whether the request carries tools.</summary>
    public bool HasTools { get; set; }

    /// <summary>Whether the caller wants a stream's usage: its chunks then say that they have none. The chunk that has it is always made, and is the relay's to leave out.</summary>
    public bool IncludesUsage { get; set; }

    /// <summary>Whether one more cache point may be set.</summary>
    public bool TakeCachePoint() => Quirks.HasCachePoints && _cachePoints++ < MaxCachePoints;
}
