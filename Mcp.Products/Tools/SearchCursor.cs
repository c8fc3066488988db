using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Mcp.Products.Catalogue;
using Mcp.Products.Tools.Arguments;

namespace Mcp.Products.Tools;

/// <summary>
/// Where the next page of a search begins. It holds for that search in that catalogue only: in another the same place would skip products or
/// show them twice. As text: base64url of offset, 8 bytes of the search's hash and 8 of the catalogue version's.
/// </summary>
internal readonly record struct SearchCursor(int Offset, ulong Search, ulong Catalogue)
{
    private const int Length = sizeof(int) + sizeof(ulong) + sizeof(ulong);

    public static SearchCursor To(int offset, CatalogueSearch search, string version) => new(offset, HashOf(search), HashOf(version));

    public static SearchCursor? Parse(string text)
    {
        Span<byte> bytes = stackalloc byte[Length];
        if (!Base64Url.IsValid(text, out var length) || length != Length || !Base64Url.TryDecodeFromChars(text, bytes, out _))
        {
            return null;
        }

        var offset = BinaryPrimitives.ReadInt32BigEndian(bytes);
        return offset < 0 ? null : new SearchCursor(offset, BinaryPrimitives.ReadUInt64BigEndian(bytes[4..]), BinaryPrimitives.ReadUInt64BigEndian(bytes[12..]));
    }

    public bool IsOf(CatalogueSearch search) => Search == HashOf(search);

    public bool IsIn(string version) => Catalogue == HashOf(version);

    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Length];
        BinaryPrimitives.WriteInt32BigEndian(bytes, Offset);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[4..], Search);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[12..], Catalogue);
        return Base64Url.EncodeToString(bytes);
    }

    // How many are wanted a page may change on the way.
    private static ulong HashOf(CatalogueSearch search) => HashOf(SearchArguments.ToJson(search with { Offset = 0, Limit = CatalogueSearch.DefaultLimit }));

    private static ulong HashOf(string text) => HashOf(Encoding.UTF8.GetBytes(text));

    private static ulong HashOf(ReadOnlySpan<byte> text)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(text, hash);
        return BinaryPrimitives.ReadUInt64BigEndian(hash);
    }
}
