using System.Globalization;
using System.Text.RegularExpressions;
using Local.Model.Tokens;

namespace Local.Model.Answers;

/// <summary>Replies to what needs no knowledge.</summary>
internal static partial class SmallTalk
{
    private const int MostTopics = 5;

    // The seed and the choice's index pick the variant, so that choices differ and equal requests do not.
    private static readonly string[] Openings =
    [
        "You asked about {0}.",
        "This is about {0}.",
        "Your question concerns {0}.",
        "Let us look at {0}.",
        "So, {0}.",
        "Thank you for asking about {0}.",
        "Here is a word on {0}.",
        "On the matter of {0}:",
    ];

    private static readonly string[] Closings =
    [
        "A real model would explain it here; this simulated one only shows that your words arrived.",
        "No model is running, so this simulated answer can name the topic but not explain it.",
        "This answer is simulated: it is made from the words of your message and from nothing else.",
        "I am a simulated model, so please take this as a stand-in for a real explanation.",
    ];

    private static readonly string[] Greetings =
    [
        "Hello! I am a simulated model. What would you like to ask?",
        "Hi there! This is a simulated model; ask me anything.",
        "Good to hear from you. I am only a simulated model, but do go on.",
        "Welcome! A simulated model is listening.",
    ];

    private static readonly string[] Introductions =
    [
        "I am a simulated model: no weights are loaded, and I make up my answers from your words. The gateway, this stream, tools, JSON schemas and token counts are real.",
        "A stand-in for a language model. My answers are simulated; everything between you and me works as it would with a real one.",
    ];

    /// <summary>"Say …", "Repeat: …", "Reply with exactly …".</summary>
    public static string? Repeat(Conversation conversation, int index)
    {
        var match = RepeatRequest().Match(conversation.Question);
        return match.Success ? Numbered(match.Groups["text"].Value.Trim().Trim('"'), index, period: 1) : null;
    }

    public static string? Greet(Conversation conversation, int index) =>
        GreetingAlone().IsMatch(conversation.Question) ? Numbered(Pick(Greetings, conversation, index), index, Greetings.Length) : null;

    public static string? Introduce(Conversation conversation, int index) =>
        QuestionAboutItself().IsMatch(conversation.Question) ? Numbered(Pick(Introductions, conversation, index), index, Introductions.Length) : null;

    public static string Discuss(Conversation conversation, int index)
    {
        var topics = Words.Salient(conversation.Question).Take(MostTopics).ToArray();
        var topic = topics.Length == 0 ? "very little" : Sentence.Join(topics);
        var opening = string.Format(CultureInfo.InvariantCulture, Pick(Openings, conversation, index), topic);
        var images = conversation.Images switch
        {
            0 => "",
            1 => " I received 1 image, which a simulated model cannot look at.",
            _ => $" I received {conversation.Images} images, which a simulated model cannot look at.",
        };
        return Numbered($"{opening}{images} {Pick(Closings, conversation, index)}", index, Openings.Length);
    }

    /// <summary>Tells choices apart once the variants are used up.</summary>
    public static string Numbered(string reply, int index, int period) => index < period ? reply : $"{reply} (Choice {index + 1}.)";

    private static string Pick(string[] variants, Conversation conversation, int index) =>
        variants[(conversation.Hash + (ulong)index) % (ulong)variants.Length];

    [GeneratedRegex("""^\s*(please\s+)?(say|repeat|echo|(reply|respond|answer)\s+(only\s+)?with)(\s+(exactly|only|just|after me|this|the word|the words))*\s*[:,]?\s+(?<text>\S.*?)\s*$""", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex RepeatRequest();

    [GeneratedRegex("""\b(what|who) (exactly )?are you\b|\byour name\b|\b(introduce|about) yourself\b""", RegexOptions.IgnoreCase)]
    private static partial Regex QuestionAboutItself();

    [GeneratedRegex("""^\W*(hi|hello|hey|hallo|good (morning|afternoon|evening|day)|greetings|howdy)\b[\s\w,]{0,20}\W*$""", RegexOptions.IgnoreCase)]
    private static partial Regex GreetingAlone();
}
