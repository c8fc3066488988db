using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace ServiceDefaults.Telemetry;

/// <summary>
/// Which requests are traced: those of callers that trace them, a part of the others, and of what is left the server's span of those that failed or were slow.
/// </summary>
/// <param name="Part">The part of requests without a traced caller, 0 to 1; null where another sampler of the standard is named, which then decides alone.</param>
/// <param name="Slow">A request that takes as long as this is kept.</param>
internal sealed record TraceSampling(double? Part, TimeSpan Slow)
{
    // https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/#general-sdk-configuration
    private const string SamplerKey = "OTEL_TRACES_SAMPLER";
    private const string ArgumentKey = "OTEL_TRACES_SAMPLER_ARG";
    private const string Ratio = "parentbased_traceidratio";

    private const double UsualPart = 0.1;

    public bool KeepsFailures => Part is not null;

    /// <exception cref="OptionsValidationException">The part is none.</exception>
    public static TraceSampling Of(IConfiguration configuration, TelemetryOptions options)
    {
        var slow = TimeSpan.FromSeconds(options.SlowSeconds);
        if (configuration[SamplerKey] is { Length: > 0 } sampler && !string.Equals(sampler, Ratio, StringComparison.OrdinalIgnoreCase))
        {
            return new(Part: null, slow);
        }

        if (configuration[ArgumentKey] is not { Length: > 0 } argument)
        {
            return new(UsualPart, slow);
        }

        return double.TryParse(argument, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var part) && part <= 1
            ? new(part, slow)
            : throw new OptionsValidationException(ArgumentKey, typeof(TraceSampling), [$"{ArgumentKey} is '{argument}'; it must be a number from 0 to 1."]);
    }
}
