using Mcp.Products.Feeds;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Products.Catalogue;

public sealed class ReadAheadTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(256)]
    [InlineData(10_000)]
    public async Task Everything_comes_in_its_order(int count) =>
        (await ReadAhead.Of(Enumerable.Range(0, count), Token).ToListAsync(Token)).ShouldBe(Enumerable.Range(0, count));

    [Fact]
    public async Task What_breaks_the_source_off_reaches_who_reads()
    {
        (await Should.ThrowAsync<InvalidDataException>(async () => await ReadAhead.Of(Broken(), Token).CountAsync(Token))).Message.ShouldBe("cut");

        static IEnumerable<int> Broken()
        {
            yield return 1;
            throw new InvalidDataException("cut");
        }
    }

    [Fact]
    public async Task Who_leaves_early_ends_the_reading()
    {
        var ended = false;

        (await ReadAhead.Of(Endless(), Token).FirstAsync(Token)).ShouldBe(0);

        ended.ShouldBeTrue();

        IEnumerable<int> Endless()
        {
            try
            {
                for (var i = 0; ; i++)
                {
                    yield return i;
                }
            }
            finally
            {
                ended = true;
            }
        }
    }
}
