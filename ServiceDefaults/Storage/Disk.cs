using System.Runtime.InteropServices;

namespace ServiceDefaults.Storage;

/// <summary>Writes that are there after the power failed.</summary>
public static class Disk
{
    /// <summary>Writes a whole file beside the old one and moves it over it: a crash leaves one of the two, whole.</summary>
    /// <param name="path">The file; its folder is made where there is none.</param>
    /// <param name="write">Writes what is in it.</param>
    /// <param name="isPrivate">Whether nobody but its owner may read it.</param>
    public static void Replace(string path, Action<Stream> write, bool isPrivate = false)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var beside = path + ".new";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Share = FileShare.None, BufferSize = 1 << 16 };
        if (isPrivate && !OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var stream = new FileStream(beside, options))
        {
            write(stream);
            stream.Flush(flushToDisk: true);
        }

        File.Move(beside, path, overwrite: true);
        FlushDirectory(Path.GetDirectoryName(path)!);
    }

    /// <summary>Makes sure that a file's name outlives a crash as its content does. Windows does so by itself, and .NET opens no directories.</summary>
    public static void FlushDirectory(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var directory = Open(path, 0);
        if (directory < 0 || Flush(directory) != 0)
        {
            var error = Marshal.GetLastPInvokeError();
            _ = directory < 0 ? 0 : Close(directory);
            throw new IOException($"{path} could not be flushed to disk: {Marshal.GetPInvokeErrorMessage(error)}.");
        }

        _ = Close(directory);
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int Flush(int descriptor);

    [DllImport("libc", EntryPoint = "close", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int Close(int descriptor);
}
