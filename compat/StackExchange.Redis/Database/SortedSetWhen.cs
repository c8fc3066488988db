namespace StackExchange.Redis;

/// <summary>When a member of a sorted set is written.</summary>
[Flags]
public enum SortedSetWhen
{
    Always = 0,
    Exists = 1 << 0,
    GreaterThan = 1 << 1,
    LessThan = 1 << 2,
    NotExists = 1 << 3,
}
