namespace Gateway.Api.Responses.Storage;

/// <summary>Keeps responses for their lifetime, each under its tenant.</summary>
/// <remarks>Every method throws <see cref="ResponsesUnavailableException"/> where the store cannot be reached.</remarks>
internal interface IResponseStore
{
    /// <summary>Whether the store can be reached, as far as is known without asking it.</summary>
    bool IsAvailable { get; }

    Task SaveAsync(StoredResponse response, TimeSpan lifetime, CancellationToken cancellationToken);

    Task<StoredResponse?> FindAsync(string tenant, string id, CancellationToken cancellationToken);

    /// <summary>Puts a response in place of what is kept of it, if that is still running; its lifetime stays. False where it has ended or is gone.</summary>
    Task<bool> ReplaceRunningAsync(StoredResponse response, CancellationToken cancellationToken);

    /// <summary>Says that a response is still running. False where it has ended or is gone.</summary>
    Task<bool> ExtendAsync(string tenant, string id, DateTimeOffset runsUntil, CancellationToken cancellationToken);

    /// <summary>False where there was none.</summary>
    Task<bool> DeleteAsync(string tenant, string id, CancellationToken cancellationToken);
}
