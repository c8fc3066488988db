namespace Cost.Worker.Ledger;

/// <summary>The ledger cannot be written or read at present; nothing was lost, and trying again may help.</summary>
internal sealed class LedgerUnavailableException(string message, Exception cause) : Exception(message, cause);
