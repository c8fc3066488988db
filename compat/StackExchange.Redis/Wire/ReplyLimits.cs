namespace StackExchange.Redis.Wire;

/// <summary>How large a reply may be, so that a broken or hostile server cannot take this process's memory.</summary>
internal static class ReplyLimits
{
    /// <summary>Simple strings, errors and numbers.</summary>
    public const int Line = 64 * 1024;

    /// <summary>One whole reply: its bytes, and <see cref="Element"/> for each of its elements.</summary>
    public const long Reply = 256L * 1024 * 1024;

    public const int Element = 32;

    public const int Depth = 32;

    /// <summary>What is set aside on the word of a length alone; more only as the bytes come.</summary>
    public const int Trusted = 64 * 1024;
}
