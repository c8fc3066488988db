using System.Globalization;
using Gateway.Api.Pipeline;

namespace Gateway.Api.Endpoints;

/// <summary>Which part of a list is asked for: <c>?after&amp;limit</c>, as OpenAI has it.</summary>
internal readonly record struct PageRequest(string? After, int Limit)
{
    private const int DefaultLimit = 20;
    private const int LargestLimit = 100;

    public static Refusal? TryRead(string? after, string? limit, out PageRequest page, int largest = LargestLimit, int usual = DefaultLimit)
    {
        var size = usual;
        var isFault = limit is not null && (!int.TryParse(limit, CultureInfo.InvariantCulture, out size) || size < 1 || size > largest);
        page = new PageRequest(after, size);
        return isFault ? Refusal.InvalidRequest($"'limit' is '{limit}'; it must be a number from 1 to {largest}.", "limit") : null;
    }

    /// <summary>The page of <paramref name="all"/>, or why there is none.</summary>
    public Refusal? TryCut<TItem, TShown>(IReadOnlyList<TItem> all, Func<TItem, string> idOf, Func<TItem, TShown> show, out Page<TShown> page)
        where TShown : IListed
    {
        var after = After;
        var start = after is null ? 0 : 1 + all.TakeWhile(item => idOf(item) != after).Count();
        var part = all.Skip(start).Take(Limit).Select(show).ToList();
        page = new Page<TShown>(part, HasMore: start + part.Count < all.Count);
        return start > all.Count ? Refusal.InvalidRequest($"'after' is '{after}', which is no id of this list.", "after") : null;
    }
}
