using StackExchange.Redis.Wire;

namespace StackExchange.Redis.Connections;

/// <summary>What a connection says before it is used: who it is, which protocol and database it wants, and whether the server is there.</summary>
internal static class Handshake
{
    private static readonly string[] AuthenticationRefusals = ["NOAUTH", "WRONGPASS", "NOPERM", "ERR AUTH", "ERR invalid password", "ERR Client sent AUTH"];

    /// <exception cref="RedisConnectionException">The server refused; its own words are in the message.</exception>
    public static async Task RunAsync(RedisConnection connection, string name, ConfigurationOptions options, int database)
    {
        try
        {
            if (options.Protocol != RedisProtocol.Resp3 || !await TryHelloAsync(connection, options))
            {
                await AuthenticateAsync(connection, options);
            }

            if (database != 0)
            {
                await SendAsync(connection, Commands.Select, database);
            }

            await SendAsync(connection, Commands.Ping);
        }
        catch (RedisServerException refusal)
        {
            var type = FailureOf(refusal.Message);
            throw new RedisConnectionException(type, $"Redis at {name} refused the connection ({type}): {refusal.Message}", refusal);
        }
    }

    // HELLO 3 AUTH user password SETNAME name; false where the server does not know it.
    private static async Task<bool> TryHelloAsync(RedisConnection connection, ConfigurationOptions options)
    {
        var arguments = new List<RedisValue> { 3 };
        if (options.Password is not null)
        {
            arguments.AddRange(["AUTH", options.User ?? "default", options.Password]);
        }

        if (options.ClientName is not null)
        {
            arguments.AddRange(["SETNAME", NameOf(options.ClientName)]);
        }

        try
        {
            await SendAsync(connection, Commands.Hello, [.. arguments]);
            return true;
        }
        catch (RedisServerException refusal) when (FailureOf(refusal.Message) == ConnectionFailureType.InternalFailure)
        {
            return false;
        }
    }

    private static async Task AuthenticateAsync(RedisConnection connection, ConfigurationOptions options)
    {
        if (options.Password is not null)
        {
            await SendAsync(connection, Commands.Auth, options.User is null ? [options.Password] : [options.User, options.Password]);
        }

        if (options.ClientName is null)
        {
            return;
        }

        try
        {
            await SendAsync(connection, Commands.Client, "SETNAME", NameOf(options.ClientName));
        }
        catch (RedisServerException refusal) when (FailureOf(refusal.Message) == ConnectionFailureType.InternalFailure)
        {
            // The name is for whoever looks at CLIENT LIST; a server without it is as good.
        }
    }

    private static async Task SendAsync(RedisConnection connection, RedisCommand command, params RedisValue[] arguments)
    {
        var pending = new Pending<bool>(command, patience: null, static _ => true);
        if (!connection.TrySend(pending, arguments))
        {
            throw await connection.Broken;
        }

        await pending.Task;
    }

    // Redis refuses spaces in names.
    private static string NameOf(string name) => name.Replace(' ', '-');

    private static ConnectionFailureType FailureOf(string message)
        => AuthenticationRefusals.Any(start => message.StartsWith(start, StringComparison.Ordinal))
            ? ConnectionFailureType.AuthenticationFailure
            : message.StartsWith("LOADING", StringComparison.Ordinal) ? ConnectionFailureType.Loading : ConnectionFailureType.InternalFailure;
}
