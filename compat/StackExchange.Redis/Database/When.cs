namespace StackExchange.Redis;

/// <summary>When a value is written.</summary>
public enum When
{
    Always = 0,
    Exists = 1,
    NotExists = 2,
}
