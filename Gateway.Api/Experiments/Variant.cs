using Gateway.Api.Configuration;

namespace Gateway.Api.Experiments;

/// <summary>A variant of an experiment.</summary>
internal sealed record Variant(string Experiment, string Name, VariantOptions Options)
{
    /// <summary><c>experiment/variant</c>, as headers, metrics and the ledger have it.</summary>
    public string FullName { get; } = NameOf(Experiment, Name);

    /// <summary>Whether it changes anything that only a conversation has.</summary>
    public bool IsForChat { get; } = Options.SystemPrompt is not null;

    /// <summary>Whether it changes anything that only a request for text has.</summary>
    public bool IsForText { get; } = Options.SystemPrompt is not null || Options.Parameters != new VariantParameters();

    public static string NameOf(string experiment, string variant) => $"{experiment}/{variant}";
}
