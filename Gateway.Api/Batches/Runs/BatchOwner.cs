using Gateway.Api.Access;
using Gateway.Api.Batches.Storage;
using Gateway.Api.Pipeline;

namespace Gateway.Api.Batches.Runs;

/// <summary>Under whose key a batch runs, as that key is now.</summary>
internal sealed class BatchOwner(KeyStore keys, TimeProvider time)
{
    private static readonly Refusal Gone = Refusal.InvalidApiKey("The API key that made this batch is no longer there.");

    /// <summary>Whether it can be told yet.</summary>
    public bool IsKnown => keys.IsLoaded;

    /// <summary>Who made a batch, where a key of the gateway's does not say so for as long as the batch runs: a token did.</summary>
    public ApiKey? IdentityOf(ApiKey caller) => keys.Find(caller.Id) is null ? caller : null;

    /// <summary>The caller, or why it is one no longer.</summary>
    public Refusal? TryFind(StoredBatch batch, out Caller caller)
    {
        var key = batch.Identity ?? keys.Find(batch.Key);
        caller = key is null ? Caller.Administrator : new Caller(key);
        return key is null ? Gone : BearerAuthentication.RefusalOf(key, time.GetUtcNow());
    }
}
