using System.ComponentModel;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Gateway.Tests.Mcp;

[McpServerPromptType]
internal sealed class ConformancePrompts
{
    [McpServerPrompt(Name = "test_simple_prompt"), Description("A prompt without arguments.")]
    public static PromptMessage Simple() => Say("This is a simple prompt for testing.");

    [McpServerPrompt(Name = "test_prompt_with_arguments"), Description("A prompt with two arguments.")]
    public static PromptMessage WithArguments(string arg1, string arg2) => Say($"Prompt with arguments: arg1='{arg1}', arg2='{arg2}'");

    [McpServerPrompt(Name = "test_prompt_with_embedded_resource"), Description("A prompt with a resource.")]
    public static IEnumerable<PromptMessage> WithResource(string resourceUri) =>
        [Say(Samples.Embedded(resourceUri, "Embedded resource content for testing.")), Say("Please process the embedded resource above.")];

    [McpServerPrompt(Name = "test_prompt_with_image"), Description("A prompt with a picture.")]
    public static IEnumerable<PromptMessage> WithImage() => [Say(Samples.Image), Say("Please analyze the image above.")];

    [McpServerPrompt(Name = "test_input_required_result_prompt"), Description("A prompt that asks first.")]
    public static PromptMessage Asks(RequestContext<GetPromptRequestParams> request) =>
        Say($"Use this: {Inputs.AnswerTo(request.Params, "user_context", "context") ?? throw Inputs.Ask("user_context", "What context should the prompt use?", "context")}");

    private static PromptMessage Say(string text) => Say(new TextContentBlock { Text = text });

    private static PromptMessage Say(ContentBlock content) => new() { Role = Role.User, Content = content };
}
