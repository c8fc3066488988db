using Gateway.Api.Providers;
using Gateway.Api.Providers.OpenAI;
using Gateway.Api.Routing;
using Gateway.Api.Routing.Policies;
using Gateway.Tests.Hosts;

namespace Gateway.Tests.Routing;

/// <summary>
/// Targets that answer at a pace of their own under a clock of their own: ten requests a second, each to the target that the policy puts
/// first. Says which share each target got.
/// </summary>
internal sealed class RoutingSimulation : IDisposable
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(10);
    private static readonly Demand Request = new(RequestBytes: 400, MaxOutputTokens: 100);

    private readonly ManualTime _time;
    private readonly PriorityQueue<(Target Target, double Seconds), long> _underWay = new();

    public RoutingSimulation(ManualTime time, params string[] models)
    {
        _time = time;
        Provider = new OpenAIProvider("p", new ProviderSettings(new Uri("http://localhost/v1"), null, TimeSpan.FromSeconds(1), AsksForUsage: true, PropagatesTrace: false));
        Targets = [.. models.Select(model => new Target(Provider, model, new TargetHealth(time)))];
        SecondsOf = models.ToDictionary(model => model, _ => 0.5);
    }

    public OpenAIProvider Provider { get; }

    public IReadOnlyList<Target> Targets { get; init; }

    /// <summary>How long each model takes to answer now.</summary>
    public Dictionary<string, double> SecondsOf { get; }

    /// <summary>The share of each model in the requests of the next so many seconds.</summary>
    public IReadOnlyDictionary<string, double> Run(IRoutingPolicy policy, double seconds)
    {
        var chosen = Targets.ToDictionary(target => target.Model, _ => 0);
        var steps = (int)(seconds / Step.TotalSeconds);
        for (var step = 0; step < steps; step++)
        {
            EndWhatIsDue();
            if (step % 10 == 0)
            {
                var target = policy.Order(Targets, Request)[0];
                chosen[target.Model]++;
                target.Health.Load.Began();
                var takes = SecondsOf[target.Model];
                _underWay.Enqueue((target, takes), _time.GetTimestamp() + TimeSpan.FromSeconds(takes).Ticks);
            }

            _time.Advance(Step);
        }

        return chosen.ToDictionary(entry => entry.Key, entry => entry.Value * 10.0 / steps);
    }

    public void Dispose() => Provider.Dispose();

    private void EndWhatIsDue()
    {
        while (_underWay.TryPeek(out _, out var due) && due <= _time.GetTimestamp())
        {
            var (target, seconds) = _underWay.Dequeue();
            target.Health.Load.Ended();
            target.Health.Load.Streamed(seconds * 0.2, seconds * 0.8, outputTokens: 100);
        }
    }
}
