using Gateway.Api.Configuration;
using Gateway.Api.Responses.Background;
using Gateway.Api.Responses.Storage;

namespace Gateway.Api.Responses;

/// <summary>Keeps what is made, and says where it could not.</summary>
internal sealed partial class ResponseKeeper(IResponseStore store, LiveConfiguration configuration, TimeProvider time, ILogger<ResponseKeeper> logger)
{
    public const string NotStored = "the response was not stored: the store cannot be reached";

    /// <summary>How long an end that the store does not take is offered to it again.</summary>
    private const int MostTries = 30;

    private static readonly TimeSpan BetweenTries = TimeSpan.FromSeconds(1);

    public bool IsAvailable => store.IsAvailable;

    /// <summary>Returns null, or why it was not kept, for the caller.</summary>
    public async ValueTask<string?> KeepAsync(string id, string tenant, byte[] body, byte[] items, Range input)
    {
        var response = new StoredResponse { Id = id, Tenant = tenant, Body = body, Items = items, Input = input };
        var options = configuration.Current.Responses;
        if (response.Bytes > options.MaxBytes)
        {
            return $"the response was not stored: with its conversation it has {response.Bytes} bytes, and {options.MaxBytes} are kept";
        }

        try
        {
            await store.SaveAsync(response, options.Lifetime, CancellationToken.None);
            return null;
        }
        catch (ResponsesUnavailableException unavailable)
        {
            LogNotStored(unavailable, id);
            return NotStored;
        }
    }

    /// <summary>Keeps a run's response from its beginning; false where it cannot run since it cannot be kept.</summary>
    public async ValueTask<bool> TryKeepRunningAsync(BackgroundRun run, byte[] body, byte[] items, Range input)
    {
        var running = new StoredResponse { Id = run.Id, Tenant = run.Tenant, Body = body, Items = items, Input = input, RunsUntil = time.GetUtcNow() + run.Lease };
        try
        {
            await store.SaveAsync(running, configuration.Current.Responses.Lifetime, CancellationToken.None);
            return true;
        }
        catch (ResponsesUnavailableException unavailable)
        {
            LogNotStored(unavailable, run.Id);
            run.Refuse(ResponseRefusals.StoreUnavailable());
            return false;
        }
    }

    /// <summary>Keeps how a run ended, unless it was cancelled or deleted meanwhile.</summary>
    public async ValueTask EndAsync(BackgroundRun run, byte[] body, byte[] items, Range input)
    {
        var ended = new StoredResponse { Id = run.Id, Tenant = run.Tenant, Body = body, Items = items, Input = input };
        for (var tries = 1; ; tries++)
        {
            try
            {
                await store.ReplaceRunningAsync(ended, CancellationToken.None);
                run.HasEnded = true;
                return;
            }
            catch (ResponsesUnavailableException unavailable) when (tries < MostTries && !run.IsStopping)
            {
                LogNotStored(unavailable, run.Id);
                await Task.Delay(BetweenTries, time, CancellationToken.None);
            }
            catch (ResponsesUnavailableException unavailable)
            {
                LogNotStored(unavailable, run.Id);
                return;
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "The response {Id} could not be stored.")]
    private partial void LogNotStored(Exception failure, string id);
}
