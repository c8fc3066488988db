using System.Security.Cryptography;
using System.Text;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Gateway.Tests.Mcp;

/// <summary>What a server asks a client for in place of a result, and what comes back with the next try.</summary>
internal static class Inputs
{
    private static readonly byte[] Secret = RandomNumberGenerator.GetBytes(32);

    public static InputRequest Roots => InputRequest.ForRootsList(new ListRootsRequestParams());

    public static InputRequiredException Ask(string key, string message, string property, string? state = null) =>
        new(new Dictionary<string, InputRequest> { [key] = Elicitation(message, property) }, state);

    public static InputRequest Elicitation(string message, string property, ElicitRequestParams.PrimitiveSchemaDefinition? schema = null) => InputRequest.ForElicitation(new ElicitRequestParams
    {
        Message = message,
        RequestedSchema = new ElicitRequestParams.RequestSchema
        {
            Properties = new Dictionary<string, ElicitRequestParams.PrimitiveSchemaDefinition> { [property] = schema ?? new ElicitRequestParams.StringSchema() },
            Required = [property],
        },
    });

    public static InputRequest Sampling(string question, int maxTokens) => InputRequest.ForSampling(new CreateMessageRequestParams
    {
        Messages = [new SamplingMessage { Role = Role.User, Content = [new TextContentBlock { Text = question }] }],
        MaxTokens = maxTokens,
    });

    public static bool Has(RequestParams request, string key) => request.InputResponses?.ContainsKey(key) == true;

    /// <summary>Null where it was not given, or not in the form that was asked for.</summary>
    public static string? AnswerTo(RequestParams request, string key, string property)
    {
        if (request.InputResponses?.TryGetValue(key, out var response) != true || response!.RawValue.ValueKind != System.Text.Json.JsonValueKind.Object)
        {
            return null;
        }

        var result = response.Deserialize(InputResponse.ElicitResultJsonTypeInfo);
        return result is { IsAccepted: true, Content: { } content } && content.TryGetValue(property, out var value) ? value.ToString() : null;
    }

    public static string Sign(string state) => $"{state}.{Convert.ToHexString(HMACSHA256.HashData(Secret, Encoding.UTF8.GetBytes(state)))}";

    /// <summary>The state that was signed.</summary>
    public static string Check(string? signed)
    {
        var state = signed?.Split('.')[0] ?? "";
        return signed == Sign(state) ? state : throw new McpProtocolException("The requestState was changed.", McpErrorCode.InvalidParams);
    }
}
