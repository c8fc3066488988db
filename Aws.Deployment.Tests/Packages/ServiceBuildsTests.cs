using Aws.Deployment.Packages;
using Shouldly;
using Xunit;

namespace Aws.Deployment.Tests.Packages;

public sealed class ServiceBuildsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("builds-test-");
    private readonly StringWriter _output = new();
    private string _sources = "one";
    private Action _whileBuilding = () => { };
    private int _built;

    public void Dispose()
    {
        _folder.Delete(recursive: true);
        _output.Dispose();
    }

    [Fact]
    [Trait("Requirement", "D8.4")]
    public async Task What_is_unchanged_is_built_once_and_what_has_changed_anew()
    {
        var first = await LatestAsync();
        _output.ToString().ShouldContain("Building packages (gateway, products, cost) …");

        (await LatestAsync()).Folder.ShouldBe(first.Folder);
        _output.ToString().ShouldContain("Packages are unchanged since 20");
        _built.ShouldBe(1);

        _sources = "two";
        (await LatestAsync()).Folder.ShouldNotBe(first.Folder);
        _built.ShouldBe(2);
        Directory.Exists(first.Folder).ShouldBeTrue();
    }

    [Theory]
    [InlineData("changed")]
    [InlineData("added")]
    [InlineData("missing")]
    [InlineData("empty")]
    [InlineData("gone")]
    public async Task What_was_built_and_is_no_longer_as_it_was_is_built_anew(string how)
    {
        var published = PublishedServices.PublishedBelow((await LatestAsync()).Folder);
        switch (how)
        {
            case "changed":
                await File.WriteAllTextAsync(Path.Combine(published, "Gateway.Api.dll"), "other", TestContext.Current.CancellationToken);
                break;
            case "added":
                await File.WriteAllTextAsync(Path.Combine(published, "more.dll"), "more", TestContext.Current.CancellationToken);
                break;
            case "missing":
                File.Delete(Path.Combine(published, "Gateway.Api.dll"));
                break;
            case "empty":
                Directory.Delete(published, recursive: true);
                break;
            default:
                Directory.Delete(Path.GetDirectoryName(published)!, recursive: true);
                break;
        }

        await LatestAsync();

        _built.ShouldBe(2);
    }

    [Fact]
    public async Task Sources_that_change_while_they_are_built_are_built_anew_the_next_time()
    {
        _whileBuilding = () => _sources = "two";
        await LatestAsync();
        _whileBuilding = () => { };

        await LatestAsync();
        await LatestAsync();

        _built.ShouldBe(2);
    }

    [Fact]
    public async Task A_build_that_fails_leaves_nothing_and_what_was_built_before_counts()
    {
        await LatestAsync();
        _sources = "two";
        _whileBuilding = () => throw new PackageException("CS1002");

        (await Should.ThrowAsync<PackageException>(LatestAsync)).Message.ShouldBe("CS1002");

        _folder.EnumerateDirectories().Count().ShouldBe(1);
        _sources = "one";
        await LatestAsync();
        _built.ShouldBe(2);
    }

    private Task<PublishedServices> LatestAsync() =>
        new ServiceBuilds(_folder.FullName, _ => Task.FromResult(_sources), BuildAsync, _output, TimeProvider.System).LatestAsync(TestContext.Current.CancellationToken);

    private async Task BuildAsync(PublishedServices services, CancellationToken cancellationToken)
    {
        _built++;
        var published = Directory.CreateDirectory(PublishedServices.PublishedBelow(services.Folder)).FullName;
        await File.WriteAllTextAsync(Path.Combine(published, "Gateway.Api.dll"), _sources, cancellationToken);
        _whileBuilding();
    }
}
