namespace Aspire.Hosting.ResourceService;

/// <summary>The codes of <see href="https://grpc.io/docs/guides/status-codes/"/> that this service ends calls with.</summary>
internal enum GrpcStatus
{
    Ok = 0,
    InvalidArgument = 3,
    Internal = 13,
    Unimplemented = 12,
    Unauthenticated = 16,
}
