import { Gateway, type Call } from '../../shared/api/gateway'
import { GatewayError } from '../../shared/api/gateway-error'

const unauthorized = 401
const forbidden = 403
const notFound = 404

/** Calls the admin API. A credential that is refused is told to whoever asks for another. */
export class Admin {
  readonly #gateway = new Gateway()

  constructor(private readonly refused: () => void) {}

  get isSignedIn(): boolean {
    return this.#gateway.credential !== undefined
  }

  /** Takes a credential into memory if the gateway lets it administer; else says why not. */
  async signIn(credential: string): Promise<void> {
    const attempt = new Gateway()
    attempt.credential = credential
    const reply = await attempt.send('/admin/keys?limit=1')
    // A bucket may answer with a page for whatever it does not have.
    if (reply.headers.get('content-type')?.startsWith('application/json') !== true) {
      throw new GatewayError(notFound, undefined, 'There is no admin API at this address: /admin does not lead to the gateway here.')
    }

    this.#gateway.credential = credential
  }

  signOut(): void {
    this.#gateway.credential = undefined
  }

  async send(path: string, call: Call = {}): Promise<Response> {
    try {
      return await this.#gateway.send(path, call)
    } catch (failure) {
      if (failure instanceof GatewayError && (failure.status === unauthorized || failure.status === forbidden)) {
        this.refused()
      }

      throw failure
    }
  }

  async get<T>(path: string, signal?: AbortSignal): Promise<T> {
    const response = await this.send(path, signal === undefined ? {} : { signal })
    return (await response.json()) as T
  }

  /** Sends JSON, and reads what comes back. */
  async change<T>(method: 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: unknown, headers: Record<string, string> = {}): Promise<T> {
    const response = await this.send(path, {
      method,
      headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    return (await response.json()) as T
  }
}
