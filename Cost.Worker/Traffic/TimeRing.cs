using System.Numerics;

namespace Cost.Worker.Traffic;

/// <summary>Sums by steps of time, the last so many of them; what is older is forgotten. For one thread at a time.</summary>
internal sealed class TimeRing<TSum>(TimeSpan step, int length)
    where TSum : struct, IAdditionOperators<TSum, TSum, TSum>
{
    private readonly long[] _steps = new long[length];
    private readonly TSum[] _sums = new TSum[length];

    public void Add(DateTimeOffset at, TSum sum) => Add(NumberOf(at), sum);

    /// <param name="number">Of the step, as <see cref="Steps"/> gives it.</param>
    /// <param name="sum">What is added.</param>
    public void Add(long number, TSum sum)
    {
        var slot = (int)(number % length);
        if (number < _steps[slot])
        {
            return;
        }

        _sums[slot] = number == _steps[slot] ? _sums[slot] + sum : sum;
        _steps[slot] = number;
    }

    public void AddAll(TimeRing<TSum> other)
    {
        foreach (var (number, sum) in other.Steps())
        {
            Add(number, sum);
        }
    }

    /// <summary>What is held, in no order.</summary>
    public IEnumerable<(long Number, TSum Sum)> Steps()
    {
        for (var slot = 0; slot < length; slot++)
        {
            if (_steps[slot] > 0)
            {
                yield return (_steps[slot], _sums[slot]);
            }
        }
    }

    /// <summary>What the step holds that the moment is in.</summary>
    public TSum At(DateTimeOffset moment) => Of(NumberOf(moment));

    /// <summary>The sum of the running step and those before it, as many as make up the span.</summary>
    public TSum Sum(DateTimeOffset now, TimeSpan span)
    {
        var last = NumberOf(now);
        var sum = default(TSum);
        for (var number = last - Math.Min(length, (long)(span / step)) + 1; number <= last; number++)
        {
            sum += Of(number);
        }

        return sum;
    }

    private TSum Of(long number) => number >= 0 && _steps[number % length] == number ? _sums[number % length] : default;

    private long NumberOf(DateTimeOffset at) => at.UtcTicks / step.Ticks;
}
