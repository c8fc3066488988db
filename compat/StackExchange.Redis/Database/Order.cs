namespace StackExchange.Redis;

/// <summary>The direction in which a range is read.</summary>
public enum Order
{
    Ascending = 0,
    Descending = 1,
}
