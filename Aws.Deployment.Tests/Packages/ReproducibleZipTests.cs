using System.IO.Compression;
using Aws.Deployment.Packages;
using Shouldly;
using Xunit;

namespace Aws.Deployment.Tests.Packages;

public sealed class ReproducibleZipTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("zip-test-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    [Trait("Requirement", "B2.4")]
    public void The_same_files_make_the_same_zip_whatever_their_order_times_and_modes()
    {
        var first = Zip("first", ["b/2.dll", "a.dll"], new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var second = Zip("second", ["a.dll", "b/2.dll"], new DateTime(2026, 2, 2, 0, 0, 0, DateTimeKind.Utc), UnixFileMode.UserRead | UnixFileMode.UserExecute);

        File.ReadAllBytes(first).ShouldBe(File.ReadAllBytes(second));
        using var zip = ZipFile.OpenRead(first);
        zip.Entries.Select(entry => (entry.FullName, Mode: (entry.ExternalAttributes >> 16) & 0b111_111_111))
            .ShouldBe([("a.dll", 0b110_100_100), ("b/2.dll", 0b110_100_100), ("run.sh", 0b111_101_101)]);
    }

    private string Zip(string name, IEnumerable<string> files, DateTime written, UnixFileMode mode)
    {
        var folder = _folder.CreateSubdirectory(name);
        foreach (var file in files)
        {
            var path = Path.Combine(folder.FullName, file);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, $"content of {file}");
            File.SetLastWriteTimeUtc(path, written);
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(path, mode);
            }
        }

        var zip = Path.Combine(_folder.FullName, $"{name}.zip");
        ReproducibleZip.Create(zip, folder.FullName, "run.sh", "exec dotnet a.dll");
        return zip;
    }
}
