using System.Text.Json.Nodes;
using System.Xml.Linq;
using Gateway.Tests.Hosts;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Security;

/// <summary>Every package that restore has brought, and every one that a lock file names, is under a licence that asks for no more than to be named; docs/dependencies.md names it.</summary>
public sealed class LicenceTests
{
    private static readonly string[] Permissive =
        ["MIT", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "ISC", "0BSD", "PostgreSQL", "MS-PL OR Apache-2.0", "Unlicense", "(MIT OR CC0-1.0)", "(AFL-2.1 OR BSD-3-Clause)"];

    /// <summary>For tools that build and test, and are in nothing that ships.</summary>
    private static readonly string[] OfTools = ["MPL-2.0", "BlueOak-1.0.0", "Public Domain"];

    /// <summary>Packages that bring their licence as a file or an address; somebody has read it.</summary>
    private static readonly Dictionary<string, string> Read = new(StringComparer.OrdinalIgnoreCase)
    {
        ["CommandLineParser"] = "MIT",
        ["Microsoft.DotNet.PlatformAbstractions"] = "MIT",
        ["Newtonsoft.Json"] = "MIT",
        ["@modelcontextprotocol/inspector"] = "Apache-2.0",
    };

    public static TheoryData<string> Locks => [.. new[] { "Demo.Web/Client", "Aws.Deployment.Tests/npm", "Gateway.Tests/Clients/npm", "Gateway.Tests/Mcp/npm", "Gateway.Tests/Web/npm", "Gateway.Benchmarks/npm" }];

    [Fact]
    public async Task Every_NuGet_package_has_a_licence_that_is_allowed_and_listed()
    {
        var page = await File.ReadAllTextAsync(Repository.PathOf("docs", "dependencies.md"), TestContext.Current.CancellationToken);
        var packages = Directory.EnumerateFiles(Repository.Root, "project.assets.json", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 3 })
            .SelectMany(PackagesIn).DistinctBy(package => package.Name, StringComparer.OrdinalIgnoreCase).ToList();

        packages.Count.ShouldBeGreaterThan(30);
        packages.Where(package => !Permissive.Contains(package.Licence)).ShouldBeEmpty();
        packages.Where(package => !page.Contains($"| {package.Name} | {package.Licence} |", StringComparison.OrdinalIgnoreCase)).ShouldBeEmpty("docs/dependencies.md does not list them with their licence.");
    }

    [Theory]
    [MemberData(nameof(Locks))]
    public async Task Every_npm_package_has_a_licence_that_is_allowed_and_none_that_ships_is_a_tools(string folder)
    {
        var text = await File.ReadAllTextAsync(Repository.PathOf([.. folder.Split('/'), "package-lock.json"]), TestContext.Current.CancellationToken);
        var isShipped = folder.StartsWith("Demo.Web", StringComparison.Ordinal);

        foreach (var (path, about) in JsonNode.Parse(text)!["packages"]!.AsObject().Where(package => package.Key.Length > 0))
        {
            var name = path[(path.LastIndexOf("node_modules/", StringComparison.Ordinal) + "node_modules/".Length)..];
            var licence = Read.GetValueOrDefault(name) ?? (string?)about!["license"] ?? "none";
            var isTool = !isShipped || (bool?)about!["dev"] == true;
            (isTool ? Permissive.Concat(OfTools) : Permissive).ShouldContain(licence, name);
        }
    }

    private static IEnumerable<(string Name, string Licence)> PackagesIn(string assets)
    {
        var root = JsonNode.Parse(File.ReadAllText(assets))!;
        var folders = root["packageFolders"]!.AsObject().Select(folder => folder.Key).ToList();
        return from library in root["libraries"]!.AsObject()
               where (string?)library.Value!["type"] == "package"
               let folder = folders.Select(folder => Path.Combine(folder, (string)library.Value!["path"]!)).FirstOrDefault(Directory.Exists)
               where folder is not null
               let name = library.Key.Split('/')[0]
               select (name, LicenceOf(name, Directory.EnumerateFiles(folder, "*.nuspec").Single()));
    }

    private static string LicenceOf(string name, string nuspec) =>
        Read.GetValueOrDefault(name)
        ?? XDocument.Load(nuspec).Descendants().FirstOrDefault(element => element.Name.LocalName == "license" && (string?)element.Attribute("type") == "expression")?.Value
        ?? "none";
}
