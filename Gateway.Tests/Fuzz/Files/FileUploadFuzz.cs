using System.Text;
using Gateway.Api.Configuration;
using Gateway.Api.Files;
using Gateway.Tests.Fuzz.Generation;
using Gateway.Tests.Fuzz.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;

namespace Gateway.Tests.Fuzz.Files;

/// <summary>Forms with a file in them: the same file or the same refusal wherever the bytes are split, and nothing left of one that is refused.</summary>
public sealed class FileUploadFuzz : ParserFuzz, IDisposable
{
    private const int MostBytes = 4096;

    private readonly LiveConfiguration _configuration = new(
        new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create<string, string?>("Gateway:Files:MaxBytes", $"{MostBytes}")]).Build(), NullLogger<LiveConfiguration>.Instance);

    protected override IReadOnlyList<string> Examples { get; } =
    [
        Form("Content-Disposition: form-data; name=\"purpose\"\r\n\r\nbatch", "Content-Disposition: form-data; name=\"file\"; filename=\"a.jsonl\"\r\nContent-Type: application/json\r\n\r\n{}\n{}\n"),
        Form("Content-Disposition: form-data; name=file; filename*=UTF-8''%c3%a9.txt\r\n\r\nabc", "Content-Disposition: form-data; name=purpose\r\n\r\nuser_data"),
        Form("Content-Disposition: form-data; name=\"purpose\"\r\n\r\nbatch", "Content-Disposition: form-data; name=\"expires_after[anchor]\"\r\n\r\ncreated_at", "Content-Disposition: form-data; name=\"expires_after[seconds]\"\r\n\r\n3600", "Content-Disposition: form-data; name=\"file\"\r\n\r\nx"),
        "multipart/form-data; boundary=b\n",
    ];

    protected override IReadOnlyList<string> Words { get; } =
        ["--b", "--b--", "\r\n", "\r\n\r\n", "--b\r\n", "\r\n--b--\r\n", "name=\"file\"", "name=\"purpose\"", "filename=\"", "filename*=", "Content-Disposition:", "form-data;", "Content-Length: 5\r\n", new string('x', MostBytes), "boundary=", "%ff"];

    protected override (long Fixed, long PerByte) Memory => (16 << 20, 4_000);

    protected override int Slowness => 4;

    protected override void Check(byte[] input, FuzzRandom random)
    {
        // The content type is the first line.
        var end = Math.Max(0, input.AsSpan().IndexOf((byte)'\n'));
        var (type, body) = (Encoding.ASCII.GetString(input[..end]), input[Math.Min(input.Length, end + 1)..]);
        var whole = Upload(type, new MemoryStream(body));
        Upload(type, new PiecewiseStream(body, random)).ShouldBe(whole);
    }

    public void Dispose() => _configuration.Dispose();

    private string Upload(string type, Stream body)
    {
        var store = new HeldFiles();
        var http = new DefaultHttpContext { User = MadeRequest.Caller };
        http.Features.Set<IHttpMaxRequestBodySizeFeature>(new BodySize());
        http.Request.ContentType = type;
        http.Request.Body = body;
        var (file, refusal) = new FileUpload(store, _configuration, TimeProvider.System).ReadAsync(http).GetAwaiter().GetResult();
        if (refusal is not null)
        {
            refusal.Status.ShouldBeInRange(400, 415);
            store.Kept.ShouldBeEmpty();
            return refusal.ToString();
        }

        var bytes = store.Kept[file!.Id];
        bytes.LongLength.ShouldBe(file.Bytes);
        return $"{file.Name} {file.Purpose} {Convert.ToBase64String(bytes)}";
    }

    private static string Form(params string[] parts) => $"multipart/form-data; boundary=\"b\"\n{string.Concat(parts.Select(part => $"--b\r\n{part}\r\n"))}--b--\r\n";

    private sealed class BodySize : IHttpMaxRequestBodySizeFeature
    {
        public bool IsReadOnly => false;

        public long? MaxRequestBodySize { get; set; }
    }
}
