using System.Reflection;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Clients;

/// <summary>
/// OpenAI's npm client, Anthropic's, LangChain and the Vercel AI SDK, told nothing but the gateway's address and a key. What each case does is
/// in <c>npm/cases</c>.
/// </summary>
[Trait("Requirement", "B1.4")]
public sealed class NpmClientTests(NpmRun node) : IClassFixture<NpmRun>
{
    [Theory]
    [Trait("Requirement", "B6.1")]
    [Trait("Requirement", "B6.3")]
    [InlineData("chat: a question gets a whole answer")]
    [InlineData("chat: messages of every role are taken")]
    [InlineData("chat: two choices come where two are asked for")]
    [InlineData("chat: the request id of the reply is at hand")]
    public void Chat(string name) => node.ShouldHavePassed(name);

    [Theory]
    [Trait("Requirement", "B6.4")]
    [InlineData("streaming: an answer comes in pieces that make it whole")]
    [InlineData("streaming: the usage comes last where asked for")]
    [InlineData("streaming: the stream helper gives deltas and the whole answer")]
    [InlineData("streaming: an AbortController ends the work upstream")]
    [InlineData("streaming: leaving the loop ends the work upstream")]
    [InlineData("streaming: an answer that breaks off is an error")]
    [InlineData("streaming: an answer that breaks off is an error to the stream helper")]
    public void Streaming(string name) => node.ShouldHavePassed(name);

    [Theory]
    [Trait("Requirement", "B6.3")]
    [InlineData("tools: one question calls a tool twice in parallel")]
    [InlineData("tools: parallel calls are left out where not wanted")]
    [InlineData("tools: a named tool is called")]
    [InlineData("tools: streamed calls are put together by the helper")]
    [InlineData("tools: results of tools come back in the answer")]
    [InlineData("tools: runTools calls the functions and ends with an answer")]
    [InlineData("tools: runTools streams too")]
    public void Tools(string name) => node.ShouldHavePassed(name);

    [Theory]
    [InlineData("structured: an answer has the form of its schema")]
    [InlineData("structured: parse reads the answer")]
    [InlineData("structured: a streamed answer has the form of its schema")]
    [InlineData("structured: a json object comes where only that is asked for")]
    public void Structured_output(string name) => node.ShouldHavePassed(name);

    [Theory]
    [InlineData("embeddings: vectors are the same by base64 and as floats")]
    [InlineData("embeddings: base64 comes as text where asked for")]
    [InlineData("embeddings: a vector is as short as asked for")]
    public void Embeddings(string name) => node.ShouldHavePassed(name);

    [Theory]
    [Trait("Requirement", "V5.1")]
    [InlineData("completions: a text is completed")]
    [InlineData("completions: a list of texts is completed in its order")]
    [InlineData("completions: a streamed completion is the whole one in pieces")]
    public void Completions(string name) => node.ShouldHavePassed(name);

    [Theory]
    [Trait("Requirement", "B6.2")]
    [InlineData("models: the list names the models that have a provider")]
    [InlineData("models: the list names only what the key may use")]
    [InlineData("models: one model is found by its name")]
    public void Models(string name) => node.ShouldHavePassed(name);

    [Theory]
    [Trait("Requirement", "B6.5")]
    [Trait("Requirement", "B7.4")]
    [Trait("Requirement", "V7.3")]
    [Trait("Requirement", "B8.4")]
    [Trait("Requirement", "B7.2")]
    [Trait("Requirement", "V5.6")]
    [Trait("Requirement", "G6.2")]
    [InlineData("errors: a request at fault is a BadRequestError")]
    [InlineData("errors: a streamed request at fault is a BadRequestError")]
    [InlineData("errors: a missing field is a BadRequestError")]
    [InlineData("errors: a wrong key is an AuthenticationError")]
    [InlineData("errors: a model that the key may not use is a PermissionDeniedError")]
    [InlineData("errors: an unknown model is a NotFoundError")]
    [InlineData("errors: an unknown endpoint is a NotFoundError")]
    public void Errors(string name) => node.ShouldHavePassed(name);

