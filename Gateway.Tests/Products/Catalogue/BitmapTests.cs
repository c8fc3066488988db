using Mcp.Products.Catalogue.Memory;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Products.Catalogue;

public sealed class BitmapTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(64)]
    [InlineData(1000)]
    public void It_holds_as_many_as_there_are_and_gives_them_in_order(int count)
    {
        var bitmap = new Bitmap(count);
        bitmap.AddAll();
        var (all, some) = (new int[count], new int[3]);

        bitmap.Count().ShouldBe(count);
        bitmap.CopyTo(all).ShouldBe(count);
        all.ShouldBe(Enumerable.Range(0, count));
        bitmap.CopyTo(some, offset: 500).ShouldBe(Math.Clamp(count - 500, 0, 3));
        some.ShouldBe(count > 500 ? [500, 501, 502] : [0, 0, 0]);
    }

    [Fact]
    public void Two_of_them_meet_as_sets_do()
    {
        var random = new Random(3);
        int[] one = [.. Enumerable.Range(0, 1000).Where(_ => random.Next(2) == 0)], other = [.. Enumerable.Range(0, 1000).Where(_ => random.Next(3) == 0)];

        Of(one).CountWith(Of(other)).ShouldBe(one.Intersect(other).Count());
        Of(one).CountOf(other).ShouldBe(one.Intersect(other).Count());
        Members(bitmap => bitmap.Keep(Of(other))).ShouldBe(one.Intersect(other).Order());
        Members(bitmap => bitmap.Add(Of(other))).ShouldBe(one.Union(other).Order());
        Members(bitmap => bitmap.Remove(Of(other))).ShouldBe(one.Except(other).Order());
        Members(bitmap => bitmap.RemoveWhere(product => product % 3 == 0)).ShouldBe(one.Where(product => product % 3 != 0));

        IEnumerable<int> Members(Action<Bitmap> change)
        {
            var bitmap = Of(one);
            change(bitmap);
            return Enumerable.Range(0, 1000).Where(product => bitmap[product]);
        }

        static Bitmap Of(int[] products)
        {
            var bitmap = new Bitmap(1000);
            bitmap.Add(products);
            return bitmap;
        }
    }
}
