namespace Cost.Worker.Objectives;

/// <summary>The answer to <c>GET /objectives</c>.</summary>
/// <param name="Restored">Whether all is counted that the ledger holds; the figures are too low while not.</param>
internal sealed record ObjectiveList(string Object, bool Restored, IReadOnlyList<ShownObjective> Data);
