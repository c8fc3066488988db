using Local.Model.Behaviour;
using Local.Model.Configuration;

namespace Local.Model.Metrics;

/// <summary>Counts under vLLM's names: https://docs.vllm.ai/en/latest/usage/metrics.html</summary>
internal sealed class ServerMetrics(ModelCatalogue models)
{
    private readonly Dictionary<string, ModelMetrics> _models = models.All.ToDictionary(model => model.Id, _ => new ModelMetrics());

    public void Began(Exchange exchange)
    {
        _models[exchange.Model!].Began();
        exchange.IsCounted = true;
    }

    public void Ended(Exchange exchange)
    {
        if (!exchange.IsCounted)
        {
            return;
        }

        var model = _models[exchange.Model!];
        model.Ended(exchange.PromptTokens, exchange.CompletionTokens);
        if (exchange.Finish is Finish.Refused)
        {
            return;
        }

        if (exchange.Finish is Finish.Completed)
        {
            foreach (var reason in exchange.FinishReasons)
            {
                model.CountFinished(reason);
            }
        }
        else
        {
            model.CountFinished("abort");
        }

        var elapsed = exchange.Elapsed!.Value.TotalSeconds;
        model.Request.Observe(elapsed);
        if (exchange.FirstTokenAfter is { } first)
        {
            model.FirstToken.Observe(first.TotalSeconds);
            if (exchange.CompletionTokens > 1)
            {
                model.PerToken.Observe((elapsed - first.TotalSeconds) / (exchange.CompletionTokens - 1));
            }
        }
    }

    public string Write()
    {
        var text = new PrometheusText();
        Each(text, "vllm:num_requests_running", "gauge", "Number of requests in model execution batches.", model => model.Running);
        Each(text, "vllm:num_requests_waiting", "gauge", "Number of requests waiting to be processed.", _ => 0);
        Each(text, "vllm:kv_cache_usage_perc", "gauge", "KV-cache usage. 1 means 100 percent usage.", _ => 0);
        Each(text, "vllm:prompt_tokens_total", "counter", "Number of prefill tokens processed.", model => model.PromptTokens);
        Each(text, "vllm:generation_tokens_total", "counter", "Number of generation tokens processed.", model => model.GenerationTokens);

        text.Family("vllm:request_success_total", "counter", "Count of successfully processed requests.");
        foreach (var (id, model) in _models)
        {
            for (var reason = 0; reason < ModelMetrics.FinishedReasons.Count; reason++)
            {
                text.Sample("vllm:request_success_total", $"{Labels(id)},finished_reason=\"{ModelMetrics.FinishedReasons[reason]}\"", model.Finished(reason));
            }
        }

        Each(text, "vllm:time_to_first_token_seconds", "Histogram of time to first token in seconds.", model => model.FirstToken);
        Each(text, "vllm:time_per_output_token_seconds", "Histogram of time per output token in seconds.", model => model.PerToken);
        Each(text, "vllm:e2e_request_latency_seconds", "Histogram of end to end request latency in seconds.", model => model.Request);
        return text.ToString();
    }

    private void Each(PrometheusText text, string name, string type, string help, Func<ModelMetrics, double> value)
    {
        text.Family(name, type, help);
        foreach (var (id, model) in _models)
        {
            text.Sample(name, Labels(id), value(model));
        }
    }

    private void Each(PrometheusText text, string name, string help, Func<ModelMetrics, Histogram> histogram)
    {
        text.Family(name, "histogram", help);
        foreach (var (id, model) in _models)
        {
            histogram(model).Write(text, name, Labels(id));
        }
    }

    private static string Labels(string model) =>
        $"model_name=\"{model.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\",engine=\"0\"";
}
