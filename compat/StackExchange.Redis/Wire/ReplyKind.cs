namespace StackExchange.Redis.Wire;

internal enum ReplyKind : byte
{
    Null,
    Simple,
    Error,
    Integer,
    Bulk,
    Double,
    Boolean,
    Array,
    Map,
    Set,
    Push,

    /// <summary>RESP3's out-of-band notes about the reply that follows: read and dropped.</summary>
    Attribute,
}
