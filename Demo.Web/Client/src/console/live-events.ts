import { GatewayError } from '../shared/api/gateway-error'
import { readEvents } from '../shared/api/server-sent-events'
import type { Admin } from './api/admin'

export type LiveState = 'live' | 'away' | 'off'

const pausesMs = [500, 1000, 2000, 5000]

/** One stream of the admin API, opened again where it ends, going on after the last event that came. */
export class LiveStream {
  #reading: AbortController | undefined
  #lastId: string | undefined
  #failures = 0
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(
    private readonly admin: Admin,
    private readonly path: string,
    private readonly told: (name: string, data: unknown) => void,
    private readonly state: (state: LiveState) => void = () => undefined,
  ) {}

  start(): void {
    this.stop()
    const reading = new AbortController()
    this.#reading = reading
    void this.#read(reading)
  }

  stop(): void {
    clearTimeout(this.#timer)
    this.#reading?.abort()
    this.state('off')
  }

  async #read(reading: AbortController): Promise<void> {
    try {
      const response = await this.admin.send(this.path, { signal: reading.signal, headers: this.#lastId === undefined ? {} : { 'last-event-id': this.#lastId } })
      if (response.body === null) {
        return
      }

      for await (const event of readEvents(response.body)) {
        this.#failures = 0
        this.state('live')
        this.#lastId = event.id ?? this.#lastId
        if (event.data !== undefined) {
          this.told(event.name ?? 'message', parsed(event.data))
        }
      }
    } catch (failure) {
      if (failure instanceof GatewayError && (failure.status === 401 || failure.status === 403 || failure.status === 404)) {
        this.state('off')
        return
      }
    }

    if (!reading.signal.aborted) {
      this.state('away')
      this.#timer = setTimeout(() => void this.#read(reading), pausesMs[Math.min(this.#failures++, pausesMs.length - 1)])
    }
  }
}

/** What the gateway says of itself as it happens: alerts, circuits, configuration, keys. */
export class LiveEvents {
  readonly #stream: LiveStream
  readonly #listeners = new Set<{ readonly names: readonly string[]; readonly told: () => void }>()
  #wasAway = false

  constructor(admin: Admin, state: (state: LiveState) => void) {
    this.#stream = new LiveStream(admin, '/admin/events', (name) => { this.#tell(name) }, (now) => {
      if (now === 'live' && this.#wasAway) {
        this.#tell('reset')
      }

      this.#wasAway = now === 'away'
      state(now)
    })
  }

  start(): void {
    this.#stream.start()
  }

  stop(): void {
    this.#stream.stop()
  }

  /** Calls when one of these happens, or when something may have been missed. Gives back what ends it. */
  on(names: readonly string[], told: () => void): () => void {
    const listener = { names, told }
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  #tell(name: string): void {
    for (const listener of this.#listeners) {
      if (name === 'reset' || name === 'missed' || listener.names.includes(name)) {
        listener.told()
      }
    }
  }
}

function parsed(data: string): unknown {
  try {
    return JSON.parse(data)
  } catch {
    return undefined
  }
}
