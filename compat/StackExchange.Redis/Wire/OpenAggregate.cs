namespace StackExchange.Redis.Wire;

/// <summary>An array, set, map or push whose elements are still coming.</summary>
internal sealed class OpenAggregate(ReplyKind kind, int count)
{
    private Reply[] _items = new Reply[Math.Min(count, ReplyLimits.Trusted / ReplyLimits.Element)];
    private int _filled;

    public ReplyKind Kind => kind;

    /// <summary>Whether that was the last one.</summary>
    public bool Add(Reply item)
    {
        if (_filled == _items.Length)
        {
            Array.Resize(ref _items, (int)Math.Min(count, _items.Length * 2L));
        }

        _items[_filled++] = item;
        return _filled == count;
    }

    public Reply Close() => Reply.OfItems(kind, _items);
}
