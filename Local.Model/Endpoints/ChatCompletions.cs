using Local.Model.Answers;
using Local.Model.Behaviour;
using Local.Model.Configuration;
using Local.Model.Requests;
using Local.Model.Serving;

namespace Local.Model.Endpoints;

internal static class ChatCompletions
{
    public static void MapChatCompletions(this WebApplication app)
    {
        var server = app.Services.GetRequiredService<InferenceServer>();
        var sender = app.Services.GetRequiredService<GenerationSender>();
        var route = new InferenceRoute<ChatRequest>("chatcmpl-", ModelKind.Chat, ChatRequestReader.Read, request => request.Model,
            (exchange, request, model) => AnswerAsync(exchange, request, model, sender));
        app.MapPost("/v1/chat/completions", http => server.ServeAsync(http, route));
    }

    private static async ValueTask<Refusal?> AnswerAsync(Exchange exchange, ChatRequest request, ServedModel model, GenerationSender sender)
    {
        var promptTokens = ChatTemplate.Count(request);
        var sampling = request.Sampling;
        if (promptTokens + (sampling.MaxTokens ?? 1) > model.MaxModelLength)
        {
            return Refusal.TooLong(model.MaxModelLength, promptTokens, sampling.MaxTokens, "messages");
        }

        if (request.ContinuesFinalMessage && exchange.Script.Find(FaultKind.RefusePrefill) is not null)
        {
            return Refusal.Invalid("continue_final_message", "Simulated fault: this model does not go on with a partial answer.");
        }

        var conversation = Conversation.Of(request);
        var choices = new Choice[sampling.Choices];
        for (var index = 0; index < choices.Length; index++)
        {
            var draft = Drafter.Draft(request, conversation, index);
            choices[index] = Limits.Apply(draft, sampling, model.MaxModelLength - promptTokens, index, conversation.Hash);
        }

        await sender.SendAsync(exchange, new Generation(ReplyForm.Chat, model.Id, sampling, promptTokens, choices));
        return null;
    }
}
