using System.Globalization;

namespace StackExchange.Redis.Connections;

/// <summary>The commands that may wait at the server, and for how long they will.</summary>
internal static class BlockingCommands
{
    /// <summary>False where the command does not wait; <paramref name="time"/> is null where it waits for ever.</summary>
    public static bool TryGetTime(string command, ReadOnlySpan<RedisValue> arguments, out TimeSpan? time)
    {
        time = null;
        RedisValue seconds;
        switch (command.ToUpperInvariant())
        {
            case "BLMOVE" or "BLPOP" or "BRPOP" or "BRPOPLPUSH" or "BZPOPMIN" or "BZPOPMAX" when arguments.Length > 0:
                seconds = arguments[^1];
                break;
            case "BLMPOP" or "BZMPOP" when arguments.Length > 0:
                seconds = arguments[0];
                break;
            default:
                return false;
        }

        // A time that is none is for the server to refuse.
        if (double.TryParse(seconds.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number is > 0 and < 1e9)
        {
            time = TimeSpan.FromSeconds(number);
        }

        return true;
    }
}