    [Theory]
    [Trait("Requirement", "G1.5")]
    [InlineData("messages: a question gets a message")]
    [InlineData("messages: blocks, system blocks and a picture are taken")]
    [InlineData("messages: the limit of tokens ends an answer")]
    [InlineData("messages: an answer comes in events that make it whole")]
    [InlineData("messages: the stream helper gives text and the whole message")]
    [InlineData("messages: one question calls a tool twice")]
    [InlineData("messages: one call at a time comes where that is asked for")]
    [InlineData("messages: a named tool is called")]
    [InlineData("messages: streamed calls are put together by the helper")]
    [InlineData("messages: results of tools come back in the answer")]
    [InlineData("messages: the tool runner calls the functions and ends with an answer")]
    [InlineData("messages: tokens are counted")]
    [InlineData("messages: an answer that breaks off is an error")]
    [InlineData("messages: a request at fault is a BadRequestError")]
    [InlineData("messages: a tool that Anthropic runs is refused by its type")]
    [InlineData("messages: a wrong key is an AuthenticationError")]
    [InlineData("messages: an unknown model is a NotFoundError")]
    public void Messages(string name) => node.ShouldHavePassed(name);

    [Theory]
    [InlineData("langchain: a question gets an answer and its usage")]
    [InlineData("langchain: an answer is streamed")]
    [InlineData("langchain: tools are called and their results answered")]
    [InlineData("langchain: streamed tool calls add up")]
    [InlineData("langchain: an answer has the form of its schema")]
    [InlineData("langchain: texts become vectors")]
    public void LangChain(string name) => node.ShouldHavePassed(name);

    [Theory]
    [InlineData("vercel: a question gets an answer and its usage")]
    [InlineData("vercel: an answer is streamed")]
    [InlineData("vercel: tools are called and their results answered")]
    [InlineData("vercel: streamed tool calls are put together")]
    [InlineData("vercel: an answer has the form of its schema")]
    [InlineData("vercel: texts become vectors")]
    public void Vercel_AI_SDK(string name) => node.ShouldHavePassed(name);

    [Theory]
    [Trait("Requirement", "G1.5")]
    [InlineData("responses: a question gets an answer and its usage")]
    [InlineData("responses: instructions and messages of every role are taken")]
    [InlineData("responses: an answer comes in events that make it whole")]
    [InlineData("responses: the stream helper gives deltas and the final response")]
    [InlineData("responses: an answer that breaks off is a failed response")]
    [InlineData("responses: functions are called and their results answered")]
    [InlineData("responses: results go on from the response that called")]
    [InlineData("responses: streamed calls are put together by the helper")]
    [InlineData("responses: parallel calls are left out where not wanted")]
    [InlineData("responses: a named function is called")]
    [InlineData("responses: an answer has the form of its schema")]
    [InlineData("responses: parse reads the answer")]
    [InlineData("responses: a stored response is fetched and deleted, and its input listed")]
    [InlineData("responses: a response in the background is polled")]
    [InlineData("responses: a tool that is not there is a BadRequestError")]
    public void Responses(string name) => node.ShouldHavePassed(name);

    [Theory]
    [Trait("Requirement", "G2.5")]
    [InlineData("catalogue: a model with tools finds products")]
    [InlineData("catalogue: a model with tools finds products, streamed")]
    [InlineData("catalogue: a model without tools is given products")]
    [InlineData("catalogue: a response tells of its calls")]
    [InlineData("catalogue: a response is streamed")]
    [InlineData("catalogue: a call is approved, and the conversation goes on")]
    [InlineData("catalogue: LangChain's agent asks the server itself")]
    public void Product_data(string name) => node.ShouldHavePassed(name);

    [Theory]
    [Trait("Requirement", "G5.5")]
    [InlineData("batches: a file is uploaded, waited for, shown, downloaded and deleted")]
    [InlineData("batches: files are listed page by page")]
    [InlineData("batches: a batch runs and its output is downloaded")]
    [InlineData("batches: a line at fault is in the error file")]
    [InlineData("batches: batches are listed, and one that has ended is not cancelled")]
    [InlineData("batches: an endpoint that has no batches is a BadRequestError")]
    public void Batches(string name) => node.ShouldHavePassed(name);

    [Fact]
    public void Every_case_that_node_runs_is_shown_here()
    {
        var shown = typeof(NpmClientTests).GetMethods()
            .SelectMany(method => method.GetCustomAttributes<InlineDataAttribute>()).Select(data => (string)data.Data[0]!);
        node.Cases.ShouldBe(shown, ignoreOrder: true);
    }
}
