namespace Local.Model.Serving;

/// <summary>Which of OpenAI's two shapes an answer takes.</summary>
internal enum ReplyForm
{
    Chat,
    Text,
}
