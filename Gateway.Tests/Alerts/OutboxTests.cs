using Cost.Worker.Alerts;
using Cost.Worker.Alerts.Sinks;
using Gateway.Tests.Ledger;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Alerts;

[Trait("Requirement", "G4.4")]
public sealed class OutboxTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("outbox-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void What_was_put_is_there_after_a_restart_in_its_order_and_behind_it_what_comes_later()
    {
        var before = new Outbox(_directory);
        before.Put(Message("1"));
        before.Put(Message("2"));
        before.Peek()!.Id.ShouldBe("1");
        before.Remove();

        var outbox = new Outbox(_directory);
        outbox.Put(Message("3"));
        Drain(outbox).ShouldBe(["2", "3"]);
        outbox.Put(Message("4"));
        Drain(new Outbox(_directory)).ShouldBe(["4"]);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("")]
    public void What_cannot_be_read_is_put_aside_and_does_not_stop_the_next(string text)
    {
        var outbox = new Outbox(_directory);
        outbox.Put(Message("1"));
        File.WriteAllText(Directory.GetFiles(_directory).Single(), text);
        outbox.Put(Message("2"));

        outbox.Peek().ShouldBeNull();
        (outbox.Count, outbox.Rejected).ShouldBe((1, 1));
        Drain(outbox).ShouldBe(["2"]);
        new Outbox(_directory).Rejected.ShouldBe(1);
    }

    [Fact]
    public void What_somebody_took_away_does_not_stop_the_next()
    {
        var outbox = new Outbox(_directory);
        outbox.Put(Message("1"));
        File.Delete(Directory.GetFiles(_directory).Single());
        outbox.Put(Message("2"));

        outbox.Peek().ShouldBeNull();
        Drain(outbox).ShouldBe(["2"]);
    }

    [Fact]
    public void What_the_disk_does_not_take_waits_in_memory_and_is_told_all_the_same()
    {
        var noFolder = Path.Combine(_directory, "file");
        File.WriteAllText(noFolder, "");
        var outbox = new Outbox(Path.Combine(noFolder, "outbox"));

        outbox.Put(Message("1")).ShouldNotBeNull();
        outbox.Put(Message("2")).ShouldNotBeNull();

        Drain(outbox).ShouldBe(["1", "2"]);
    }

    private static List<string> Drain(Outbox outbox)
    {
        var ids = new List<string>();
        while (outbox.Count > 0)
        {
            ids.Add(outbox.Peek()!.Id);
            outbox.Remove();
        }

        return ids;
    }

    private static AlertMessage Message(string id) => new(id, AlertEvent.Raised, Events.Noon, new Alert
    {
        Id = "alert", Rule = "rule", Subject = "subject", Severity = Severity.Info, Worst = Severity.Info, Summary = "In words.", StartedAt = Events.Noon, ChangedAt = Events.Noon,
    });
}
