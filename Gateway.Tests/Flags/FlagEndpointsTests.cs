using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Gateway.Api.Flags;
using Gateway.Tests.Hosts;
using Gateway.Tests.Limits;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Flags;

/// <summary><c>/admin/flags</c>.</summary>
public sealed class FlagEndpointsTests(SimulatedGateway system) : IAsyncLifetime
{
    private readonly string _data = Directory.CreateTempSubdirectory("gateway-flags-").FullName;
    private GatewayHost _gateway = null!;
    private HttpClient _admin = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _gateway = await StartAsync();
        _admin = _gateway.AdminClient();
    }

    public async ValueTask DisposeAsync()
    {
        _admin.Dispose();
        await _gateway.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    [Fact]
    public async Task The_list_has_every_flag()
    {
        var list = await _admin.GetFromJsonAsync<JsonObject>("/admin/flags", Token);

        list!["data"]!.AsArray().Select(flag => (string)flag!["name"]!).ShouldBe(GatewayFlags.All.Select(flag => flag.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    [Trait("Requirement", "G7.1")]
    public async Task A_flag_is_switched_shown_kept_over_a_start_and_left_to_the_configuration_again()
    {
        var configured = await _gateway.FlagAsync("Retries");

        var switched = await _gateway.SwitchAsync("Retries", new { enabled = true, percentage = 12.5, tenants = (string[])["acme"], until = "2030-01-01T00:00:00Z" });

        ((string)configured["source"]!, (bool)configured["enabled"]!, (bool)configured["default"]!).ShouldBe(("configuration", false, true));
        ((string)switched["source"]!, (bool)switched["enabled"]!, (double)switched["percentage"]!, (string)switched["changed_by"]!).ShouldBe(("admin", true, 12.5, "admin_key"));
        switched["tenants"]!.ToJsonString().ShouldBe("""["acme"]""");
        await using (var next = await StartAsync())
        {
            (await next.FlagAsync("retries")).ToJsonString().ShouldBe(switched.ToJsonString());
        }

        using var reset = await _admin.DeleteAsync("/admin/flags/Retries", Token);
        (await reset.Content.ReadAsStringAsync(Token)).ShouldBe(configured.ToJsonString());
        _gateway.Log.Lines.Where(line => line.Category == "Gateway.Audit").Select(line => line.Message[..line.Message.IndexOf(" from ", StringComparison.Ordinal)])
            .ShouldBe(["admin_key did flag.switch to Retries", "admin_key did flag.reset to Retries"]);
    }

    [Theory]
    [InlineData("Retries", """{}""", "'enabled'", "enabled")]
    [InlineData("Retries", """{"enabled":"yes"}""", "'enabled'", "enabled")]
    [InlineData("Retries", """{"enabled":true,"percent":5}""", "'percent' is not known", "percent")]
    [InlineData("Retries", """{"enabled":true,"percentage":-1}""", "'percentage' is -1; allowed: 0 to 100.", "percentage")]
    [InlineData("Retries", """{"enabled":true,"users":[""]}""", "'users' holds an empty name.", "users")]
    [InlineData("Retries", """{"enabled":true,"from":"2026-12-02T00:00:00Z","until":"2026-12-02T00:00:00Z"}""", "'until' is 2026-12-02 00:00:00Z; it must be later", "until")]
    [InlineData("Retries", """[]""", "JSON object", null)]
    [Trait("Requirement", "G7.4")]
    public async Task Bad_input_is_refused_and_changes_nothing(string flag, string body, string message, string? param)
    {
        var before = (await _gateway.FlagAsync(flag)).ToJsonString();

        using var refused = await _admin.PutAsync($"/admin/flags/{flag}", new StringContent(body, System.Text.Encoding.UTF8, "application/json"), Token);

        refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var error = (await refused.Content.ReadFromJsonAsync<JsonObject>(Token))!["error"]!;
        ((string)error["message"]!).ShouldContain(message);
        ((string?)error["param"]).ShouldBe(param);
        (await _gateway.FlagAsync(flag)).ToJsonString().ShouldBe(before);
    }

    [Fact]
    public async Task A_flag_that_is_not_there_is_not_found_and_a_caller_switches_none()
    {
        using var unknown = await _admin.PutAsJsonAsync("/admin/flags/Nothing", new { enabled = false }, Token);
        using var caller = await _gateway.CallerClientAsync();
        using var forbidden = await caller.PutAsJsonAsync("/admin/flags/Retries", new { enabled = false }, Token);

        (unknown.StatusCode, await unknown.CodeAsync()).ShouldBe((HttpStatusCode.NotFound, "flag_not_found"));
        forbidden.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_ends_the_start_and_is_left_as_it_is()
    {
        var file = Path.Combine(_data, "flags.json");
        await File.WriteAllTextAsync(file, "[{", Token);

        var failure = await Should.ThrowAsync<InvalidDataException>(StartAsync);

        failure.Message.ShouldContain(file);
        (await File.ReadAllTextAsync(file, Token)).ShouldBe("[{");
    }

    private Task<GatewayHost> StartAsync() => GatewayHost.StartAsync(system.Model, ("Data:Directory", _data), ("Gateway:Flags:Retries:Enabled", "false"));
}
