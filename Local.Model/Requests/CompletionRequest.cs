namespace Local.Model.Requests;

internal sealed record CompletionRequest
{
    public required string Model { get; init; }

    public required Sampling Sampling { get; init; }

    public required IReadOnlyList<Prompt> Prompts { get; init; }

    public bool Echo { get; init; }
}
