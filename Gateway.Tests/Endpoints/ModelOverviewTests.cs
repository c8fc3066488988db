using System.Text.Json.Nodes;
using Gateway.Tests.Hosts;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Endpoints;

public sealed class ModelOverviewTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Requirement", "G4.5")]
    public async Task An_alias_is_shown_with_its_targets_their_shares_of_late_and_their_prices()
    {
        await using var targets = await TwoTargets.StartAsync(
            context => TwoTargets.FailAsync(context, 500), fallback: null, ("Gateway:Limits:Retries", "0"), ($"Gateway:Prices:{TwoTargets.Fallback}@2026-01-01:Input", "2.5"), ($"Gateway:Prices:{TwoTargets.Fallback}@2026-01-01:Output", "10"));
        for (var i = 0; i < 5; i++)
        {
            using var response = await targets.CallAsync();
        }

        using var admin = targets.Gateway.AdminClient();
        var list = JsonNode.Parse(await admin.GetStringAsync("/admin/models", Token))!["data"]!.AsArray();
        var alias = list.Single(one => (string?)one!["alias"] == "phi-3-mini")!;

        ((string)alias["policy"]!, (bool)alias["available"]!, (int)alias["minutes"]!).ShouldBe(("Priority", true, 5));
        var (first, second) = (alias["targets"]![0]!, alias["targets"]![1]!);
        ((string)first["target"]!, (string)first["circuit"]!, (bool)first["available"]!).ShouldBe((TwoTargets.Primary, "open", false));
        ((long)first["recent_attempts"]!, (long)first["recent_failures"]!, (double)first["recent_share"]!).ShouldBe((5, 5, 0.5));
        ((string)first["price"]!["version"]!, (decimal)first["price"]!["input_usd"]!).ShouldBe((TwoTargets.Primary, 0m));
        ((string)second["target"]!, $"{second["provider"]}/{second["model"]}", (long)second["recent_failures"]!).ShouldBe((TwoTargets.Fallback, TwoTargets.Fallback, 0));
        ((string)second["price"]!["version"]!, (decimal)second["price"]!["input_usd"]!, (decimal)second["price"]!["output_usd"]!).ShouldBe(($"{TwoTargets.Fallback}@2026-01-01", 2.5m, 10m));
        list.Single(one => (string?)one!["alias"] == "gpt-4o")!["available"]!.GetValue<bool>().ShouldBeFalse();
        var shown = JsonNode.Parse(await admin.GetStringAsync("/admin/providers", Token))!["data"]!.AsArray();
        ((long)shown.Single(one => (string?)one!["model"] == "phi-3-mini" && (string?)one["target"] == TwoTargets.Primary)!["recent_attempts"]!).ShouldBe(5);
    }
}
