using Local.Model.Behaviour;
using Local.Model.Configuration;
using Local.Model.Metrics;
using Local.Model.Requests;

namespace Local.Model.Serving;

/// <summary>
/// Takes a request through the server:
/// 1. what it will meet; 2. faults that strike before it is read; 3. the key; 4. the body; 5. the model; 6. the answer;
/// 7. whatever became of it, into the log and the metrics.
/// </summary>
internal sealed partial class InferenceServer(
    ModelCatalogue models,
    ApiKeyCheck keys,
    BehaviourControl behaviour,
    RequestLog log,
    ServerMetrics metrics,
    TimeProvider time,
    ILogger<InferenceServer> logger)
{
    public async Task ServeAsync<T>(HttpContext http, InferenceRoute<T> route)
        where T : class
    {
        // 1.
        var (script, headerError) = http.Request.Headers.TryGetValue(SimulateHeader.Name, out var header)
            ? SimulateHeader.Apply(header.ToString(), behaviour.WithoutFaults())
            : (behaviour.Next(), null);
        var exchange = new Exchange(http, IdOf(http, route.IdPrefix), script, new Pacer(script, time), time.GetUtcNow());
        log.Add(exchange);

        var finish = Finish.Faulted;
        try
        {
            // 2.
            if (headerError is null && await EarlyFaults.StrikeAsync(exchange, time))
            {
                return;
            }

            var refusal = headerError is not null
                ? Refusal.Invalid(SimulateHeader.Name, headerError)
                : await AnswerAsync(exchange, route);
            if (refusal is not null)
            {
                await ErrorReply.WriteAsync(http, refusal);
            }

            finish = refusal is not null ? Finish.Refused : exchange.IsFaulted ? Finish.Faulted : Finish.Completed;
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            finish = Finish.Cancelled;
            CallerLeft(exchange.Id, exchange.CompletionTokens);
        }
        finally
        {
            // 7.
            exchange.End(finish);
            metrics.Ended(exchange);
        }
    }

    private async ValueTask<Refusal?> AnswerAsync<T>(Exchange exchange, InferenceRoute<T> route)
        where T : class
    {
        // 3.
        if (!keys.Admits(exchange.Http))
        {
            return Refusal.WrongKey();
        }

        // 4.
        var (request, refusal) = await RequestBody.ReadAsync(exchange.Http, route.Read);
        if (request is null)
        {
            return refusal;
        }

        // 5.
        exchange.Model = route.ModelOf(request);
        if (!models.TryGet(exchange.Model, out var model))
        {
            return Refusal.NoSuchModel(exchange.Model);
        }

        if (model.Kind != route.Kind)
        {
            return Refusal.Invalid("model", $"The model `{model.Id}` does not support {exchange.Http.Request.Path}.");
        }

        // 6.
        metrics.Began(exchange);
        return await route.Answer(exchange, request, model);
    }

    private static string IdOf(HttpContext http, string prefix)
    {
        var asked = http.Request.Headers["x-request-id"].ToString();
        return prefix + (asked.Length is > 0 and <= 200 ? asked : Guid.NewGuid().ToString("N"));
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "The caller of {Id} left after {CompletionTokens} tokens")]
    private partial void CallerLeft(string id, int completionTokens);
}
