using ServiceDefaults.Usage;

namespace Cost.Worker.Intake;

/// <summary>A batch as far as it can be read.</summary>
/// <param name="Header">Null where nothing of it can be.</param>
internal sealed record ReadBatch(UsageBatchHeader? Header, IReadOnlyList<UsageEvent> Events, IReadOnlyList<AsideText> Aside);
