using Gateway.Api.Caching;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Caching;

[Trait("Requirement", "G5.3")]
public sealed class AnswerFormatTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_answer_is_read_as_it_was_written(bool stream)
    {
        var key = new CacheKey(1, 2, 3, 4);
        var answer = new CachedAnswer
        {
            Target = "local/phi",
            Bytes = "{\"choices\":[]}"u8.ToArray(),
            At = new DateTimeOffset(2026, 11, 21, 8, 0, 0, TimeSpan.Zero),
            Lifetime = TimeSpan.FromMinutes(1),
            Duration = TimeSpan.FromMilliseconds(7),
            Warnings = ["top_k is not supported", ""],
        };
        var value = AnswerFormat.Write(key, answer, stream);
        var read = AnswerFormat.Read(value, key, stream)!;

        (read.Target, read.At, read.Lifetime, read.CostNanoUsd, read.Duration).ShouldBe((answer.Target, answer.At, answer.Lifetime, answer.CostNanoUsd, answer.Duration));
        read.Warnings.ShouldBe(answer.Warnings);
        read.Bytes.ToArray().ShouldBe(answer.Bytes.ToArray());
        AnswerFormat.Read(value, key, !stream).ShouldBeNull();
        AnswerFormat.Read(value, new CacheKey(1, 2, 3, 5), stream).ShouldBeNull();
        for (var length = 0; length < value.Length; length++)
        {
            AnswerFormat.Read(value.AsMemory(0, length), key, stream).ShouldBeNull();
        }
    }
}
