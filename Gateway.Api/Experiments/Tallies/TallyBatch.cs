namespace Gateway.Api.Experiments.Tallies;

/// <summary>Amounts to be added to the counts of an experiment, once, however often it is tried.</summary>
/// <param name="Number">Higher than that of any batch of this process and experiment before.</param>
/// <param name="Amounts">By the field's name.</param>
internal sealed record TallyBatch(long Number, IReadOnlyDictionary<string, long> Amounts);
