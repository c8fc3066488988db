using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Aws.Deployment.Verification;

/// <summary>Tells the results of the checks, to people and to programs.</summary>
internal static class VerificationReport
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static bool IsGood(IReadOnlyList<CheckResult> results) => results.All(result => result.Finding.Outcome is not CheckOutcome.Failed);

    public static string Line(CheckResult result)
    {
        var finding = result.Finding;
        var outcome = finding.Outcome is CheckOutcome.Failed ? "FAILED" : finding.Outcome.ToString().ToLowerInvariant();
        var line = string.Create(CultureInfo.InvariantCulture, $"  {outcome,-8} {result.Name,-26} {result.Elapsed.TotalMilliseconds,6:N0} ms  {finding.Note}").TrimEnd();
        return finding.Expected is null ? line : $"{line}\n           expected: {finding.Expected}\n           got:      {finding.Got}";
    }

    public static string Summary(IReadOnlyList<CheckResult> results) =>
        $"{Count(results, CheckOutcome.Passed)} passed, {Count(results, CheckOutcome.Failed)} failed, {Count(results, CheckOutcome.Skipped)} skipped";

    public static string Json(Uri url, IReadOnlyList<CheckResult> results) => new JsonObject
    {
        ["url"] = url.AbsoluteUri,
        ["passed"] = Count(results, CheckOutcome.Passed),
        ["failed"] = Count(results, CheckOutcome.Failed),
        ["skipped"] = Count(results, CheckOutcome.Skipped),
        ["checks"] = new JsonArray([.. results.Select(Entry)]),
    }.ToJsonString(Indented);

    private static JsonObject Entry(CheckResult result) => new()
    {
        ["name"] = result.Name,
        ["outcome"] = result.Finding.Outcome.ToString().ToLowerInvariant(),
        ["milliseconds"] = Math.Round(result.Elapsed.TotalMilliseconds, 1),
        ["note"] = result.Finding.Note,
        ["expected"] = result.Finding.Expected,
        ["got"] = result.Finding.Got,
    };

    private static int Count(IReadOnlyList<CheckResult> results, CheckOutcome outcome) => results.Count(result => result.Finding.Outcome == outcome);
}
