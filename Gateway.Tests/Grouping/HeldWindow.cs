namespace Gateway.Tests.Grouping;

/// <summary>A clock that runs, but for timers of one length: they fire when the test says so.</summary>
internal sealed class HeldWindow(TimeSpan window) : TimeProvider
{
    private readonly List<HeldTimer> _held = [];

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime != window)
        {
            return base.CreateTimer(callback, state, dueTime, period);
        }

        var timer = new HeldTimer(() => callback(state));
        lock (_held)
        {
            _held.Add(timer);
        }

        return timer;
    }

    public void Fire()
    {
        List<HeldTimer> due;
        lock (_held)
        {
            due = [.. _held];
            _held.Clear();
        }

        due.ForEach(timer => timer.Fire());
    }

    private sealed class HeldTimer(Action fire) : ITimer
    {
        private Action? _fire = fire;

        public void Fire() => Interlocked.Exchange(ref _fire, null)?.Invoke();

        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose() => _fire = null;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
