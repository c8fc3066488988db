using System.Globalization;
using Gateway.Tests.Hosts;
using Microsoft.AspNetCore.Http;

namespace Gateway.Tests.Failures;

/// <summary>A request at an upstream of the table, and the ways to serve it badly.</summary>
/// <param name="Visit">1 at the first attempt of this request here.</param>
/// <param name="IsPrefilled">Whether it asks to go on with the part of an answer.</param>
internal sealed record UpstreamExchange(HttpContext Context, TableCall Call, int Visit, bool IsStream, bool IsPrefilled)
{
    public const int AllTokens = 60;
    public const int TokensBeforeTheEnd = 40;

    /// <summary>The last of those that a broken stream sends.</summary>
    public const string LastToken = "t39 ";

    /// <summary>What a whole streamed answer says.</summary>
    public static string WholeText { get; } = string.Concat(Enumerable.Range(0, AllTokens).Select(Token));

    public Task AnswerAsync() => IsStream ? StreamAsync(Tokens(AllTokens) + TwoTargets.Stop + TwoTargets.Done) : JsonAsync(TwoTargets.Reply);

    public Task JsonAsync(string body) => TwoTargets.SendAsync(Context, body, "application/json");

    public Task StreamAsync(string frames) => TwoTargets.SendAsync(Context, frames);

    public Task FailAsync(int status, string body = "{}") => TwoTargets.FailAsync(Context, status, body);

    public Task SayNothingAsync() => TwoTargets.SayNothingAsync(Context);

    public Task ResetAsync()
    {
        Context.Abort();
        return Task.CompletedTask;
    }

    /// <summary>40 of 60 tokens; in plain mode the caller has them when this ends.</summary>
    /// <param name="isHeld">Whether the gateway holds them back.</param>
    public async Task BeginStreamAsync(bool isHeld)
    {
        await StreamAsync(Tokens(TokensBeforeTheEnd));
        await (isHeld ? Task.CompletedTask : Call.SawLastToken.WaitAsync(Context.RequestAborted));
    }

    public static string Tokens(int count) => string.Concat(Enumerable.Range(0, count).Select(number =>
        $$"""data: {"id":"c1","object":"chat.completion.chunk","model":"phi","choices":[{"index":0,"delta":{"content":"{{Token(number)}}"},"finish_reason":null}]}""" + "\n\n"));

    private static string Token(int number) => string.Create(CultureInfo.InvariantCulture, $"t{number} ");
}
