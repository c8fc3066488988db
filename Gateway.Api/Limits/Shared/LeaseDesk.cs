namespace Gateway.Api.Limits.Shared;

/// <summary>
/// Leases of one place: for groups that are asked for often and are far from all their limits, so that not every request has to ask Redis.
/// Everything here happens under the place's gate.
/// </summary>
/// <param name="limits">Says how long a lease is, and names holds.</param>
/// <param name="ended">Takes what leases have used once they end.</param>
/// <param name="underWay">Takes the holds of requests that outlast their lease.</param>
internal sealed class LeaseDesk(RedisLimits limits, SettlementQueue ended, HashSet<Hold> underWay)
{
    private const long DeniedMilliseconds = 1000;
    private const long IdleMilliseconds = 10_000;

    private readonly Dictionary<ScopeGroup, LeaseDemand> _demands = new(ReferenceEqualityComparer.Instance);

    /// <summary>Admits out of a lease where there is one with room; else <paramref name="ask"/> may be one to ask for.</summary>
    public bool TryAdmit(Hold hold, Moment now, out Verdict verdict, out Hold? ask)
    {
        (verdict, ask) = (default, null);
        var length = limits.LeaseTime;
        if (length == TimeSpan.Zero || !hold.PriceIsKnown)
        {
            return false;
        }

        var demand = DemandOf(hold.Group);
        demand.Add(hold, now.Milliseconds, length.TotalMilliseconds);
        if (demand.Lease is { } lease)
        {
            if (!lease.IsOver(now, length) && lease.Fits(hold))
            {
                hold.At = now;
                verdict = lease.Admit(hold);
                return true;
            }

            End(demand);
        }

        if (demand.IsHigh && !demand.IsAsking && now.Milliseconds >= demand.NotBefore)
        {
            demand.IsAsking = true;
            ask = demand.Shape(underWay.Count + 1);
        }

        return false;
    }

    /// <summary>Redis has given what was asked for, or not.</summary>
    public void Decide(Hold asked, in Verdict verdict, Moment now)
    {
        var demand = DemandOf(asked.Group);
        demand.IsAsking = false;
        if (verdict.IsAdmitted)
        {
            demand.Lease = new Lease(asked, verdict);
        }
        else
        {
            demand.NotBefore = now.Milliseconds + DeniedMilliseconds;
        }
    }

    /// <summary>Ends those that are over; true where there were any.</summary>
    public bool EndOver(Moment now)
    {
        var any = false;
        foreach (var (group, demand) in _demands)
        {
            if (demand.Lease?.IsOver(now, limits.LeaseTime) == true)
            {
                End(demand);
                any = true;
            }
            else if (demand.IsIdleSince(now.Milliseconds - IdleMilliseconds))
            {
                _demands.Remove(group);
            }
        }

        return any;
    }

    /// <summary>Ends all, before their time too.</summary>
    public void EndAll()
    {
        foreach (var demand in _demands.Values.Where(demand => demand.Lease is not null))
        {
            End(demand);
        }
    }

    private void End(LeaseDemand demand)
    {
        ended.Add(demand.Lease!.End(limits, underWay));
        demand.Lease = null;
    }

    // A group is one object for as long as key and configuration are the same.
    private LeaseDemand DemandOf(ScopeGroup group)
    {
        if (!_demands.TryGetValue(group, out var demand))
        {
            _demands.Add(group, demand = new LeaseDemand(group));
        }

        return demand;
    }
}
