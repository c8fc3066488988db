namespace Gateway.Api.Files;

/// <summary>Files that nobody but their owner may read. Where the disk has none to give it is the store's fault, and not that of who asks.</summary>
internal static class OwnFile
{
    public static FileStream Create(string path, FileOptions options = FileOptions.None) => New(path, FileMode.Create, FileAccess.Write, options);

    /// <summary>To be read and written, from what is there.</summary>
    public static FileStream Open(string path) => New(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileOptions.None);

    private static FileStream New(string path, FileMode mode, FileAccess access, FileOptions options)
    {
        var wanted = new FileStreamOptions { Mode = mode, Access = access, Options = options };
        if (!OperatingSystem.IsWindows())
        {
            wanted.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        try
        {
            return new FileStream(path, wanted);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new StoreUnavailableException(failure);
        }
    }
}
