namespace Demo.Web.Pages;

internal static class PlainPageExtensions
{
    public static void MapPlainPage(this WebApplication app)
    {
        var page = app.Services.GetRequiredService<PlainPage>();
        var styles = Resources.Read("plain.css");
        app.MapGet("/", page.ShowAsync);
        app.MapPost("/", page.AnswerAsync);
        app.MapGet("/plain.css", () => TypedResults.Text(styles, "text/css"));
    }
}
