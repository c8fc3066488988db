using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Gateway.Tests.Hosts;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Security;

/// <summary>Input that is small to send and dear to handle is refused at the price of any other: beside what Gateway.Tests.Endpoints.BadInputTests shows of sizes and nesting.</summary>
[Trait("Requirement", "V7.3")]
public sealed class HostileInputTests(SimulatedGateway gateway)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(15);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("a")]
    [InlineData("-eyJ")]
    [InlineData("a.")]
    public async Task A_name_of_a_megabyte_is_refused_as_quickly_as_any(string part)
    {
        var name = string.Concat(Enumerable.Repeat(part, 1024 * 1024 / part.Length));
        var started = TimeProvider.System.GetTimestamp();

        using var response = await gateway.Caller.PostAsync("/v1/chat/completions", Json($$"""{"model":"{{name}}","messages":[{"role":"user","content":"x"}]}"""), Token);

        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        TimeProvider.System.GetElapsedTime(started).ShouldBeLessThan(Soon);
    }

    // Wherever it is cut, no letter is cut in half.
    [Theory]
    [InlineData("")]
    [InlineData("a")]
    public async Task A_long_name_is_quoted_in_part(string first)
    {
        var name = first + string.Concat(Enumerable.Repeat("\ud83d\ude00", 20_000));

        using var response = await gateway.Caller.PostAsync("/v1/chat/completions", Json($$"""{"model":"{{name}}","messages":[{"role":"user","content":"x"}]}"""), Token);

        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        var message = (string)(await response.Content.ReadFromJsonAsync<JsonNode>(Token))!["error"]!["message"]!;
        message.ShouldEndWith("\ud83d\ude00…");
        message.Length.ShouldBeInRange(8_000, 8_200);
    }

    [Fact]
    public async Task Many_members_and_values_are_read_in_one_go()
    {
        var members = string.Join(',', Enumerable.Range(0, 200_000).Select(i => $"\"m{i}\":[{{}},[]]"));
        var started = TimeProvider.System.GetTimestamp();

        using var response = await gateway.Caller.PostAsync("/v1/chat/completions", Json($$"""{"model":"nobody",{{members}},"messages":[{"role":"user","content":"x"}]}"""), Token);

        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        TimeProvider.System.GetElapsedTime(started).ShouldBeLessThan(Soon);
    }

    // 10 KB that would be 10 MB: nothing is unpacked, so that it is bytes that are no JSON.
    [Theory]
    [InlineData("/v1/chat/completions")]
    [InlineData("/v1/responses")]
    [InlineData("/v1/messages")]
    [InlineData("/v1/feedback")]
    public async Task A_body_that_is_compressed_is_not_unpacked(string path)
    {
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            await gzip.WriteAsync(Encoding.UTF8.GetBytes(new string(' ', 10 * 1024 * 1024)), Token);
        }

        using var content = new ByteArrayContent(packed.ToArray()) { Headers = { ContentType = new MediaTypeHeaderValue("application/json"), ContentEncoding = { "gzip" } } };
        using var response = await gateway.Caller.PostAsync(path, content, Token);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await response.Content.ReadAsStringAsync(Token)).ShouldContain("invalid_request_error");
    }

    [Theory]
    [InlineData(400, 1, HttpStatusCode.RequestHeaderFieldsTooLarge)]
    [InlineData(1, 200_000, HttpStatusCode.RequestHeaderFieldsTooLarge)]
    [InlineData(0, 0, HttpStatusCode.OK)]
    public async Task A_flood_of_headers_is_refused(int count, int length, HttpStatusCode status)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/models");
        for (var i = 0; i < count; i++)
        {
            request.Headers.TryAddWithoutValidation($"x-flood-{i}", new string('a', length));
        }

        using var response = await gateway.Caller.SendAsync(request, Token);

        response.StatusCode.ShouldBe(status);
    }

    [Theory]
    [InlineData("a", 120_000)]
    [InlineData("-eyJ", 30_000)]
    public async Task A_long_header_of_a_stranger_is_looked_at_once(string part, int count)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/models");
        request.Headers.TryAddWithoutValidation("x-request-id", string.Concat(Enumerable.Repeat(part, count)));
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer nobody");
        var started = TimeProvider.System.GetTimestamp();

        using var response = await gateway.Gateway.Http.SendAsync(request, Token);

        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        TimeProvider.System.GetElapsedTime(started).ShouldBeLessThan(Soon);
    }

    // They are groups of reports, subjects of mails and lines of other systems.
    [Theory]
    [InlineData("tenant", "acme\r\nBcc: all@example.com")]
    [InlineData("tenant", "acme\u0000")]
    [InlineData("user", "ann\u001b[31m")]
    public async Task No_key_is_made_for_a_name_with_control_characters(string field, string name)
    {
        using var admin = gateway.Gateway.AdminClient();

        using var response = await admin.PostAsJsonAsync("/admin/keys", new Dictionary<string, string> { ["name"] = "k", [field] = name }, Token);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await response.Content.ReadAsStringAsync(Token)).ShouldContain($"\"param\":\"{field}\"");
    }

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");
}
