namespace Local.Model.Requests;

internal static class EmbeddingRequestReader
{
    public static EmbeddingRequest Read(Fields fields)
    {
        var model = fields.RequiredText("model");
        var input = PromptReader.Read(fields, "input");
        for (var index = 0; index < input.Count; index++)
        {
            if (input[index].Text.Length == 0)
            {
                fields.Problem(input.Count == 1 ? "input" : $"input[{index}]", "Invalid 'input': input cannot be an empty string.");
            }
        }

        var encoding = fields.Text("encoding_format") ?? "float";
        if (encoding is not ("float" or "base64"))
        {
            fields.Problem("encoding_format", $"Invalid value: '{encoding}'. Supported values are: 'float' and 'base64'.");
        }

        fields.Text("user");
        return new EmbeddingRequest(model, input, (int?)fields.Integer("dimensions", 1, int.MaxValue), encoding == "base64");
    }
}
