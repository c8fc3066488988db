using Gateway.Api.Metering.Journal;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Metering.Journal;

public sealed class OldestUnacknowledgedTests
{
    private readonly HeldTime _time = new();

    [Fact]
    public void It_ages_while_nothing_is_acknowledged_and_is_young_again_when_all_is()
    {
        var oldest = new OldestUnacknowledged(_time);
        oldest.Note(last: 1, acknowledged: 0);
        _time.Pass(TimeSpan.FromMinutes(6));
        oldest.Note(last: 5, acknowledged: 0);
        oldest.Age.ShouldBe(TimeSpan.FromMinutes(6));

        oldest.Note(last: 5, acknowledged: 1);
        oldest.Age.ShouldBe(TimeSpan.Zero);

        _time.Pass(TimeSpan.FromMinutes(6));
        oldest.Note(last: 5, acknowledged: 5);
        oldest.Age.ShouldBe(TimeSpan.Zero);
    }

    private sealed class HeldTime : TimeProvider
    {
        private long _now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _now;

        public void Pass(TimeSpan time) => _now += time.Ticks;
    }
}
