using System.CommandLine;

namespace ServiceDefaults.Commands;

/// <summary>What a service does when it is not to serve: one of its commands.</summary>
public static class CommandLine
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int NotUnderstood = 2;

    /// <summary>Settings begin with a dash; a word, or a question for help, is a command.</summary>
    public static bool IsCommand(string[] args) => args is [var first, ..] && (!first.StartsWith('-') || first is "--help" or "-h" or "-?" or "--version");

    /// <param name="description">What the service is, and what it does without a command.</param>
    /// <param name="commands">What it can do instead.</param>
    /// <param name="args">The command line.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string description, IReadOnlyList<Command> commands, string[] args)
    {
        var root = new RootCommand(description);
        foreach (var command in commands)
        {
            root.Add(command);
        }

        if (args is [var first, ..] && !first.StartsWith('-') && commands.All(command => command.Name != first))
        {
            await Console.Error.WriteLineAsync($"'{first}' is no command; it must be one of {string.Join(", ", commands.Select(command => command.Name))}. --help says what they do.");
            return NotUnderstood;
        }

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
