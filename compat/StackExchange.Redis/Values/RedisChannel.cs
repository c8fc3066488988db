namespace StackExchange.Redis;

/// <summary>A channel to publish to, or a channel or pattern to subscribe to.</summary>
public readonly struct RedisChannel : IEquatable<RedisChannel>
{
    private RedisChannel(RedisValue name, bool isPattern)
    {
        Name = name;
        IsPattern = isPattern;
    }

    /// <summary>Whether it is a pattern such as <c>keys:*</c>.</summary>
    public bool IsPattern { get; }

    public bool IsNullOrEmpty => Name.IsNullOrEmpty;

    internal RedisValue Name { get; }

    /// <summary>The channel of exactly this name.</summary>
    public static RedisChannel Literal(string value) => new(value, isPattern: false);

    /// <summary>The channel of exactly this name.</summary>
    public static RedisChannel Literal(byte[] value) => new(value, isPattern: false);

    /// <summary>All channels whose names match (<c>*</c>, <c>?</c>, <c>[abc]</c>).</summary>
    public static RedisChannel Pattern(string value) => new(value, isPattern: true);

    /// <summary>All channels whose names match (<c>*</c>, <c>?</c>, <c>[abc]</c>).</summary>
    public static RedisChannel Pattern(byte[] value) => new(value, isPattern: true);

    public static implicit operator string?(RedisChannel key) => key.Name;

    public static bool operator ==(RedisChannel x, RedisChannel y) => x.Equals(y);

    public static bool operator !=(RedisChannel x, RedisChannel y) => !x.Equals(y);

    public bool Equals(RedisChannel other) => IsPattern == other.IsPattern && Name == other.Name;

    public override bool Equals(object? obj) => obj is RedisChannel other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(IsPattern, Name);

    public override string ToString() => Name.ToString();

    internal static RedisChannel Of(byte[] name, bool isPattern) => new(name, isPattern);
}
