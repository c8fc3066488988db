namespace Local.Model.Serving;

internal static class Connection
{
    // Kestrel drops what it has not handed to the socket yet; this lets the flushed tokens leave first.
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(25);

    public static async Task ResetAsync(HttpContext http, TimeProvider time)
    {
        if (http.Response.HasStarted)
        {
            await Task.Delay(Grace, time, CancellationToken.None);
        }

        http.Abort();
    }
}
