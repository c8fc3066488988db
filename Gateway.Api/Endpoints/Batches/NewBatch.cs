using Gateway.Api.Batches;
using Gateway.Api.Files;
using Gateway.Api.Pipeline;

namespace Gateway.Api.Endpoints.Batches;

/// <summary>What <c>POST /v1/batches</c> takes (https://platform.openai.com/docs/api-reference/batch/create).</summary>
internal sealed record NewBatch
{
    private const int MostPairs = 16;
    private const int LongestKey = 64;
    private const int LongestValue = 512;

    /// <summary>A file of purpose <c>batch</c>: JSON Lines, each a request.</summary>
    public string? InputFileId { get; init; }

    /// <summary>Where all of its requests go.</summary>
    public string? Endpoint { get; init; }

    /// <summary><c>24h</c>.</summary>
    public string? CompletionWindow { get; init; }

    /// <summary>To 16 pairs; keys to 64 characters, values to 512.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    /// <summary>How long the output and error files are kept; 30 days where not given.</summary>
    public OutputLifetime? OutputExpiresAfter { get; init; }

    public Refusal? FindFault() =>
        InputFileId is null ? Refusal.MissingParameter("input_file_id")
        : Endpoint is null ? Refusal.MissingParameter("endpoint")
        : CompletionWindow is null ? Refusal.MissingParameter("completion_window")
        : BatchEndpoint.Find(Endpoint) is null ? BatchRefusals.UnknownEndpoint(Endpoint)
        : CompletionWindow != BatchWindow.Name ? BatchRefusals.WrongWindow(CompletionWindow)
        : FindMetadataFault() is { } fault ? BatchRefusals.WrongMetadata(fault)
        : OutputExpiresAfter is { } lifetime ? FileLifetime.FindFault("output_expires_after", lifetime.Anchor, lifetime.Seconds)
        : null;

    private string? FindMetadataFault() =>
        Metadata is null ? null
        : Metadata.Count > MostPairs ? $"'metadata' has {Metadata.Count} pairs; it takes up to {MostPairs}."
        : Metadata.Keys.Any(key => key.Length > LongestKey) ? $"A key of 'metadata' may have up to {LongestKey} characters."
        : Metadata.Values.Any(value => value is null || value.Length > LongestValue) ? $"A value of 'metadata' is a string of up to {LongestValue} characters."
        : null;
}
