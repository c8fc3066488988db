using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Demo.Web.Proxy;
using Demo.Web.Visitors;
using ServiceDefaults.Network;

namespace Demo.Web.Pages;

/// <summary>A form and an answer, without script: what is served where the pages were not built.</summary>
internal sealed class PlainPage(GatewayConnection gateway, DemoKey demoKey)
{
    private const int LongestPrompt = 16_000;
    private const string DefaultModel = "phi-3-mini";

    private static readonly CompositeFormat Template = CompositeFormat.Parse(Resources.Read("plain.html"));
    private static readonly HtmlEncoder Html = HtmlEncoder.Default;

    public async Task ShowAsync(HttpContext http) => await WriteAsync(http, await ModelsAsync(http), DefaultModel, prompt: "", answer: "");

    public async Task AnswerAsync(HttpContext http)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var (prompt, model) = (form["prompt"].ToString(), form["model"].ToString());
        var answer = prompt.Length is 0 or > LongestPrompt
            ? Section("Not sent", $"Type a question of 1 to {LongestPrompt} characters.")
            : await AskAsync(http, model, prompt);
        await WriteAsync(http, await ModelsAsync(http), model, prompt, answer);
    }

    private async Task<string> AskAsync(HttpContext http, string model, string prompt)
    {
        try
        {
            using var request = await RequestAsync(http, HttpMethod.Post, "v1/chat/completions");
            request.Content = JsonContent.Create(new { model, messages = new[] { new { role = "user", content = prompt } } });
            using var response = await SendAsync(request, http.RequestAborted);
            using var body = await JsonDocument.ParseAsync(await response.Content.ReadAsStreamAsync(http.RequestAborted), cancellationToken: http.RequestAborted);
            return response.IsSuccessStatusCode
                ? Section(AuthorOf(body.RootElement), body.RootElement.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString() ?? "")
                : Section("No answer", body.RootElement.GetProperty("error").GetProperty("message").GetString() ?? "");
        }
        catch (Exception failure) when (failure.IsOfNetwork() || failure is JsonException or KeyNotFoundException or TimeoutException)
        {
            return Section("No answer", "The gateway does not answer. Try again in a moment.");
        }
    }

    private async Task<IReadOnlyList<string>> ModelsAsync(HttpContext http)
    {
        try
        {
            using var request = await RequestAsync(http, HttpMethod.Get, "v1/models");
            using var response = await SendAsync(request, http.RequestAborted);
            using var body = await JsonDocument.ParseAsync(await response.Content.ReadAsStreamAsync(http.RequestAborted), cancellationToken: http.RequestAborted);
            return response.IsSuccessStatusCode ? [.. body.RootElement.GetProperty("data").EnumerateArray().Select(model => model.GetProperty("id").GetString()!)] : [DefaultModel];
        }
        catch (Exception failure) when (failure.IsOfNetwork() || failure is JsonException or KeyNotFoundException or TimeoutException)
        {
            return [DefaultModel];
        }
    }

    private async Task<HttpRequestMessage> RequestAsync(HttpContext http, HttpMethod method, string path)
    {
        var request = new HttpRequestMessage(method, new Uri(gateway.Address, path));
        request.Headers.TryAddWithoutValidation("X-Forwarded-For", http.Connection.RemoteIpAddress?.ToString());
        request.Headers.Authorization = await demoKey.GetAsync(http.RequestAborted) is { } key ? new AuthenticationHeaderValue("Bearer", key) : null;
        return request;
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await gateway.Http.SendAsync(request, cancellationToken);
        if (response.StatusCode == HttpStatusCode.Unauthorized && request.Headers.Authorization?.Parameter is { } key)
        {
            demoKey.Refuse(key);
        }

        return response;
    }

    private static string AuthorOf(JsonElement reply) =>
        $"{reply.GetProperty("model").GetString()}{(reply.TryGetProperty("system_fingerprint", out var print) && print.GetString() == "simulated" ? " (simulated: made up from the question, no model is loaded)" : "")}";

    private static string Section(string title, string text) => $"<section aria-live=\"polite\"><h2>{Html.Encode(title)}</h2><p>{Html.Encode(text)}</p></section>";

    private static Task WriteAsync(HttpContext http, IReadOnlyList<string> models, string chosen, string prompt, string answer)
    {
        http.Response.ContentType = "text/html; charset=utf-8";
        var options = string.Concat(models.Select(model => $"<option{(model == chosen ? " selected" : "")}>{Html.Encode(model)}</option>"));
        return http.Response.WriteAsync(string.Format(CultureInfo.InvariantCulture, Template, options, Html.Encode(prompt), answer), http.RequestAborted);
    }
}
