using System.Buffers.Text;
using System.Globalization;
using Cost.Worker.Requests;
using Gateway.Api.Endpoints;
using Gateway.Tests.Fuzz.Generation;
using Mcp.Products.Tools;
using ServiceDefaults.Usage;
using Shouldly;

namespace Gateway.Tests.Fuzz.Products;

/// <summary>Where the next page begins, as callers send it back: of the catalogue's search, of the request log, of lists; and the ids in them.</summary>
public sealed class CursorFuzz : ParserFuzz
{
    private static readonly string[] Ids = ["file-1", "file-2", "é"];

    protected override IReadOnlyList<string> Examples { get; } =
    [
        new SearchCursor(20, 1234567890123456789, ulong.MaxValue).ToString(), new LogPlace(638000000000000000, new UsageEventId("7f3kq2zd", 42)).ToString(), "7f3kq2zd.42", "file-1", "20",
    ];

    protected override IReadOnlyList<string> Words { get; } = [".", "-", "_", "=", "0", "7fffffffffffffff", "ffffffffffffffff", "9223372036854775807", "file-2"];

    protected override byte[] Make(FuzzRandom random) => random.Below(4) switch
    {
        0 => System.Text.Encoding.ASCII.GetBytes(Base64Url.EncodeToString(random.Bytes(random.OneIn(4) ? random.Below(40) : 20))),
        1 => System.Text.Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{random.Next() >> random.Below(40):x16}-{Guid.Empty:N}.{random.Next() >> random.Below(60)}")),
        _ => Mutations.Next(random),
    };

    protected override void Check(byte[] input, FuzzRandom random)
    {
        var text = Utf8(input);
        if (SearchCursor.Parse(text) is { } cursor)
        {
            cursor.Offset.ShouldBeGreaterThanOrEqualTo(0);
            SearchCursor.Parse(cursor.ToString()).ShouldBe(cursor);
        }

        if (LogPlace.TryParse(text, out var place))
        {
            place.Day.ShouldBeLessThanOrEqualTo(DateOnly.MaxValue);
            LogPlace.TryParse(place.ToString(), out var same).ShouldBeTrue();
            same.CompareTo(place).ShouldBe(0);
        }

        if (UsageEventId.TryParse(text, out var id))
        {
            UsageEventId.TryParse(id.ToString(), out var again).ShouldBeTrue();
            again.ShouldBe(id);
        }

        if (PageRequest.TryRead(random.OneIn(2) ? text : null, random.OneIn(2) ? text : null, out var page) is null)
        {
            var refusal = page.TryCut(Ids, one => one, one => new Item(one), out var cut);
            (refusal is null).ShouldBe(page.After is null || Ids.Contains(page.After));
            cut.Data.Count.ShouldBeLessThanOrEqualTo(page.Limit);
        }
    }

    private sealed record Item(string Id) : IListed;
}
