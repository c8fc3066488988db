using System.Globalization;

namespace Cost.Worker.Ledger.Files;

/// <summary>Makes sure that one worker writes a ledger; the operating system takes it back from a process that was killed.</summary>
internal static class LedgerLock
{
    // What the lock's refusal is called on Linux (EAGAIN), macOS (EWOULDBLOCK) and Windows (ERROR_SHARING_VIOLATION).
    private static readonly int[] Refusals = [11, 35, unchecked((int)0x80070020)];

    /// <exception cref="InvalidDataException">Another worker has it.</exception>
    public static FileStream Take(string path)
    {
        try
        {
            var held = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
            held.SetLength(0);
            held.Write(System.Text.Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId}\n")));
            return held;
        }
        catch (IOException refused) when (Refusals.Contains(refused.HResult))
        {
            throw new InvalidDataException(
                $"The ledger in {Path.GetDirectoryName(path)} is written by another worker already ({path} is locked). Stop that one, or give this one a folder of its own with Data:Directory.", refused);
        }
    }
}
