namespace Cost.Worker.Intake;

/// <summary>What is in the way of taking usage in.</summary>
/// <param name="What"><c>ledger</c> or <c>redis</c>.</param>
internal sealed record IntakeTrouble(string What, string Reason)
{
    public const string Ledger = "ledger";
    public const string Redis = "redis";
}
