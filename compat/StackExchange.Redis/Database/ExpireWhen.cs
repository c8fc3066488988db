namespace StackExchange.Redis;

/// <summary>When a key's time to live is set.</summary>
public enum ExpireWhen
{
    Always = 0,
    GreaterThanCurrentExpiry = 1,
    HasExpiry = 2,
    HasNoExpiry = 3,
    LessThanCurrentExpiry = 4,
}
