using System.CommandLine;
using Aws.Deployment.Verification;
using ServiceDefaults.Commands;

namespace Aws.Deployment.Commands;

/// <summary><c>verify --url URL|--environment NAME [--api-key KEY] [--model ALIAS] [--origin ORIGIN] [--json]</c></summary>
internal static class VerifyCommand
{
    /// <summary>The gateway itself gives up after half of it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    public static Command Create()
    {
        var (url, environment, region) = (GatewayCommand.Url(), GatewayCommand.Deployed(), GatewayCommand.Region());
        var (apiKey, model, json) = (GatewayCommand.ApiKey(), GatewayCommand.Model(), GatewayCommand.Json());
        var origin = new Option<string?>("--origin") { Description = "A page's origin that has to be allowed to call, such as https://demo.example.com.", HelpName = "ORIGIN" };
        var command = new Command("verify", "Checks a running gateway, wherever it is: health, models, chat, streams, CORS, errors, limits, products.") { url, environment, region, apiKey, model, origin, json };
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

            var asJson = parsed.GetValue(json);
            var results = await RunAsync(address, key, parsed.GetValue(model), parsed.GetValue(origin), asJson ? TextWriter.Null : Console.Out, cancellationToken);
            if (asJson)
            {
                await Console.Out.WriteLineAsync(VerificationReport.Json(address, results));
            }

            return VerificationReport.IsGood(results) ? CommandLine.Done : CommandLine.Failed;
        }));
        return command;
    }

    public static async Task<IReadOnlyList<CheckResult>> RunAsync(Uri address, string key, string? model, string? origin, TextWriter output, CancellationToken cancellationToken)
    {
        await output.WriteLineAsync($"Verifying {address}");
        using var http = new HttpClient { BaseAddress = address, Timeout = Patience };
        var verification = new GatewayVerification(new GatewayChecks(new GatewayProbe(http, key), model, origin), TimeProvider.System);
        var results = await verification.RunAsync(result => output.WriteLine(VerificationReport.Line(result)), cancellationToken);
        await output.WriteLineAsync(VerificationReport.Summary(results));
        if (results is [{ Finding.IsSilence: true }, ..])
        {
            await output.WriteLineAsync($"  → Nobody answers at {address}: see that the address is right and the gateway runs, and run it again.");
        }

        return results;
    }
}
