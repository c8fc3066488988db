using System.Text;

namespace StackExchange.Redis;

/// <summary>A key: text (sent as UTF-8) or bytes. Two keys are equal where their bytes are.</summary>
public readonly struct RedisKey : IEquatable<RedisKey>
{
    private readonly object? _content;

    /// <summary>A key made of text.</summary>
    public RedisKey(string? key) => _content = key;

    private RedisKey(byte[]? key) => _content = key;

    internal RedisValue Value => _content is string text ? text : (RedisValue)(byte[]?)_content;

    public static implicit operator RedisKey(string? key) => new(key);

    public static implicit operator RedisKey(byte[]? key) => new(key);

    public static implicit operator string?(RedisKey key) => key._content as string ?? (key._content is byte[] bytes ? Encoding.UTF8.GetString(bytes) : null);

    public static implicit operator byte[]?(RedisKey key) => key._content as byte[] ?? (key._content is string text ? Encoding.UTF8.GetBytes(text) : null);

    public static bool operator ==(RedisKey x, RedisKey y) => x.Equals(y);

    public static bool operator !=(RedisKey x, RedisKey y) => !x.Equals(y);

    public bool Equals(RedisKey other) => Value.Equals(other.Value);

    public override bool Equals(object? obj) => obj is RedisKey other && Equals(other);

    public override int GetHashCode() => Value.GetHashCode();

    public override string ToString() => (string?)this ?? "(null)";
}
