namespace StackExchange.Redis;

/// <summary>What kind of reply it was.</summary>
public enum ResultType : byte
{
    None = 0,
    SimpleString = 1,
    Error = 2,
    Integer = 3,
    BulkString = 4,
    Array = 5,
    Null = (1 << 3) | 4,
    Boolean = (2 << 3) | 3,
    Double = (1 << 3) | 1,
    Map = (1 << 3) | 5,
    Set = (2 << 3) | 5,
    Push = (4 << 3) | 5,
}
