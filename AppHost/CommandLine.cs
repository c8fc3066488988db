namespace AppHost;

/// <summary>What the command line asks for beyond starting the system.</summary>
internal static class CommandLine
{
    private const string Usage = """
        AI Model Gateway: starts the whole system on this machine and stops it with Ctrl+C.

          dotnet run --project AppHost [-- [--local-model simulator|vllm] [SETTINGS]]

          --local-model vllm               answers phi-3-mini with vLLM in a container, where a container engine answers (simulator)

        and, with --environment dev|test|prod, brings it to AWS (each has a --help of its own):

          dotnet run --project AppHost -- publish|deploy|verify|load|estimate|diff|prepare-model|rotate-secret|destroy

        Settings, each also as an environment variable with __ for the colons (Ports__gateway=9080):
          --Ports:gateway PORT             the gateway's port (8080)
          --Ports:model PORT               the model server's port (8000)
          --Ports:products PORT            the product server's port (8081)
          --Ports:web PORT                 the demo page's port (8082)
          --Ports:cost PORT                the cost worker's port (8083)
          --Ports:redis PORT               Redis' port (16379)
          --Ports:dashboard PORT           the port of Aspire's dashboard (18888)
          --Dashboard:Enabled false        no dashboard
          --Parameters:admin-key KEY       the admin key (made once and kept)
          --Parameters:openai-api-key KEY  use OpenAI's models too (or set OPENAI_API_KEY)
          --Parameters:bedrock-api-key KEY  use AWS Bedrock's models too (or set AWS_BEARER_TOKEN_BEDROCK, or have AWS credentials)
          --Parameters:hugging-face-token TOKEN  download vLLM's weights with it (none is needed)
          --Data:Directory DIR             where state is kept (the user's local application data)
          --help                           this text
        """;

    /// <summary>Returns the exit code where there is nothing to start, else null.</summary>
    public static int? AnswersAtOnce(string[] args)
    {
        if (args.Contains("--help") || args.Contains("-h"))
        {
            Console.WriteLine(Usage);
            return 0;
        }

        // A setting has a colon in its name, or is the local model's; its value may be the argument after it.
        for (var i = 0; i < args.Length; i++)
        {
            var isSetting = args[i].StartsWith("--", StringComparison.Ordinal)
                && (args[i].Contains(':') || args[i].Split('=')[0] == $"--{LocalModel.Setting}");
            if (!isSetting)
            {
                Console.Error.WriteLine($"'{args[i]}' is not known.\n\n{Usage}");
                return 2;
            }

            if (!args[i].Contains('=') && ++i == args.Length)
            {
                Console.Error.WriteLine($"'{args[^1]}' has no value.\n\n{Usage}");
                return 2;
            }
        }

        return null;
    }
}
