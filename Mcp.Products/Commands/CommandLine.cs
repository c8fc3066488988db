using System.CommandLine;

namespace Mcp.Products.Commands;

/// <summary>What the server does when it is not to serve.</summary>
internal static class CommandLine
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int NotUnderstood = 2;

    /// <summary>Settings begin with a dash; a word, or a question for help, is a command.</summary>
    public static bool IsCommand(string[] args) => args is [var first, ..] && (!first.StartsWith('-') || first is "--help" or "-h" or "-?" or "--version");

    public static async Task<int> RunAsync(string[] args)
    {
        var root = new RootCommand("The product server of the AI Model Gateway. Without a command it serves the catalogue over MCP at http://localhost:8081/mcp, and with --stdio over standard input and output.")
        {
            ImportCommand.Create(),
            ExportCommand.Create(),
        };
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
            {
                await Console.Error.WriteLineAsync(error.Message);
            }

            await Console.Error.WriteLineAsync("--help says what is understood.");
            return NotUnderstood;
        }

        return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
    }
}
