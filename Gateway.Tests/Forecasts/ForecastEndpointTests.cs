using System.Net;
using System.Text.Json.Nodes;
using Gateway.Tests.Hosts;
using Gateway.Tests.Ledger;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Forecasts;

public sealed class ForecastEndpointTests : IAsyncLifetime
{
    private SpendLedger _spend = null!;
    private CostHost _worker = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _spend = await SpendLedger.CreateAsync(Token);
        await _spend.AddAsync("acme", days: 30, _ => 2, Token);
        await _spend.AddAsync("new", days: 1, _ => 1, Token);
        _worker = await CostHost.StartAsync(_spend.Folder, redisPort: null, new StoppedClock(Events.Noon));
    }

    public async ValueTask DisposeAsync()
    {
        await _worker.DisposeAsync();
        await _spend.DisposeAsync();
    }

    [Fact]
    [Trait("Requirement", "G4.1")]
    public async Task A_forecast_is_answered_with_its_method_and_intervals()
    {
        using var admin = _worker.AdminClient();
        var forecast = JsonNode.Parse(await admin.GetStringAsync("/forecast?budget_usd=50", Token))!;

        forecast["data"]![0]!.ToJsonString().ShouldBe(
            """
            {"tenant":"acme","method":"seasonal_naive","mase":0,"coverage_90":1,"history_days":30,"enough_history":true,
            "day":{"from":"2026-11-21","to":"2026-11-22","spent_usd":"1.000000000","expected_usd":"2.000000000","low_50_usd":"2.000000000","high_50_usd":"2.000000000","low_90_usd":"2.000000000","high_90_usd":"2.000000000"},
            "month":{"from":"2026-11-01","to":"2026-12-01","spent_usd":"41.000000000","expected_usd":"60.000000000","low_50_usd":"60.000000000","high_50_usd":"60.000000000","low_90_usd":"60.000000000","high_90_usd":"60.000000000","runs_out":"2026-11-25","earliest":"2026-11-25","latest":"2026-11-25"},
            "quarter":{"from":"2026-10-01","to":"2027-01-01","spent_usd":"61.000000000","expected_usd":"142.000000000","low_50_usd":"142.000000000","high_50_usd":"142.000000000","low_90_usd":"142.000000000","high_90_usd":"142.000000000"}}
            """.Replace("\n", ""));
        ((string)forecast["data"]![1]!["method"]!, (bool)forecast["data"]![1]!["enough_history"]!).ShouldBe(("mean", false));
        ((string)forecast["at"]!, (int)forecast["total"]!["history_days"]!, (int)forecast["left_out"]!).ShouldBe(("2026-11-21T12:00:00Z", 30, 0));
    }

    [Theory]
    [InlineData("/forecast?by=day", "by", "'day' is nothing to group by; allowed, separated by commas: tenant, key, user, alias, model, provider, variant.")]
    [InlineData("/forecast?budget_usd=lots", "budget_usd", "'lots' is no budget for a month; it must be US dollars, above 0 and at most 1000000000, such as 500 or 99.50.")]
    [InlineData("/forecast?budget_usd=-1", "budget_usd", "'-1' is no budget")]
    public async Task What_cannot_be_asked_is_refused_with_what_can(string url, string param, string words)
    {
        using var admin = _worker.AdminClient();
        using var response = await admin.GetAsync(url, Token);
        var error = JsonNode.Parse(await response.Content.ReadAsStringAsync(Token))!["error"]!;

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        ((string)error["message"]!).ShouldStartWith(words);
        ((string)error["param"]!).ShouldBe(param);
    }

    [Fact]
    public async Task Nobody_without_the_admin_key_learns_what_is_spent()
    {
        using var response = await _worker.Http.GetAsync(new Uri(_worker.Address, "/forecast"), Token);

        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }
}
