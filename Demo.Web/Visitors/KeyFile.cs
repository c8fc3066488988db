using System.Text;
using ServiceDefaults.Storage;

namespace Demo.Web.Visitors;

/// <summary>The demo key on disk, readable by its owner only.</summary>
internal sealed class KeyFile(string folder)
{
    private readonly string _path = Path.Combine(folder, "demo-key");

    public string? Read() => File.Exists(_path) && File.ReadAllText(_path).Trim() is { Length: > 0 } key ? key : null;

    public void Write(string key) => Disk.Replace(_path, stream => stream.Write(Encoding.UTF8.GetBytes(key)), isPrivate: true);
}
