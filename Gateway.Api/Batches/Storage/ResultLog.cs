using System.Buffers.Binary;
using Gateway.Api.Files;

namespace Gateway.Api.Batches.Storage;

/// <summary>
/// What came of a batch's lines, one after the other: the line's number and the result's length in four bytes each, and the result. What was written
/// outlives the process; a result that a crash has cut is none.
/// </summary>
internal sealed class ResultLog : IDisposable
{
    private const int HeadBytes = 8;

    private readonly Dictionary<int, (long At, int Length)> _places = [];
    private readonly FileStream _file;
    private long _end;

    public ResultLog(string path)
    {
        _file = OwnFile.Open(path);
        var head = new byte[HeadBytes];
        while (_file.ReadAtLeast(head, HeadBytes, throwOnEndOfStream: false) == HeadBytes)
        {
            var (line, length) = (BinaryPrimitives.ReadInt32LittleEndian(head), BinaryPrimitives.ReadInt32LittleEndian(head.AsSpan(4)));
            if (_file.Position + length > _file.Length)
            {
                break;
            }

            Note(line, _file.Position, length, isOutput: BatchResult.Of(new[] { (byte)_file.ReadByte() }).IsOutput);
            _file.Position += length - 1;
        }
    }

    public int Completed { get; private set; }

    public int Failed { get; private set; }

    public IReadOnlyCollection<int> Lines => [.. _places.Keys];

    /// <summary>Nothing where the line has a result.</summary>
    public void Add(int line, BatchResult result)
    {
        if (_places.ContainsKey(line))
        {
            return;
        }

        var bytes = result.ToBytes();
        var record = new byte[HeadBytes + bytes.Length];
        BinaryPrimitives.WriteInt32LittleEndian(record, line);
        BinaryPrimitives.WriteInt32LittleEndian(record.AsSpan(4), bytes.Length);
        bytes.CopyTo(record.AsSpan(HeadBytes));
        var at = _end;
        try
        {
            // What a crash or a full disk has left of the one before.
            _file.SetLength(at);
            _file.Position = at;
            _file.Write(record);
            _file.Flush();
        }
        catch (IOException failure)
        {
            throw new StoreUnavailableException(failure);
        }

        Note(line, at + HeadBytes, bytes.Length, result.IsOutput);
    }

    public BatchResult? Read(int line)
    {
        if (!_places.TryGetValue(line, out var place))
        {
            return null;
        }

        var bytes = new byte[place.Length];
        _file.Position = place.At;
        _file.ReadExactly(bytes);
        return BatchResult.Of(bytes);
    }

    public void Delete()
    {
        Dispose();
        File.Delete(_file.Name);
    }

    public void Dispose() => _file.Dispose();

    private void Note(int line, long at, int length, bool isOutput)
    {
        _places[line] = (at, length);
        _end = at + length;
        Completed += isOutput ? 1 : 0;
        Failed += isOutput ? 0 : 1;
    }
}
