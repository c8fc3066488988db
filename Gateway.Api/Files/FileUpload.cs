using System.Text;
using Gateway.Api.Access;
using Gateway.Api.Configuration;
using Gateway.Api.Pipeline;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Gateway.Api.Files;

/// <summary>
/// Reads <c>multipart/form-data</c> and writes the file of it to the store as it comes. The fields may come after the file, so that it is shown, or
/// deleted again, at the end.
/// </summary>
internal sealed class FileUpload(IFileStore store, LiveConfiguration configuration, TimeProvider time)
{
    /// <summary>What of the body is not the file: the other fields, and what stands between them.</summary>
    private const int FormBytes = 64 * 1024;

    private const int LongestField = 1024;
    private const int LongestBoundary = 200;
    private const int LongestName = 512;

    public async Task<(StoredFile? File, Refusal? Refusal)> ReadAsync(HttpContext http)
    {
        var most = configuration.Current.Files.MaxBytes;
        if (BoundaryOf(http.Request.ContentType) is not { } boundary)
        {
            return (null, FileRefusals.NotAForm(http.Request.ContentType));
        }

        if (http.Request.ContentLength > most + FormBytes)
        {
            return (null, FileRefusals.TooLarge(most));
        }

        http.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = most + FormBytes;
        var file = New(Caller.KeyOf(http).Tenant);
        var isKept = false;
        try
        {
            (file, var refusal) = await ReadAsync(new MultipartReader(boundary, http.Request.Body), file, most, http.RequestAborted);
            isKept = refusal is null;
            return isKept ? (file, null) : (null, refusal);
        }
        catch (BadHttpRequestException large) when (large.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return (null, FileRefusals.TooLarge(most));
        }
        catch (Exception broken) when (broken is InvalidDataException or IOException && !http.RequestAborted.IsCancellationRequested)
        {
            return (null, FileRefusals.Incomplete);
        }
        finally
        {
            if (!isKept)
            {
                await store.DeleteAsync(file.Tenant, file.Id, CancellationToken.None);
            }
        }
    }

    private async Task<(StoredFile File, Refusal? Refusal)> ReadAsync(MultipartReader reader, StoredFile file, long most, CancellationToken cancellationToken)
    {
        var form = new FileForm();
        var hasFile = false;
        while (await reader.ReadNextSectionAsync(cancellationToken) is { } section)
        {
            if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition))
            {
                return (file, FileRefusals.Incomplete);
            }

            var name = HeaderUtilities.RemoveQuotes(disposition.Name).ToString();
            if (name != "file")
            {
                if (form.TryAdd(name, await ReadTextAsync(section.Body, cancellationToken)) is { } fault)
                {
                    return (file, fault);
                }

                continue;
            }

            if (hasFile)
            {
                return (file, Refusal.DuplicateParameter(name));
            }

            hasFile = true;
            if (await store.WriteAsync(file.Tenant, file.Id, section.Body, most, cancellationToken) is not { } bytes)
            {
                return (file, FileRefusals.TooLarge(most));
            }

            file = file with { Name = NameOf(disposition), Bytes = bytes };
        }

        return form.FindFault() is { } wrong ? (file, wrong) : hasFile ? await AddAsync(file, form, cancellationToken) : (file, FileRefusals.NoFile);
    }

    private async Task<(StoredFile File, Refusal? Refusal)> AddAsync(StoredFile file, FileForm form, CancellationToken cancellationToken)
    {
        var options = configuration.Current.Files;
        var kept = await store.ListAsync(file.Tenant, cancellationToken);
        if (kept.Sum(other => other.Bytes) + file.Bytes > options.MaxTenantBytes)
        {
            return (file, FileRefusals.NoRoom(options.MaxTenantBytes));
        }

        var lifetime = form.ExpiresAfter ?? (form.Purpose == FilePurpose.Batch ? options.Lifetime : null);
        file = file with { Purpose = form.Purpose!, ExpiresAt = file.CreatedAt + lifetime };
        await store.AddAsync(file, cancellationToken);
        return (file, null);
    }

    private StoredFile New(string tenant)
    {
        var now = time.GetUtcNow();
        return new StoredFile { Id = StoredFile.NewId(now), Tenant = tenant, Name = "", Purpose = "", Bytes = 0, CreatedAt = now };
    }

    private static string? BoundaryOf(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type) && type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
        && HeaderUtilities.RemoveQuotes(type.Boundary) is { Length: > 0 and <= LongestBoundary } boundary
            ? boundary.ToString()
            : null;

    private static string NameOf(ContentDispositionHeaderValue disposition)
    {
        var name = HeaderUtilities.RemoveQuotes(disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName).ToString();
        return name.Length == 0 ? "file" : name.Length > LongestName ? name[..LongestName] : name;
    }

    private static async Task<string> ReadTextAsync(Stream body, CancellationToken cancellationToken)
    {
        var text = new byte[LongestField + 1];
        var length = await body.ReadAtLeastAsync(text, text.Length, throwOnEndOfStream: false, cancellationToken);
        return Encoding.UTF8.GetString(text.AsSpan(0, length));
    }
}
