using Local.Model.Behaviour;

namespace Local.Model.Configuration;

/// <summary>The settings of the simulated model server, section <c>Model</c>.</summary>
public sealed record ModelOptions
{
    public const string Section = "Model";

    /// <summary>Where set, every route under <c>/v1</c> wants it as a bearer token and answers 401 without it. Default: none.</summary>
    public string? ApiKey { get; init; }

    /// <summary>The models served. Default: <c>microsoft/Phi-3-mini-4k-instruct</c> (chat) and <c>local-embeddings</c> (embeddings).</summary>
    public IReadOnlyList<ServedModel> Models { get; init; } = [];

    /// <summary>Timing and faults at the start; <c>PUT /control</c> replaces them at run time.</summary>
    public BehaviourOptions Behaviour { get; init; } = new();
}
