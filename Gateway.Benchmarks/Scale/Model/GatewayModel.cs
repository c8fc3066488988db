namespace Gateway.Benchmarks.Scale.Model;

/// <summary>
/// Gateways, Redis and upstreams as a network of queues. A request takes a core of its replica, waits for Redis to decide on it together with
/// others of its tenant, takes a core again, waits for its target, takes a core for the reply, and is settled.
/// </summary>
internal sealed class GatewayModel
{
    public const string Machine = "the machine";
    public const string Replica = "gateway";
    public const string Redis = "Redis";
    public const string Target = "target";

    private readonly Simulation _simulation;
    private readonly ServiceTimes _times;
    private readonly Layout _layout;
    private readonly Cores? _machine;
    private readonly Station[] _replicas;
    private readonly Station[] _shards;
    private readonly Station[] _targets;
    private readonly Station? _client;
    private readonly Station? _balancer;
    private readonly Station? _upstream;
    private readonly Station? _background;
    private readonly Dictionary<(int Replica, int Tenant), Gathering> _gatherings = [];
    private readonly List<double> _seconds = [];
    private int _nextReplica;
    private int _nextTarget;

    private GatewayModel(ServiceTimes times, Layout layout, int seed)
    {
        (_simulation, _times, _layout) = (new Simulation(seed), times, layout);
        if (layout.SharedCores is { } cores)
        {
            _machine = new Cores(cores);
            _client = new Station(_simulation, "client", _machine, atOnce: 1);
            _balancer = new Station(_simulation, "balancer", _machine, atOnce: cores);
            _upstream = new Station(_simulation, "upstream", _machine, atOnce: cores);
            _background = new Station(_simulation, "background", _machine, atOnce: cores);
        }

        _replicas = [.. Enumerable.Range(0, layout.Replicas).Select(_ => new Station(_simulation, Replica, _machine ?? new Cores(layout.CoresOfReplica), layout.CoresOfReplica))];
        _shards = [.. Enumerable.Range(0, layout.Shards).Select(_ => new Station(_simulation, Redis, _machine ?? new Cores(1), atOnce: 1))];
        _targets = layout.RequestsOfTarget is { } atOnce ? [.. Enumerable.Range(0, layout.Targets).Select(_ => new Station(_simulation, Target, new Cores(atOnce), atOnce))] : [];
    }

    /// <param name="warmUp">Seconds that do not count.</param>
    /// <param name="seconds">Seconds that do.</param>
    public static Prediction Predict(ServiceTimes times, Layout layout, double warmUp, double seconds, int seed = 1)
    {
        var model = new GatewayModel(times, layout, seed);
        for (var connection = 0; connection < layout.Connections; connection++)
        {
            model.Ask();
        }

        model._simulation.RunUntil(warmUp);
        model._seconds.Clear();
        var (before, messages) = (model.Work(), model.Messages);
        model._simulation.RunUntil(warmUp + seconds);
        return model.Result(before, messages, seconds);
    }

    private IEnumerable<Station> Stations => [.. _replicas, .. _shards, .. _targets, .. new[] { _client, _balancer, _upstream, _background }.OfType<Station>()];

    private int Messages => _gatherings.Values.Sum(gathering => gathering.Messages);

    private double[] Work() => [.. Stations.Select(station => station.Work)];

    private void Ask()
    {
        var replica = _nextReplica++ % _layout.Replicas;
        var tenant = _simulation.Random.Next(_layout.Tenants);
        var begun = _simulation.Now;
        Take(_client, _times.Client, () => Take(_balancer, _times.Balancer, () => _replicas[replica].Serve(_times.Admit, () =>
        {
            var gathering = GatheringOf(replica, tenant);
            gathering.Hold(isToBeSettled => _replicas[replica].Serve(_times.Call, () => Take(_upstream, _times.Upstream, () => Wait(() => _replicas[replica].Serve(_times.Reply, () =>
            {
                if (isToBeSettled)
                {
                    gathering.Settle();
                }

                _shards[0].Serve(_times.Delivery, static () => { });
                _background?.Serve(_times.Background, static () => { });
                _seconds.Add(_simulation.Now - begun);
                Ask();
            })))));
        })));
    }

    private static void Take(Station? station, double seconds, Action done)
    {
        if (station is null)
        {
            done();
            return;
        }

        station.Serve(seconds, done);
    }

    private void Wait(Action done)
    {
        if (_targets.Length == 0)
        {
            _simulation.After(_times.UpstreamWait, done);
            return;
        }

        _targets[_nextTarget++ % _targets.Length].Serve(_times.UpstreamWait, done);
    }

    private Gathering GatheringOf(int replica, int tenant)
    {
        if (!_gatherings.TryGetValue((replica, tenant), out var gathering))
        {
            gathering = new Gathering(_simulation, _times, _replicas[replica], _shards[ShardOf(tenant)], _layout.Leases);
            _gatherings.Add((replica, tenant), gathering);
        }

        return gathering;
    }

    // As a cluster does it: by a hash, so that a few tenants do not lie evenly.
    private int ShardOf(int tenant) => new Random(tenant).Next(_layout.Shards);

    private Prediction Result(double[] before, int messages, double seconds)
    {
        var busy = Stations.Zip(before, (station, work) => (station.Name, Share: (station.Work - work) / seconds / station.Capacity, Work: (station.Work - work) / seconds)).ToList();
        var utilization = _machine is null
            ? busy.GroupBy(station => station.Name).ToDictionary(kind => kind.Key, kind => kind.Max(station => station.Share))
            : new Dictionary<string, double> { [Machine] = busy.Sum(station => station.Work) / _machine.Count };
        _seconds.Sort();
        return new Prediction(_seconds.Count / seconds, At(0.5), At(0.99), (double)(Messages - messages) / _seconds.Count, utilization);

        double At(double part) => _seconds.Count == 0 ? double.NaN : _seconds[(int)(_seconds.Count * part)] * 1000;
    }
}
