using Local.Model.Configuration;
using Microsoft.Extensions.Options;

namespace Local.Model.Behaviour;

/// <summary>The behaviour in force, and how often each fault may still strike.</summary>
internal sealed class BehaviourControl(IOptions<ModelOptions> options)
{
    private readonly Lock _lock = new();
    private State _state = new(options.Value.Behaviour);

    public BehaviourOptions Configured { get; } = options.Value.Behaviour;

    /// <summary>The behaviour in force; a fault's <see cref="Fault.Times"/> is what is left of it, spent ones are gone.</summary>
    public BehaviourOptions Current
    {
        get
        {
            lock (_lock)
            {
                return _state.Left();
            }
        }
    }

    public void Replace(BehaviourOptions behaviour)
    {
        lock (_lock)
        {
            _state = new State(behaviour);
        }
    }

    public void Reset() => Replace(Configured);

    /// <summary>The timing in force, for a request that brings its own faults: it spends none of those that others wait for.</summary>
    public Script WithoutFaults() => Volatile.Read(ref _state).Plain;

    /// <summary>Decides what the next request meets, and counts its faults as spent.</summary>
    public Script Next()
    {
        var state = Volatile.Read(ref _state);
        if (state.IsPlain)
        {
            return state.Plain;
        }

        lock (_lock)
        {
            return _state.Draw();
        }
    }

    private sealed class State(BehaviourOptions behaviour)
    {
#pragma warning disable CA5394 // The chances of a simulated fault are no secret.
        private readonly Random _random = new(behaviour.Seed);
        private readonly int?[] _left = [.. behaviour.Faults.Select(fault => fault.Times)];

        public Script Plain { get; } = new(behaviour.TimeToFirstTokenMs, behaviour.TokensPerSecond, behaviour.Jitter, 0, behaviour.Ready, []);

        public bool IsPlain { get; } = behaviour.Faults.Count == 0 && behaviour.Jitter == 0;

        public Script Draw()
        {
            List<Fault>? drawn = null;
            for (var index = 0; index < _left.Length; index++)
            {
                var fault = behaviour.Faults[index];
                if (_left[index] == 0 || drawn?.Exists(other => other.Kind == fault.Kind) == true || _random.NextDouble() >= fault.Probability)
                {
                    continue;
                }

                _left[index]--;
                (drawn ??= []).Add(fault);
            }

            return Plain with { JitterSeed = _random.Next(), Faults = drawn ?? [] };
        }
#pragma warning restore CA5394

        public BehaviourOptions Left() => behaviour with
        {
            Faults = [.. behaviour.Faults.Select((fault, index) => fault with { Times = _left[index] }).Where(fault => fault.Times != 0)],
        };
    }
}
