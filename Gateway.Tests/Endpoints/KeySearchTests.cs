using System.Net;
using System.Text.Json.Nodes;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Endpoints;

/// <summary><c>GET /admin/keys?query=</c> among ten thousand keys.</summary>
public sealed class KeySearchTests(ManyKeys keys) : IClassFixture<ManyKeys>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("", ManyKeys.Count, "key_00000")]
    [InlineData("query=Team 042", 100, "key_00042")]
    [InlineData("query=team 042&order=desc", 100, "key_09942")]
    [InlineData("query=key_0012", 10, "key_00120")]
    [InlineData("query=0012", 0, null)]
    [InlineData("query=SK-GW-07", 1_000, "key_00007")]
    [InlineData("tenant=tenant-3", 2_000, "key_00003")]
    [InlineData("tenant=tenant-3&status=revoked", 200, "key_00003")]
    [InlineData("query=ann-77", 111, "key_00077")]
    [InlineData("query=<script>", 0, null)]
    [Trait("Requirement", "G6.5")]
    public async Task Keys_are_found_by_name_tenant_user_and_the_beginning_of_their_ids(string query, int count, string? first)
    {
        var page = JsonNode.Parse(await keys.Admin.GetStringAsync(new Uri($"/admin/keys?limit=1000&{query}", UriKind.Relative), Token))!;

        ((int)page["total"]!, (string?)page["first_id"]).ShouldBe((count, first));
        page["data"]!.AsArray().Count.ShouldBe(Math.Min(count, 1_000));
    }

    [Fact]
    public async Task All_are_read_page_by_page()
    {
        var (seen, after) = (new List<string>(), "");
        while (true)
        {
            var page = JsonNode.Parse(await keys.Admin.GetStringAsync(new Uri($"/admin/keys?limit=1000&order=desc{after}", UriKind.Relative), Token))!;
            seen.AddRange(page["data"]!.AsArray().Select(key => (string)key!["id"]!));
            if (!(bool)page["has_more"]!)
            {
                break;
            }

            after = $"&after={page["last_id"]}";
        }

        seen.ShouldBe(Enumerable.Range(0, ManyKeys.Count).Reverse().Select(number => $"key_{number:00000}"));
    }

    [Theory]
    [InlineData("status=gone", "status", "allowed: active, disabled, expired, revoked")]
    [InlineData("order=up", "order", "allowed: asc, desc")]
    [InlineData("limit=1001", "limit", "from 1 to 1000")]
    public async Task What_cannot_be_asked_is_refused_by_name(string query, string param, string words)
    {
        using var response = await keys.Admin.GetAsync(new Uri($"/admin/keys?{query}", UriKind.Relative), Token);
        var error = JsonNode.Parse(await response.Content.ReadAsStringAsync(Token))!["error"]!;

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        ((string)error["param"]!).ShouldBe(param);
        ((string)error["message"]!).ShouldContain(words);
    }
}
