using Mcp.Products;
using Mcp.Products.Commands;
using Mcp.Products.Protocol;
using ServiceDefaults;
using ServiceDefaults.Commands;

try
{
    if (CommandLine.IsCommand(args))
    {
        return await CommandLine.RunAsync(
            "The product server of the AI Model Gateway. Without a command it serves the catalogue over MCP at http://localhost:8081/mcp, and with --stdio over standard input and output.",
            [ImportCommand.Create(), ExportCommand.Create()],
            args);
    }

    if (StandardStreams.AreAsked(args))
    {
        return await StandardStreams.ServeAsync(args);
    }

    var builder = WebApplication.CreateBuilder(args);
    builder.UseDefaultUrl("http://localhost:8081");
    builder.AddServiceDefaults();
    builder.AddProducts();

    var app = builder.Build();
    app.MapProducts();
    return await app.RunToExitCodeAsync();
}
catch (Exception exception) when (StartFault.Describe(exception) is { } fault)
{
    await Console.Error.WriteLineAsync(fault);
    return 1;
}
