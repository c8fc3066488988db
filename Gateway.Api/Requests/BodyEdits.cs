using Gateway.Api.Pipeline;

namespace Gateway.Api.Requests;

/// <summary>Changes that the gateway makes to a request before any target is called, gathered in any order.</summary>
internal sealed class BodyEdits
{
    private readonly List<Splice> _splices = [];

    public void Replace(Range cut, ReadOnlyMemory<byte> replacement) => _splices.Add(new Splice(cut, replacement));

    public void Insert(int at, ReadOnlyMemory<byte> text) => Replace(at..at, text);

    /// <summary>Gives the request a body with the changes, which must leave it as well-formed as it was.</summary>
    public void ApplyTo(GatewayRequest request)
    {
        if (_splices.Count == 0)
        {
            return;
        }

        List<Splice> splices = [.. _splices.OrderBy(splice => splice.Cut.Start.Value)];
        var old = request.Body!;
        request.Body = Write(old.Span, splices);
        request.Extensions = request.Extensions?.MovedBy(splices);
        old.Dispose();

        // It was read before, and what is new in it is the gateway's own.
        RequestScanner.Scan(request.Body.Span, request.Operation, out var fields);
        request.Fields = fields;
    }

    private static PooledBody Write(ReadOnlySpan<byte> body, List<Splice> splices)
    {
        using var output = new PooledBodyWriter(body.Length + splices.Sum(splice => splice.Replacement.Length));
        var rest = 0;
        foreach (var splice in splices)
        {
            Append(output, body[rest..splice.Cut.Start.Value]);
            Append(output, splice.Replacement.Span);
            rest = splice.Cut.End.Value;
        }

        Append(output, body[rest..]);
        return output.ToBody();
    }

    private static void Append(PooledBodyWriter output, ReadOnlySpan<byte> text)
    {
        text.CopyTo(output.GetSpan(text.Length));
        output.Advance(text.Length);
    }
}
