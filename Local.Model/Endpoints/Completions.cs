using Local.Model.Answers;
using Local.Model.Behaviour;
using Local.Model.Configuration;
using Local.Model.Requests;
using Local.Model.Serving;
using Local.Model.Tokens;

namespace Local.Model.Endpoints;

internal static class Completions
{
    public static void MapCompletions(this WebApplication app)
    {
        var server = app.Services.GetRequiredService<InferenceServer>();
        var sender = app.Services.GetRequiredService<GenerationSender>();
        var route = new InferenceRoute<CompletionRequest>("cmpl-", ModelKind.Chat, CompletionRequestReader.Read, request => request.Model,
            (exchange, request, model) => AnswerAsync(exchange, request, model, sender));
        app.MapPost("/v1/completions", http => server.ServeAsync(http, route));
    }

    private static async ValueTask<Refusal?> AnswerAsync(Exchange exchange, CompletionRequest request, ServedModel model, GenerationSender sender)
    {
        var sampling = request.Sampling;
        var choices = new List<Choice>(request.Prompts.Count * sampling.Choices);
        var promptTokens = 0;
        foreach (var prompt in request.Prompts)
        {
            if (prompt.Tokens + sampling.MaxTokens!.Value > model.MaxModelLength)
            {
                return Refusal.TooLong(model.MaxModelLength, prompt.Tokens, sampling.MaxTokens, "prompt");
            }

            promptTokens += prompt.Tokens;
            var conversation = Conversation.Of(prompt.Text, sampling.Seed);
            for (var index = 0; index < sampling.Choices; index++)
            {
                var draft = Answers.Draft.Of($" {Drafter.Reply(conversation, index)}");
                var choice = Limits.Apply(draft, sampling, model.MaxModelLength - prompt.Tokens, choices.Count, conversation.Hash);
                choices.Add(request.Echo ? Echoed(choice, prompt) : choice);
            }
        }

        await sender.SendAsync(exchange, new Generation(ReplyForm.Text, model.Id, sampling, promptTokens, choices));
        return null;
    }

    private static Choice Echoed(Choice choice, Prompt prompt) =>
        choice with { Segments = [new Segment(SegmentKind.Echo, new TokenSequence(prompt.Text)), .. choice.Segments] };
}
