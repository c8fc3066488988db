namespace Cost.Worker.Ledger;

/// <summary>What a reader of sums has to know beside them.</summary>
/// <param name="Unreadable">Records that are in no sum, each as <c>file:line</c>.</param>
/// <param name="Remarks">What is amiss otherwise, in words.</param>
internal sealed record LedgerNotes(IReadOnlyList<string> Unreadable, IReadOnlyList<string> Remarks)
{
    public static readonly LedgerNotes None = new([], []);
}
