using System.Runtime.InteropServices;
using ServiceDefaults.Usage;

namespace Cost.Worker.Ledger.Files;

/// <summary>The sums of one day's records, as far as they were read or written.</summary>
internal sealed class DayBook(DateOnly day)
{
    private readonly Dictionary<HourOfGroup, UsageSums> _hours = [];

    public DateOnly Day => day;

    /// <summary>Up to where the day's records are in the sums.</summary>
    public FilePosition Position { get; set; }

    public List<long> Unreadable { get; } = [];

    public int Groups => _hours.Count;

    public IEnumerable<RollUpRow> Hours => _hours.Select(pair => new RollUpRow(day, pair.Key.Hour, pair.Key.Group, pair.Value));

    public IEnumerable<RollUpRow> WholeDay()
    {
        var groups = new Dictionary<UsageGroup, UsageSums>();
        foreach (var ((_, group), sums) in _hours)
        {
            ref var sum = ref CollectionsMarshal.GetValueRefOrAddDefault(groups, group, out _);
            sum += sums;
        }

        return groups.Select(pair => new RollUpRow(day, null, pair.Key, pair.Value));
    }

    public void Add(UsageEvent one) => Add(one.At.UtcDateTime.Hour, UsageGroup.Of(one), UsageSums.Of(one));

    public void Add(int hour, in UsageGroup group, in UsageSums sums)
    {
        ref var sum = ref CollectionsMarshal.GetValueRefOrAddDefault(_hours, new HourOfGroup(hour, group), out _);
        sum += sums;
    }

    /// <summary>Adds the records from <see cref="Position"/> on.</summary>
    public void ReadRecords(string path, CancellationToken cancellationToken) =>
        Position = LineFile.Read(path, Position, (number, line) =>
        {
            if (!RecordLine.TryRead(line, out var one, out _))
            {
                Unreadable.Add(number);
            }
            else if (one is not null)
            {
                Add(one);
            }
        }, cancellationToken);
}
