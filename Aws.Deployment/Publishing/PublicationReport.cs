using System.Globalization;
using System.Text;
using Aws.Deployment.Estimate.Reports;

namespace Aws.Deployment.Publishing;

/// <summary>What is said of a publication on the console.</summary>
internal static class PublicationReport
{
    public static string Of(Publication publication)
    {
        var text = new StringBuilder();
        foreach (var package in publication.Packages)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{package.Name + ".zip",-14} {package.Bytes / 1e6,6:N1} MB  sha256 {package.Sha256}");
        }

        foreach (var stack in publication.Assembly.Stacks)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{stack.Name}  {Path.GetRelativePath(publication.Folder, stack.Template)}");
        }

        text.AppendLine(CultureInfo.InvariantCulture, $"{Amounts.Usd(publication.Estimate.Total.Expected)} USD a month are expected (estimate.md).");
        return text.Append(CultureInfo.InvariantCulture, $"Published to {publication.Folder}.").ToString();
    }
}
