using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Hosting;

public sealed class ParameterTests
{
    [Theory]
    [InlineData("--Parameters:admin-key=given")]
    [InlineData("--Parameters:admin_key=given")]
    public async Task A_name_may_be_spelt_with_dashes_or_with_underscores(string argument)
    {
        await using var builder = TestHost.CreateBuilder(argument);

        var parameter = builder.AddParameter("admin-key", secret: true);

        (await parameter.Resource.GetValueAsync(TestHost.Token)).ShouldBe("given");
    }

    [Fact]
    public async Task Configuration_goes_before_a_default_but_not_before_a_value()
    {
        await using var builder = TestHost.CreateBuilder("--Parameters:first=configured", "--Parameters:second=configured");

        var first = builder.AddParameter("first", new GenerateParameterDefault());
        var second = builder.AddParameter("second", "fixed", secret: true);

        (await first.Resource.GetValueAsync(TestHost.Token)).ShouldBe("configured");
        (await second.Resource.GetValueAsync(TestHost.Token)).ShouldBe("fixed");
    }

    [Fact]
    public async Task A_generated_value_is_kept_for_the_next_run()
    {
        async Task<string?> ValueAsync()
        {
            await using var builder = TestHost.CreateBuilder();
            var parameter = builder.AddParameter("kept-key", new GenerateParameterDefault { MinLength = 40, Special = false }, secret: true, persist: true);
            return await parameter.Resource.GetValueAsync(TestHost.Token);
        }

        var first = await ValueAsync();

        first.ShouldNotBeNull().ShouldMatch("^[A-Za-z0-9]{40}$");
        (await ValueAsync()).ShouldBe(first);
        var file = Directory.GetFiles(TestSecrets.Folder, "secrets.json", SearchOption.AllDirectories).ShouldHaveSingleItem();
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    [Fact]
    public void A_generated_value_has_the_least_number_of_each_group()
    {
        var value = new GenerateParameterDefault { MinLength = 12, MinLower = 2, MinUpper = 3, MinNumeric = 4, MinSpecial = 3 }.GetDefaultValue();

        value.Length.ShouldBe(12);
        value.Count(char.IsAsciiLetterLower).ShouldBe(2);
        value.Count(char.IsAsciiLetterUpper).ShouldBe(3);
        value.Count(char.IsAsciiDigit).ShouldBe(4);
    }

    [Fact]
    public async Task A_missing_value_fails_those_that_need_it_and_nobody_else()
    {
        await using var builder = TestHost.CreateBuilder();
        builder.AddShell("needs", "echo never").WithEnvironment("KEY", builder.AddParameter("missing-key"));
        builder.AddShell("other", "echo end");
        await using var app = await builder.StartAsync();

        await app.StateAsync("needs", KnownResourceStates.FailedToStart);
        await app.StateAsync("missing-key", KnownResourceStates.ValueMissing);
        await app.StateAsync("other", KnownResourceStates.Finished);

        (await app.LinesAsync("needs", _ => true)).ShouldHaveSingleItem().ShouldContain("Parameters:missing-key");
    }
}
