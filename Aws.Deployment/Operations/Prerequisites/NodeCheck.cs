using System.Globalization;
using Aws.Deployment.Operations.Cdk;

namespace Aws.Deployment.Operations.Prerequisites;

/// <summary>Node.js, which CDK runs on, and npm, which fetches it and builds the demo page.</summary>
internal static class NodeCheck
{
    private const int Oldest = 20;
    private const string Remedy = "Install Node.js 20 or newer with npm (apt-get install nodejs npm, or https://nodejs.org), and run it again.";

    public static async Task<Shortcoming?> FindAsync(CancellationToken cancellationToken)
    {
        // v20.20.2
        var node = await Tool.RunAsync("node", ["--version"], cancellationToken);
        var version = node?.Lines is [var line, ..] && int.TryParse(line.TrimStart('v').Split('.')[0], CultureInfo.InvariantCulture, out var major) ? major : 0;
        return version >= Oldest ? await Tool.RunAsync("npm", ["--version"], cancellationToken) is null ? new Shortcoming("npm is not on the PATH, and it builds the demo page and fetches CDK.", Remedy) : null
            : version > 0 ? new Shortcoming($"Node.js is of version {version}, and CDK needs {Oldest}.", Remedy)
            : new Shortcoming("Node.js is not on the PATH, and CDK runs on it.", Remedy);
    }
}
