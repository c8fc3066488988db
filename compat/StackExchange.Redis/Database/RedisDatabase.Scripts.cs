using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using StackExchange.Redis.Connections;
using StackExchange.Redis.Wire;

namespace StackExchange.Redis;

/// <content>Scripts, and commands that have no method here.</content>
internal sealed partial class RedisDatabase
{
    // By reference: a script is a constant, and what is not is collected with its hash.
    private static readonly ConditionalWeakTable<string, byte[]> Hashes = [];

    public async Task<RedisResult> ScriptEvaluateAsync(
        string script, RedisKey[]? keys = null, RedisValue[]? values = null, CommandFlags flags = CommandFlags.None)
    {
        var hash = Hashes.GetValue(script, HashOf);
        RedisValue[] arguments = [hash, keys?.Length ?? 0, .. Join(keys ?? []), .. values ?? []];
        if (flags.HasFlag(CommandFlags.FireAndForget))
        {
            // Nobody would see that the server does not know the hash.
            arguments[0] = script;
            return await Send(Commands.Eval, arguments, Replies.Result, flags);
        }

        try
        {
            return await Send(Commands.Evalsha, arguments, Replies.Result, flags);
        }
        catch (RedisServerException unknown) when (unknown.Message.StartsWith("NOSCRIPT", StringComparison.Ordinal))
        {
            arguments[0] = script;
            return await Send(Commands.Eval, arguments, Replies.Result, flags);
        }
    }

    public Task<RedisResult> ExecuteAsync(string command, params object[] args) => ExecuteAsync(command, (ICollection<object>)args);

    public Task<RedisResult> ExecuteAsync(string command, ICollection<object>? args, CommandFlags flags = CommandFlags.None)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(command);
        RedisValue[] arguments = [.. (args ?? []).Select(RedisValue.FromObject)];
        var name = new RedisCommand(command);
        if (!BlockingCommands.TryGetTime(command, arguments, out var time))
        {
            return Send(name, arguments, Replies.Result, flags);
        }

        var patience = time is { } wait ? multiplexer.Patience + (long)(wait.TotalSeconds * multiplexer.Clock.TimestampFrequency) : (long?)null;
        return multiplexer.Blocking.SendAsync(NewPending(name, patience, Replies.Result), database, arguments);
    }

    private static byte[] HashOf(string script)
#pragma warning disable CA5350 // It is what Redis names a script by; it protects nothing.
        => Encoding.ASCII.GetBytes(Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes(script))));
#pragma warning restore CA5350
}
