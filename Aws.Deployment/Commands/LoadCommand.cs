using System.CommandLine;
using Aws.Deployment.Verification.Load;
using ServiceDefaults.Commands;

namespace Aws.Deployment.Commands;

/// <summary><c>load --url URL|--environment NAME [--concurrency N] [--requests N | --duration SECONDS] [--whole] [--json]</c></summary>
internal static class LoadCommand
{
    private const string DefaultModel = "phi-3-mini";

    public static Command Create()
    {
        var (url, environment, region) = (GatewayCommand.Url(), GatewayCommand.Deployed(), GatewayCommand.Region());
        var (apiKey, model, json) = (GatewayCommand.ApiKey(), GatewayCommand.Model(), GatewayCommand.Json());
        var concurrency = Number("--concurrency", "How many requests are under way at once, 1 to 1,000 (default: 8).", 1000);
        var requests = Number("--requests", "How many are made, 1 to 1,000,000 (default: as many as --duration allows).", 1_000_000);
        var duration = Number("--duration", "For how many seconds requests are begun, 1 to 3,600 (default: 10).", 3600);
        var maxTokens = Number("--max-tokens", "How long an answer may be, 1 to 4,096 tokens (default: 64).", 4096);
        var whole = new Option<bool>("--whole") { Description = "Asks for whole answers in place of streams." };
        model.Description = $"The alias to ask (default: {DefaultModel}).";
        var command = new Command("load", "Measures a running gateway, wherever it is: latency, time to first token, requests a second, errors, the first request apart.")
        {
            url, environment, region, apiKey, model, concurrency, requests, duration, maxTokens, whole, json,
        };
        command.SetAction((parsed, cancellationToken) => OperationCommand.RunAsync(async () =>
        {
            if (GatewayCommand.KeyOf(parsed.GetValue(apiKey)) is not { } key)
            {
                await Console.Error.WriteLineAsync(GatewayCommand.NoKey);
                return CommandLine.NotUnderstood;
            }

            if (await GatewayCommand.AddressAsync(parsed.GetValue(url), parsed.GetValue(environment), parsed.GetValue(region), cancellationToken) is not { } address)
            {
                await Console.Error.WriteLineAsync(GatewayCommand.NoAddress);
                return CommandLine.NotUnderstood;
            }

            var defaults = new LoadOptions { Model = parsed.GetValue(model) ?? DefaultModel };
            var options = defaults with
            {
                Concurrency = parsed.GetValue(concurrency) ?? defaults.Concurrency,
                Requests = parsed.GetValue(requests),
                Duration = parsed.GetValue(duration) is { } seconds ? TimeSpan.FromSeconds(seconds) : defaults.Duration,
                MaxTokens = parsed.GetValue(maxTokens) ?? defaults.MaxTokens,
                IsStreamed = !parsed.GetValue(whole),
            };
            var report = await RunAsync(address, key, options, cancellationToken);
            await Console.Out.WriteLineAsync(parsed.GetValue(json) ? report.Json() : report.Text());
            return report.IsGood ? CommandLine.Done : CommandLine.Failed;
        }));
        return command;
    }

    private static async Task<LoadReport> RunAsync(Uri address, string key, LoadOptions options, CancellationToken cancellationToken)
    {
        using var sockets = new SocketsHttpHandler { MaxConnectionsPerServer = options.Concurrency };
        using var http = new HttpClient(sockets) { BaseAddress = address, Timeout = Timeout.InfiniteTimeSpan };
        var caller = new LoadCaller(http, key, options, TimeProvider.System);
        return new LoadReport(address, options, await new LoadRun(caller, options, TimeProvider.System).RunAsync(cancellationToken));
    }

    private static Option<int?> Number(string name, string description, int most)
    {
        var option = new Option<int?>(name) { Description = description, HelpName = "N" };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !(int.TryParse(token.Value, out var number) && number >= 1 && number <= most))
            {
                result.AddError($"{name} is '{token.Value}'; it must be a whole number from 1 to {most}.");
            }
        });
        return option;
    }
}
