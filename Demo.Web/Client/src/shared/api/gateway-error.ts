/** Why a call has no answer. A status of 0: nobody answered at all. */
export class GatewayError extends Error {
  override readonly name = 'GatewayError'

  constructor(
    readonly status: number,
    readonly code: string | undefined,
    message: string,
    readonly retryAfterSeconds?: number,
    /** What stood in the reply beside the error. */
    readonly body?: unknown,
  ) {
    super(message)
  }

  /** Nobody answered, or somebody said that the gateway does not. */
  get isAway(): boolean {
    return this.status === 0 || this.code === 'gateway_unreachable' || this.code === 'demo_key_renewed'
  }

  static async of(response: Response): Promise<GatewayError> {
    const retryAfter = Number(response.headers.get('retry-after') ?? Number.NaN)
    const body = await jsonOf(response)
    const error = errorIn(body)
    return new GatewayError(response.status, error.code, error.message ?? response.statusText, Number.isFinite(retryAfter) ? retryAfter : undefined, body)
  }

  /** {"error":{"message","type","param","code"}}, in a reply or in a stream. */
  static inStream(event: unknown): GatewayError | undefined {
    const isError = typeof event === 'object' && event !== null && 'error' in event
    const error = errorIn(event)
    return isError ? new GatewayError(200, error.code, error.message ?? 'The answer broke off.') : undefined
  }
}

async function jsonOf(response: Response): Promise<unknown> {
  try {
    return await response.json()
  } catch {
    return undefined
  }
}

function errorIn(body: unknown): { message?: string; code?: string } {
  const error = (body as { error?: { message?: unknown; code?: unknown } } | undefined)?.error
  return {
    ...(typeof error?.message === 'string' && error.message !== '' ? { message: error.message } : {}),
    ...(typeof error?.code === 'string' ? { code: error.code } : {}),
  }
}
