using System.Security.Cryptography;

namespace AppHost;

/// <summary>
/// What outlives a run: <c>Data:Directory</c>, or <c>ai-gateway/&lt;hash of the checkout's path&gt;</c> below the user's local
/// application data, so that two checkouts do not share state.
/// </summary>
internal sealed class StateFolder
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnersFolder = OwnerOnly | UnixFileMode.UserExecute;
    private const int KeyBytes = 32;

    private readonly string _path;

    private StateFolder(string path) => _path = path;

    public string AdminKeyFile => Path.Combine(_path, "admin-key");

    public string DevelopmentKeyFile => Path.Combine(_path, "development-key");

    public static StateFolder Of(IDistributedApplicationBuilder builder)
    {
        var path = builder.Configuration["Data:Directory"] is { Length: > 0 } configured ? Path.GetFullPath(configured) : CheckoutState.PathOf(Path.Combine(builder.AppHostDirectory, ".."));
        return new StateFolder(CreatePrivate(path));
    }

    /// <summary>A service's own folder.</summary>
    public string FolderOf(string service) => Directory.CreateDirectory(Path.Combine(_path, service)).FullName;

    /// <summary>The admin key of this checkout, made at the first call.</summary>
    public string AdminKey()
    {
        if (Read(AdminKeyFile) is { } kept)
        {
            return kept;
        }

        var made = $"admin-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(KeyBytes))}";
        Write(AdminKeyFile, made);
        return made;
    }

    // Redis, the ledger and the rest write below it as they please: what was asked and answered is nobody else's on this machine. A folder that is there keeps what its owner gave it.
    private static string CreatePrivate(string path) =>
        OperatingSystem.IsWindows() ? Directory.CreateDirectory(path).FullName : Directory.CreateDirectory(path, OwnersFolder).FullName;

    public static string? Read(string file) => File.Exists(file) && File.ReadAllText(file).Trim() is { Length: > 0 } text ? text : null;

    public static void Write(string file, string secret)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        using var writer = new StreamWriter(file, options);
        writer.WriteLine(secret);
    }
}
