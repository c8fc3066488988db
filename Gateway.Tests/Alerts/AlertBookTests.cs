using Cost.Worker.Alerts;
using Cost.Worker.Configuration;
using Gateway.Tests.Hosts;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Alerts;

[Trait("Requirement", "G4.3")]
public sealed class AlertBookTests
{
    private static readonly HashSet<string> Certain = [];

    private readonly ManualTime _time = new();
    private readonly AlertBook _book;

    public AlertBookTests() => _book = new AlertBook(new AlertsOptions { Hysteresis = 0.1, ResolveAfterSeconds = 60 }, _time);

    [Fact]
    public void What_is_raised_is_told_once_however_long_it_lasts()
    {
        Look(0.79).ShouldBeEmpty();
        Look(0.8).ShouldBe(["Raised Warning"]);
        Look(0.85).ShouldBeEmpty();
        _time.Advance(TimeSpan.FromDays(1));
        Look(0.99).ShouldBeEmpty();
    }

    [Fact]
    public void What_grows_worse_is_told_at_once_and_its_end_only_when_it_stays_well_below()
    {
        Look(0.9).ShouldBe(["Raised Warning"]);
        Look(1).ShouldBe(["Escalated Critical"]);

        // Below the threshold, and within the hysteresis of it.
        Look(0.91).ShouldBeEmpty();
        _time.Advance(TimeSpan.FromHours(1));
        Look(0.91).ShouldBeEmpty();

        Look(0.85).ShouldBeEmpty();
        _time.Advance(TimeSpan.FromSeconds(59));
        Look(0.85).ShouldBeEmpty();
        _time.Advance(TimeSpan.FromSeconds(1));
        Look(0.85).ShouldBe(["Eased Warning"]);

        Look(0).ShouldBeEmpty();
        _time.Advance(TimeSpan.FromSeconds(60));
        Look(0).ShouldBe(["Resolved Warning"]);
        _book.Active.ShouldBeEmpty();
    }

    [Fact]
    public void What_goes_up_and_down_is_one_alert()
    {
        Look(0.9).ShouldBe(["Raised Warning"]);
        for (var i = 0; i < 100; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(50));
            Look(i % 2 == 0 ? 0.1 : 0.9).ShouldBeEmpty();
        }
    }

    [Fact]
    public void What_no_rule_mentions_any_more_ends_too()
    {
        Look(1).ShouldBe(["Raised Critical"]);
        Told([]).ShouldBeEmpty();
        _time.Advance(TimeSpan.FromSeconds(60));
        Told([]).ShouldBe(["Resolved Critical"]);
    }

    [Fact]
    public void One_alert_has_one_id_from_its_first_message_to_its_last_and_remembers_its_worst()
    {
        var raised = _book.Compare([Finding(1)], Certain).Single();
        _book.Accept(raised);
        _book.Compare([Finding(0.8)], Certain).ShouldBeEmpty();
        _time.Advance(TimeSpan.FromSeconds(60));
        var eased = _book.Compare([Finding(0.8)], Certain).Single();
        _book.Accept(eased);
        _book.Compare([], Certain).ShouldBeEmpty();
        _time.Advance(TimeSpan.FromSeconds(60));
        var resolved = _book.Compare([], Certain).Single();

        new[] { eased.Alert.Id, resolved.Alert.Id }.ShouldAllBe(id => id == raised.Alert.Id);
        new[] { raised.Id, eased.Id, resolved.Id }.Distinct().Count().ShouldBe(3);
        (resolved.Alert.Severity, resolved.Alert.Worst, resolved.Alert.ResolvedAt).ShouldBe((Severity.Warning, Severity.Critical, _time.GetUtcNow()));
    }

    [Fact]
    public void What_could_not_be_told_is_told_at_the_next_look()
    {
        _book.Compare([Finding(1)], Certain).Count.ShouldBe(1);
        Look(1).ShouldBe(["Raised Critical"]);
    }

    [Fact]
    public void What_a_rule_cannot_see_yet_does_not_end()
    {
        Look(1).ShouldBe(["Raised Critical"]);
        for (var i = 0; i < 3; i++)
        {
            _book.Compare([], new HashSet<string> { "rule" }).ShouldBeEmpty();
            _time.Advance(TimeSpan.FromHours(1));
        }

        Told([]).ShouldBeEmpty();
    }

    private string[] Look(double value) => Told([Finding(value)]);

    private string[] Told(IReadOnlyCollection<Finding> findings)
    {
        var messages = _book.Compare(findings, Certain);
        foreach (var message in messages)
        {
            _book.Accept(message);
        }

        return [.. messages.Select(message => $"{message.Event} {message.Alert.Severity}")];
    }

    private static Finding Finding(double value) => new("rule", "subject", "In words.", new Level(Severity.Warning, value, 0.8), new Level(Severity.Critical, value, 1));
}
