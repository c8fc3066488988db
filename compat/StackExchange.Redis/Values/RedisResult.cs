using StackExchange.Redis.Wire;

namespace StackExchange.Redis;

/// <summary>The reply to a script or a command that this client does not know: one value, or an array of replies. Convert it to what it should be.</summary>
public abstract class RedisResult
{
    private protected RedisResult()
    {
    }

    public abstract bool IsNull { get; }

    /// <summary>How many elements an array has; -1 where it is none.</summary>
    public virtual int Length => -1;

    /// <summary>The kind of reply, as RESP3 has them.</summary>
    public abstract ResultType Resp3Type { get; }

    public virtual RedisResult this[int index] => throw new InvalidOperationException("The reply is not an array.");

    public static RedisResult Create(RedisValue value, ResultType? resultType = null) => new SingleResult(value, resultType);

    public static RedisResult Create(RedisResult[] values) => new ArrayResult(values, ResultType.Array);

    public static explicit operator string?(RedisResult? result) => (string?)ValueOf(result);

    public static explicit operator byte[]?(RedisResult? result) => (byte[]?)ValueOf(result);

    public static explicit operator double(RedisResult result) => (double)ValueOf(result);

    public static explicit operator double?(RedisResult? result) => (double?)ValueOf(result);

    public static explicit operator long(RedisResult result) => (long)ValueOf(result);

    public static explicit operator long?(RedisResult? result) => (long?)ValueOf(result);

    public static explicit operator int(RedisResult result) => (int)ValueOf(result);

    public static explicit operator int?(RedisResult? result) => (int?)ValueOf(result);

    public static explicit operator bool(RedisResult result) => (bool)ValueOf(result);

    public static explicit operator RedisValue(RedisResult? result) => ValueOf(result);

    public static explicit operator RedisKey(RedisResult? result) => (byte[]?)ValueOf(result);

    public static explicit operator RedisResult[]?(RedisResult? result) => result?.Items;

    public static explicit operator RedisValue[]?(RedisResult? result) => All(result, static item => ValueOf(item));

    public static explicit operator string?[]?(RedisResult? result) => All(result, static item => (string?)item);

    public static explicit operator long[]?(RedisResult? result) => All(result, static item => (long)item);

    internal static RedisResult Of(Reply reply) => reply.Kind switch
    {
        ReplyKind.Array => new ArrayResult(Array.ConvertAll(reply.Items, Of), ResultType.Array),
        ReplyKind.Map => new ArrayResult(Array.ConvertAll(reply.Items, Of), ResultType.Map),
        ReplyKind.Set => new ArrayResult(Array.ConvertAll(reply.Items, Of), ResultType.Set),
        ReplyKind.Push => new ArrayResult(Array.ConvertAll(reply.Items, Of), ResultType.Push),
        ReplyKind.Error => new SingleResult(reply.ErrorText, ResultType.Error),
        ReplyKind.Simple => new SingleResult(reply.Value, ResultType.SimpleString),
        ReplyKind.Boolean => new SingleResult(reply.Value, ResultType.Boolean),
        _ => new SingleResult(reply.Value, null),
    };

    private protected abstract RedisValue SingleValue { get; }

    private protected abstract RedisResult[]? Items { get; }

    private static RedisValue ValueOf(RedisResult? result) => result?.SingleValue ?? RedisValue.Null;

    private static T[]? All<T>(RedisResult? result, Converter<RedisResult, T> convert) => result?.Items is { } items ? Array.ConvertAll(items, convert) : null;

    private sealed class SingleResult(RedisValue value, ResultType? type) : RedisResult
    {
        public override bool IsNull => value.IsNull;

        public override ResultType Resp3Type => type
            ?? (value.IsNull ? ResultType.Null : value.IsInteger ? ResultType.Integer : ResultType.BulkString);

        private protected override RedisValue SingleValue => type == ResultType.Error ? throw new RedisServerException(value.ToString()) : value;

        // Where an array is wanted, nil is none, and one value is an array of one.
        private protected override RedisResult[]? Items => IsNull ? null : [this];

        public override string ToString() => value.ToString();
    }

    private sealed class ArrayResult(RedisResult[] items, ResultType type) : RedisResult
    {
        public override bool IsNull => false;

        public override int Length => items.Length;

        public override ResultType Resp3Type => type;

        private protected override RedisValue SingleValue => items is [var only]
            ? only.SingleValue
            : throw new InvalidCastException($"The reply is an array of {items.Length}, not one value.");

        private protected override RedisResult[] Items => items;

        public override RedisResult this[int index] => items[index];

        public override string ToString() => $"{items.Length} element(s)";
    }
}
