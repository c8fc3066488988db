using System.Globalization;
using System.Text.Json;

namespace Aws.Deployment.Packages;

/// <summary>Keeps what services were built to, and builds them anew only where something that they are made of has changed.</summary>
/// <param name="folder">Where it is kept.</param>
/// <param name="hashAsync">Tells what they are made of.</param>
/// <param name="buildAsync">Builds them.</param>
internal sealed class ServiceBuilds(
    string folder, Func<CancellationToken, Task<string>> hashAsync, Func<PublishedServices, CancellationToken, Task> buildAsync, TextWriter output, TimeProvider time)
{
    private const string LatestFile = "latest.json";

    // No command takes an image out of an older one.
    private static readonly TimeSpan LongestUse = TimeSpan.FromHours(1);

    /// <summary>Those of the checkout, in a folder that git ignores.</summary>
    public static ServiceBuilds OfCheckout(TextWriter output) => new(
        Path.Combine(Checkout.Root, "Aws.Deployment", "obj", "services"),
        new ServiceSources(Checkout.Root, Service.All.Select(service => service.Project)).HashAsync,
        (services, cancellationToken) => services.BuildAsync(Service.All, cancellationToken),
        output,
        TimeProvider.System);

    /// <exception cref="PackageException">One cannot be built.</exception>
    public async Task<PublishedServices> LatestAsync(CancellationToken cancellationToken)
    {
        var sources = await hashAsync(cancellationToken);
        var latest = Read();
        if (latest is not null && latest.Sources == sources && latest.IsWhole)
        {
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"Packages are unchanged since {latest.BuiltAt.UtcDateTime:yyyy-MM-dd HH:mm} UTC."));
            return new PublishedServices(latest.Folder);
        }

        await output.WriteLineAsync($"Building packages ({string.Join(", ", Service.All.Select(service => service.Name))}) …");
        var began = time.GetTimestamp();
        var services = new PublishedServices(Path.Combine(folder, Guid.NewGuid().ToString("N")));
        Clear(except: latest?.Folder);
        try
        {
            await buildAsync(services, cancellationToken);
        }
        catch
        {
            services.Delete();
            throw;
        }

        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"Packages were built in {time.GetElapsedTime(began).TotalSeconds:N0} s."));

        // Whose file was saved meanwhile may be in it or not: the next command builds anew.
        if (await hashAsync(cancellationToken) == sources)
        {
            Write(new ServiceBuild(services.Folder, sources, ServiceBuild.ContentsOf(services.Folder), time.GetUtcNow()));
        }

        return services;
    }

    private ServiceBuild? Read()
    {
        try
        {
            return JsonSerializer.Deserialize<ServiceBuild>(File.ReadAllBytes(Path.Combine(folder, LatestFile)));
        }
        catch (Exception none) when (none is IOException or JsonException)
        {
            return null;
        }
    }

    // Aside and then moved, so that what is there is whole.
    private void Write(ServiceBuild build)
    {
        var aside = $"{build.Folder}.json";
        File.WriteAllBytes(aside, JsonSerializer.SerializeToUtf8Bytes(build));
        File.Move(aside, Path.Combine(folder, LatestFile), overwrite: true);
    }

    // The one before, and those that another command may be using now, stay.
    private void Clear(string? except)
    {
        foreach (var old in Directory.CreateDirectory(folder).EnumerateDirectories().Where(one => one.FullName != except && time.GetUtcNow() - one.CreationTimeUtc > LongestUse))
        {
            old.Delete(recursive: true);
        }
    }
}
