using ServiceDefaults.Usage;

namespace Cost.Worker.Requests;

/// <summary>Of requests that come in any order those that came in last, so many of them, before a place.</summary>
internal sealed class LatestRequests(RequestFilter filter, LogPlace? before, int most)
{
    private readonly PriorityQueue<UsageEvent, LogPlace> _found = new();

    public void Add(UsageEvent one)
    {
        var place = LogPlace.Of(one);
        if (place.CompareTo(before ?? place) > 0 || place == before || !filter.Passes(one))
        {
            return;
        }

        if (_found.Count < most)
        {
            _found.Enqueue(one, place);
        }
        else
        {
            _found.EnqueueDequeue(one, place);
        }
    }

    /// <summary>The newest first.</summary>
    public IReadOnlyList<UsageEvent> Newest() => [.. _found.UnorderedItems.OrderByDescending(item => item.Priority).Select(item => item.Element)];
}
