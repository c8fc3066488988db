namespace Gateway.Api.Files;

/// <summary>What a folder holds, read at the first look. A disk that is not there then is the store's fault, and may be there at the next.</summary>
internal sealed class FirstLook<T>(Func<T> read)
    where T : class
{
    private readonly Lock _reading = new();
    private T? _value;

    /// <summary>Null where nobody has looked yet.</summary>
    public T? IfRead => Volatile.Read(ref _value);

    /// <exception cref="StoreUnavailableException">The folder cannot be read.</exception>
    public T Value
    {
        get
        {
            lock (_reading)
            {
                try
                {
                    return _value ??= read();
                }
                catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
                {
                    throw new StoreUnavailableException(failure);
                }
            }
        }
    }
}
