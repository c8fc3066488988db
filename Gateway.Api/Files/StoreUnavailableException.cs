namespace Gateway.Api.Files;

/// <summary>Where files and batches are kept cannot be reached.</summary>
internal sealed class StoreUnavailableException(Exception failure) : Exception("Stored files and batches cannot be reached.", failure);
