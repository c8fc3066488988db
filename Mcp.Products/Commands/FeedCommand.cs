using System.CommandLine;
using Mcp.Products.Feeds;

namespace Mcp.Products.Commands;

/// <summary>What the commands on feeds have in common.</summary>
internal static class FeedCommand
{
    public static Argument<string> File(string description) => new("FILE") { Description = description };

    public static Option<string?> Data() => new("--data")
    {
        Description = "The server's data directory (default: Data__Directory of the environment, else where the AppHost of this checkout keeps it).",
        HelpName = "DIR",
    };

    public static Option<string?> Format(IReadOnlyList<string> allowed)
    {
        var format = new Option<string?>("--format") { Description = $"One of {string.Join(", ", allowed)} (default: by the file's ending).", HelpName = "NAME" };
        format.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !allowed.Contains(token.Value, StringComparer.OrdinalIgnoreCase))
            {
                result.AddError($"--format is '{token.Value}'; it must be one of {string.Join(", ", allowed)}.");
            }
        });
        return format;
    }

    /// <summary>The format named, else the one that the file's ending says, else null.</summary>
    public static FeedFormat? FormatOf(string? name, string file) => name is null ? FeedFormats.OfFile(file) : FeedFormats.Named(name);

    public static string Unnamed(string file, IReadOnlyList<string> allowed) => $"The ending of {file} says nothing about its format: name it with --format, one of {string.Join(", ", allowed)}.";

    public static IConfiguration Configuration(string? data) =>
        new ConfigurationBuilder().AddEnvironmentVariables().AddInMemoryCollection(data is null ? [] : [new("Data:Directory", data)]).Build();
}
