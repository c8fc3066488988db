namespace Gateway.Api.Routing;

/// <summary>
/// Keeps retries a small part of the load, so that a target in trouble is not buried under them: each request pays in a fifth of a
/// retry, and a few a second are always free (https://finagle.github.io/blog/2016/02/08/retry-budgets/).
/// </summary>
internal sealed class RetryBudget(TimeProvider time)
{
    private const double PerRequest = 0.2;
    private const double PerSecond = 5;
    private const double Most = 50;

    private readonly Lock _lock = new();
    private double _balance = PerSecond;
    private long _paidAt = time.GetTimestamp();

    public void PayIn()
    {
        lock (_lock)
        {
            _balance = Math.Min(Most, _balance + PerRequest);
        }
    }

    public bool TryTake()
    {
        lock (_lock)
        {
            var now = time.GetTimestamp();
            _balance = Math.Min(Most, _balance + (time.GetElapsedTime(_paidAt, now).TotalSeconds * PerSecond));
            _paidAt = now;
            if (_balance < 1)
            {
                return false;
            }

            _balance--;
            return true;
        }
    }
}
