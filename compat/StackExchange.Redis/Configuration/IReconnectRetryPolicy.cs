namespace StackExchange.Redis;

/// <summary>When to try again to connect.</summary>
public interface IReconnectRetryPolicy
{
    /// <summary>Whether it is time; asked many times a second while there is no connection.</summary>
    /// <param name="currentRetryCount">How many attempts have failed since the connection was lost.</param>
    /// <param name="timeElapsedMillisecondsSinceLastRetry">How long ago the last of them failed.</param>
    bool ShouldRetry(long currentRetryCount, int timeElapsedMillisecondsSinceLastRetry);
}
