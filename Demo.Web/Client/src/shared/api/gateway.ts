import { GatewayError } from './gateway-error'

export type Call = Omit<RequestInit, 'headers'> & { readonly headers?: Record<string, string> }

/** Calls the gateway at the page's own origin, with a bearer credential where there is one. Every failure is a GatewayError. */
export class Gateway {
  /** Kept in memory only. */
  credential: string | undefined

  async send(path: string, call: Call = {}): Promise<Response> {
    const headers = new Headers(call.headers)
    if (this.credential !== undefined) {
      headers.set('authorization', `Bearer ${this.credential}`)
    }

    let response: Response
    try {
      response = await fetch(path, { ...call, headers })
    } catch (failure) {
      if (call.signal?.aborted === true) {
        throw failure
      }

      throw new GatewayError(0, undefined, 'Nobody answered.')
    }

    if (!response.ok) {
      throw await GatewayError.of(response)
    }

    return response
  }

  async get<T>(path: string): Promise<T> {
    const response = await this.send(path)
    return (await response.json()) as T
  }

  post(path: string, body: unknown, call: Call = {}): Promise<Response> {
    return this.send(path, { ...call, method: 'POST', headers: { ...call.headers, 'content-type': 'application/json' }, body: JSON.stringify(body) })
  }
}
