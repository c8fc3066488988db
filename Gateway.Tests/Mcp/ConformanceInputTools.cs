using System.ComponentModel;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Gateway.Tests.Mcp;

/// <summary>The tools that ask the client for something before they answer.</summary>
[McpServerToolType]
internal sealed class ConformanceInputTools
{
    [McpServerTool(Name = "test_input_required_result_elicitation"), Description("Asks for a name.")]
    public static string Elicitation(RequestContext<CallToolRequestParams> request) =>
        $"Hello, {Inputs.AnswerTo(request.Params, "user_name", "name") ?? throw Inputs.Ask("user_name", "What is your name?", "name")}!";

    [McpServerTool(Name = "test_streaming_elicitation"), Description("Asks for a name.")]
    public static string StreamingElicitation(RequestContext<CallToolRequestParams> request) => Elicitation(request);

    [McpServerTool(Name = "test_input_required_result_sampling"), Description("Asks for an answer of a model.")]
    public static string Sampling(RequestContext<CallToolRequestParams> request) =>
        Answer(request, "Thank you.", ("capital_question", Inputs.Sampling("What is the capital of France?", 100)));

    [McpServerTool(Name = "test_input_required_result_list_roots"), Description("Asks for roots.")]
    public static string Roots(RequestContext<CallToolRequestParams> request) => Answer(request, "Thank you.", ("client_roots", Inputs.Roots));

    [McpServerTool(Name = "test_input_required_result_capabilities"), Description("Asks for what the client can give.")]
    public static string Capabilities(RequestContext<CallToolRequestParams> request)
    {
        var can = request.Server.ClientCapabilities;
        var asked = new List<(string, InputRequest)>();
        if (can?.Elicitation is not null)
        {
            asked.Add(("user_name", Inputs.Elicitation("What is your name?", "name")));
        }

        if (can?.Sampling is not null)
        {
            asked.Add(("greeting", Inputs.Sampling("Generate a greeting", 50)));
        }

        return Answer(request, "Thank you.", [.. asked]);
    }

    [McpServerTool(Name = "test_input_required_result_multiple_inputs"), Description("Asks for three things.")]
    public static string Several(RequestContext<CallToolRequestParams> request)
    {
        var asked = new Dictionary<string, InputRequest>
        {
            ["user_name"] = Inputs.Elicitation("What is your name?", "name"),
            ["greeting"] = Inputs.Sampling("Generate a greeting", 50),
            ["client_roots"] = Inputs.Roots,
        };
        return asked.Keys.All(key => Inputs.Has(request.Params, key)) ? $"Thank you: {Inputs.Check(request.Params.RequestState)}." : throw new InputRequiredException(asked, Inputs.Sign("several"));
    }

    [McpServerTool(Name = "test_input_required_result_request_state"), Description("Gives the client a state to bring back.")]
    public static string State(RequestContext<CallToolRequestParams> request)
    {
        if (!Inputs.Has(request.Params, "confirm"))
        {
            var ask = Inputs.Elicitation("Please confirm", "ok", new ElicitRequestParams.BooleanSchema());
            throw new InputRequiredException(new Dictionary<string, InputRequest> { ["confirm"] = ask }, Inputs.Sign("state"));
        }

        return $"{Inputs.Check(request.Params.RequestState)}-ok";
    }

    [McpServerTool(Name = "test_input_required_result_tampered_state"), Description("Gives the client a state that it must not change.")]
    public static string SignedState(RequestContext<CallToolRequestParams> request) => State(request);

    [McpServerTool(Name = "test_input_required_result_multi_round"), Description("Asks twice.")]
    public static string Rounds(RequestContext<CallToolRequestParams> request)
    {
        var name = Inputs.AnswerTo(request.Params, "step1", "name");
        if (name is not null)
        {
            throw Inputs.Ask("step2", "Step 2: What is your favorite color?", "color", Inputs.Sign(name));
        }

        var color = Inputs.AnswerTo(request.Params, "step2", "color") ?? throw Inputs.Ask("step1", "Step 1: What is your name?", "name", Inputs.Sign("begun"));
        return $"{Inputs.Check(request.Params.RequestState)} likes {color}.";
    }

    private static string Answer(RequestContext<CallToolRequestParams> request, string text, params (string Key, InputRequest Request)[] asked) =>
        asked.All(input => Inputs.Has(request.Params, input.Key)) ? text : throw new InputRequiredException(asked.ToDictionary(input => input.Key, input => input.Request), requestState: null);
}
