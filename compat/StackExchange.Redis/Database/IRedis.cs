namespace StackExchange.Redis;

/// <summary>Where the official package has the synchronous twins; this product has no use for them.</summary>
public interface IRedis : IRedisAsync;
