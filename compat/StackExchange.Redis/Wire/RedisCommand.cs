using System.Text;

namespace StackExchange.Redis.Wire;

/// <summary>A command's name, and the bytes that name it on the wire.</summary>
internal sealed class RedisCommand(string name)
{
    public string Name => name;

    // $3\r\nGET\r\n
    public byte[] Encoded { get; } = Encoding.UTF8.GetBytes($"${Encoding.UTF8.GetByteCount(name)}\r\n{name}\r\n");

    public override string ToString() => name;
}
