namespace Gateway.Api.Responses.Replies;

internal enum OutputKind
{
    Message,
    Reasoning,
    FunctionCall,
    McpListTools,
    McpCall,
    McpApprovalRequest,
}
