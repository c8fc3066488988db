using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace Aws.Deployment.Tests.Hosts.Aws;

/// <summary>A reply of AWS in the form of one of its protocols.</summary>
internal sealed record AwsAnswer(int Status, string ContentType, byte[] Body)
{
    private const string Xml = "text/xml";
    private const string Json = "application/x-amz-json-1.1";

    /// <summary>Beside the content's type.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    public static AwsAnswer Empty(int status = 200) => new(status, Xml, []);

    public static AwsAnswer Of(JsonObject json) => new(200, Json, Bytes(json.ToJsonString()));

    public static AwsAnswer Of(XElement xml) => new(200, Xml, Bytes(xml.ToString(SaveOptions.DisableFormatting)));

    /// <summary><c>&lt;XResponse&gt;&lt;XResult&gt;…</c>, as the query protocol has it.</summary>
    public static AwsAnswer Result(string space, string action, params object?[] content)
    {
        var answer = new XElement($"{action}Response", new XElement($"{action}Result", content), new XElement("ResponseMetadata", new XElement("RequestId", "of-the-test")));
        foreach (var element in answer.DescendantsAndSelf())
        {
            element.Name = XName.Get(element.Name.LocalName, space);
        }

        return Of(answer);
    }

    public static AwsAnswer Fault(AwsCall call, int status, string code, string message) => call.Service switch
    {
        "cloudformation" or "sts" or "route53" => Of(new XElement("ErrorResponse", new XElement("Error", new XElement("Type", "Sender"), new XElement("Code", code), new XElement("Message", message)), new XElement("RequestId", "of-the-test"))) with { Status = status },
        "s3" => Of(new XElement("Error", new XElement("Code", code), new XElement("Message", message))) with { Status = status },
        _ => new AwsAnswer(status, Json, Bytes(new JsonObject { ["__type"] = code, ["message"] = message }.ToJsonString())),
    };

    private static byte[] Bytes(string text) => System.Text.Encoding.UTF8.GetBytes(text);
}
