namespace StackExchange.Redis;

/// <content>Scripts, and commands that have no method here.</content>
public partial interface IDatabaseAsync
{
    /// <summary>
    /// Runs a Lua script. Only its hash is sent; the script itself where the server does not know it. Keep scripts in constants: the hash is
    /// kept with the string.
    /// </summary>
    Task<RedisResult> ScriptEvaluateAsync(string script, RedisKey[]? keys = null, RedisValue[]? values = null, CommandFlags flags = CommandFlags.None);

    /// <inheritdoc cref="ExecuteAsync(string, ICollection{object}, CommandFlags)"/>
    Task<RedisResult> ExecuteAsync(string command, params object[] args);

    /// <summary>
    /// Sends any command. One that waits at the server (BLMOVE, BLPOP, BRPOP, BRPOPLPUSH, BLMPOP, BZPOPMIN, BZPOPMAX, BZMPOP) goes over a connection
    /// of its own, with the time that it may wait added to the time-out, so that it holds up nobody. The official package sends it over the shared one.
    /// </summary>
    Task<RedisResult> ExecuteAsync(string command, ICollection<object>? args, CommandFlags flags = CommandFlags.None);
}
