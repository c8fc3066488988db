namespace Cost.Worker.Configuration;

/// <summary>The stores that a ledger can be kept in.</summary>
internal enum LedgerStore
{
    Files,
    DynamoDB,
}
