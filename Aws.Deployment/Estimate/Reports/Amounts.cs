using System.Globalization;

namespace Aws.Deployment.Estimate.Reports;

/// <summary>Amounts and quantities as people read them.</summary>
internal static class Amounts
{
    public static string Usd(decimal amount) => amount.ToString("N2", CultureInfo.InvariantCulture);

    public static string Change(decimal amount) => amount.ToString("+#,##0.00;-#,##0.00;0.00", CultureInfo.InvariantCulture);

    /// <summary>With three figures or so, whatever its size.</summary>
    public static string Quantity(decimal quantity) => quantity.ToString(quantity switch { >= 100 => "N0", >= 1 => "N2", _ => "0.####" }, CultureInfo.InvariantCulture);
}
