using Gateway.Api.Pipeline;

namespace Gateway.Api.Providers.ChatClients;

/// <summary>What reading a request for a chat client comes to, beside the messages and options.</summary>
internal sealed class RequestNotes(string model)
{
    private readonly List<string> _warnings = [];

    public string Model { get; } = model;

    /// <summary>Why the request cannot be carried: the first reason found.</summary>
    public Refusal? Refusal { get; private set; }

    /// <summary>What the caller is told of its parameters that do not count.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>The parameters that a chat client has no place for.</summary>
    public List<string> Ignored { get; } = [];

    public void Refuse(Refusal refusal) => Refusal ??= refusal;

    public void Refuse(string message, string? param) => Refuse(Pipeline.Refusal.InvalidRequest(message, param));

    public void Ignore(string parameter)
    {
        Ignored.Add(parameter);
        _warnings.Add($"{parameter} is not supported by {Model} and was ignored");
    }
}
