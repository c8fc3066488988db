using System.Globalization;
using Microsoft.Extensions.Options;

namespace Gateway.Api.Metering.Journal;

/// <summary>Bounds and times of the journal. Operators set <c>Journal:MaxBytes</c> and <c>Journal:Durability</c>; the others are for tests to shorten.</summary>
internal sealed record JournalSettings
{
    private const string MaxBytesKey = "Journal:MaxBytes";
    private const string DurabilityKey = "Journal:Durability";
    private const long LeastBytes = 16L << 20;
    private const long MostBytes = 1L << 40;

    /// <summary>How much of the disk the journals of one process may take, in bytes.</summary>
    public long MaxBytes { get; init; } = 1L << 30;

    /// <summary>How much of the events may wait in memory where they can be put nowhere else, in bytes.</summary>
    public long MaxMemoryBytes { get; init; } = 64L << 20;

    /// <summary>What an event survives once its reply has ended.</summary>
    public JournalDurability Durability { get; init; }

    /// <summary>How long events are gathered for one flush to disk where no reply waits for it.</summary>
    public TimeSpan FlushInterval { get; init; } = TimeSpan.FromMilliseconds(5);

    public int SegmentBytes { get; init; } = 8 << 20;

    public int BatchEvents { get; init; } = 256;

    /// <summary>How many batches go out before their answers are awaited.</summary>
    public int BatchesInFlight { get; init; } = 8;

    /// <summary>No more batches are pushed while more than so many wait to be taken.</summary>
    public long MaxWaitingBatches { get; init; } = 1_000;

    /// <summary>How long delivery waits for a batch to fill.</summary>
    public TimeSpan BatchTime { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>How often acknowledgements are read while there is nothing to push.</summary>
    public TimeSpan AcknowledgementInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>What was pushed is pushed again when nothing was acknowledged for so long.</summary>
    public TimeSpan AcknowledgementPatience { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long Redis may take to answer.</summary>
    public TimeSpan AnswerTime { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long the last delivery of a process that stops may take.</summary>
    public TimeSpan LastDeliveryTime { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How often journals that nobody holds any longer are looked for.</summary>
    public TimeSpan LeftoverInterval { get; init; } = TimeSpan.FromMinutes(1);

    public TimeSpan FirstRetry { get; init; } = TimeSpan.FromMilliseconds(100);

    public TimeSpan LastRetry { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Events that wait longer for their acknowledgement make the gateway degraded.</summary>
    public TimeSpan DegradedAfter { get; init; } = TimeSpan.FromMinutes(5);

    /// <exception cref="OptionsValidationException">A setting is not valid; it says which, and what is.</exception>
    public static JournalSettings Read(IConfiguration configuration)
    {
        var faults = new List<string>();
        var settings = new JournalSettings();
        if (configuration[MaxBytesKey] is { Length: > 0 } bytes)
        {
            if (long.TryParse(bytes, NumberStyles.None, CultureInfo.InvariantCulture, out var most) && most is >= LeastBytes and <= MostBytes)
            {
                settings = settings with { MaxBytes = most };
            }
            else
            {
                faults.Add($"{MaxBytesKey} is '{bytes}'; allowed: a number of bytes from {LeastBytes} to {MostBytes}.");
            }
        }

        if (configuration[DurabilityKey] is { Length: > 0 } word)
        {
            if (Enum.TryParse<JournalDurability>(word, ignoreCase: true, out var durability) && Enum.IsDefined(durability) && !char.IsAsciiDigit(word[0]))
            {
                settings = settings with { Durability = durability };
            }
            else
            {
                faults.Add($"{DurabilityKey} is '{word}'; allowed: {string.Join(", ", Enum.GetNames<JournalDurability>())}.");
            }
        }

        return faults.Count == 0 ? settings : throw new OptionsValidationException("Journal", typeof(JournalSettings), faults);
    }
}
