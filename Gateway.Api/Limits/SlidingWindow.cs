namespace Gateway.Api.Limits;

/// <summary>
/// What was used in the last 60 s, in 16 steps of 4 s. A step counts until all of it is past, so that the window is 60 to 64 s long and
/// no 60 s hold more than the limit.
/// </summary>
internal sealed class SlidingWindow
{
    public const int Steps = 16;
    public const long StepMilliseconds = 4000;

    private readonly long[] _steps = new long[Steps];
    private long _last;

    /// <summary>What all live steps hold.</summary>
    public long Used { get; private set; }

    public void MoveTo(long milliseconds)
    {
        var now = milliseconds / StepMilliseconds;
        for (var step = Math.Max(_last + 1, now - Steps + 1); step <= now; step++)
        {
            Used -= _steps[step % Steps];
            _steps[step % Steps] = 0;
        }

        _last = Math.Max(_last, now);
    }

    /// <summary>Adds to the step of a time, or takes from it; changes nothing where that is past.</summary>
    public void Add(long milliseconds, long amount)
    {
        var step = Math.Min(milliseconds / StepMilliseconds, _last);
        if (step > _last - Steps)
        {
            var sum = Math.Max(0, _steps[step % Steps] + amount);
            Used += sum - _steps[step % Steps];
            _steps[step % Steps] = sum;
        }
    }

    /// <summary>How long until that much has left the window, in milliseconds.</summary>
    public long UntilLeft(long amount, long milliseconds)
    {
        for (var step = _last - Steps + 1; step <= _last; step++)
        {
            amount -= _steps[step % Steps];
            if (amount <= 0)
            {
                return ((step + Steps) * StepMilliseconds) - milliseconds;
            }
        }

        return Steps * StepMilliseconds;
    }
}
