// Serves the built pages and stands in for the gateway's admin API (docs/admin-api.md), where a test needs what no real one has at hand: ten thousand
// keys, a day of minutes, names that attack, somebody else's change at just this moment.
import { createServer } from 'node:http'
import { readFile } from 'node:fs/promises'
import { extname, join, normalize } from 'node:path'

const types = { '.css': 'text/css', '.html': 'text/html', '.js': 'text/javascript', '.svg': 'image/svg+xml', '.json': 'application/json' }
export const adminKey = 'the-admin-key'
const now = () => new Date().toISOString()
const minute = 60

export class AdminServer {
  isAway = false
  /** Whether there is no admin API here, and a page for whatever is asked. */
  isBucket = false
  credentials = new Map([[adminKey, 200], ['api-key', 403], ['expired', 401]])
  keys = []
  versions = []
  requests = []
  asked = []
  alerts = { data: [], recent: [], sinks: [] }
  budgets = []
  models = []
  flags = []
  experiments = []
  batches = []
  usage = []
  tenants = ['acme', 'globex']
  imported = { object: 'catalogue.import', products: 3, left_out: 0, rows: [], seconds: 0.1 }
  #streams = new Map([['events', new Set()], ['requests', new Set()]])

  static async start(pages) {
    const server = new AdminServer()
    server.http = createServer((request, response) => server.#serve(pages, request, response))
    await new Promise((listening) => server.http.listen(0, '127.0.0.1', listening))
    server.url = `http://127.0.0.1:${server.http.address().port}`
    return server
  }

  close() {
    this.http.closeAllConnections()
    this.http.close()
  }

  /** Sends to whoever listens: events, or requests. */
  tell(stream, event, data) {
    this.#streams.get(stream).forEach((response) => response.write(`id: ${Date.now()}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`))
  }

  get listeners() {
    return this.#streams.get('requests').size
  }

  /** Somebody puts a configuration, here or in the page. */
  put(overlay, author = 'administrator', rollbackTo = null) {
    const version = (this.versions.at(-1)?.version ?? 0) + 1
    this.versions.push({ object: 'config_version', id: String(version), version, author, changed_at: now(), rollback_to: rollbackTo, overlay })
    this.tell('events', 'config', { version, refused: false })
  }

  async #serve(pages, request, response) {
    const url = new URL(request.url, 'http://localhost')
    if (url.pathname === '/schema/gateway.json') {
      return send(response, 200, this.schema ?? {})
    }

    if (!url.pathname.startsWith('/admin')) {
      return await serveFile(pages, url.pathname, response)
    }

    if (this.isBucket) {
      return await serveFile(pages, '/', response)
    }

    if (this.isAway) {
      return request.socket.destroy()
    }

    const body = (await readAll(request)) || 'null'
    const status = this.credentials.get(request.headers.authorization?.slice('Bearer '.length)) ?? 401
    this.asked.push({ method: request.method, path: `${url.pathname}${url.search}`, body, headers: request.headers })
    if (status !== 200) {
      return send(response, status, error(status === 401 ? 'Incorrect API key provided.' : 'This takes the admin key; an API key does not do.', status === 401 ? 'invalid_api_key' : 'insufficient_permissions'))
    }

    const [, , root, ...rest] = url.pathname.split('/').map(decodeURIComponent)
    const route = this.routes[root]
    return route === undefined ? send(response, 404, error('Unknown.', 'unknown_url')) : route.call(this, { request, response, url, rest, method: request.method, body })
  }

  routes = {
    keys: this.#keys,
    traffic: ({ response, url }) => send(response, 200, traffic(url, this.tenants)),
    usage: ({ response, url }) => send(response, 200, usage(url, this.usage)),
    forecast: ({ response }) => send(response, 200, { object: 'forecast', total: { enough_history: true, history_days: 60, month: { spent_usd: '812.40', expected_usd: '1190.00', low_90_usd: '1010.00', high_90_usd: '1385.00' } } }),
    budgets: ({ response, url }) => send(response, 200, list(this.budgets.filter((one) => (url.searchParams.get('scope') ?? one.scope) === one.scope))),
    alerts: ({ response }) => send(response, 200, { object: 'list', ...this.alerts }),
    objectives: ({ response }) => send(response, 200, { object: 'list', restored: true, data: [{ name: 'chat', alias: null, indicator: 'availability', milliseconds: null, target_percent: 99.9, window_days: 30, requests: 120000, bad_requests: 40, attained_percent: 99.967, budget_left: 0.67, burn_rates: { '1h': 0.4, '6h': 0.3 } }] }),
    audit: ({ response }) => send(response, 200, list([{ id: 'a1', at: now(), actor: 'admin_key', remote_ip: '127.0.0.1', request_id: 'req_1', action: 'key.create', target: 'key_1', changes: { name: {} } }])),
    models: ({ response }) => send(response, 200, list(this.models)),
    flags: ({ response, method, rest, body }) => this.#switch(response, method, rest[0], JSON.parse(body)),
    experiments: ({ response }) => send(response, 200, list(this.experiments)),
    batches: ({ response, rest }) => (rest[1] === 'cancel' ? send(response, 200, Object.assign(this.batches.find((one) => one.id === rest[0]), { status: 'cancelled' })) : send(response, 200, list(this.batches))),
    products: ({ response }) => send(response, 200, this.imported),
    config: this.#config,
    events: ({ response }) => this.#stream('events', response),
    requests: ({ response, url, rest }) => (rest[0] === 'stream' ? this.#stream('requests', response) : send(response, 200, list(filtered(this.requests, url), url))),
  }

  #keys({ response, url, rest: [id, action], method, body }) {
    if (id === undefined && method === 'POST') {
      const made = key(this.keys.length, JSON.parse(body))
      this.keys.push(made)
      return send(response, 201, { ...made, key: `sk-gw-secret-of-${made.id}` })
    }

    if (id === undefined) {
      const [query, status] = ['query', 'status'].map((name) => url.searchParams.get(name)?.toLowerCase() ?? '')
      const found = this.keys.filter((one) => (status === '' || one.status === status) && (url.searchParams.get('tenant') ?? one.tenant) === one.tenant && [one.name, one.tenant, one.user ?? ''].some((text) => text.toLowerCase().includes(query))).toReversed()
      return send(response, 200, { ...list(found, url), total: found.length })
    }

    const found = this.keys.find((one) => one.id === id)
    if (found === undefined) {
      return send(response, 404, error(`There is no API key with the id '${id}'.`, 'key_not_found'))
    }

    if (method === 'PATCH') {
      const patch = JSON.parse(body)
      Object.assign(found, patch, { status: patch.disabled === true ? 'disabled' : 'active' })
    } else if (method === 'DELETE') {
      Object.assign(found, { status: 'revoked', revoked_at: now() })
    }

    return send(response, 200, action === 'rotate' ? { ...found, key: `sk-gw-rotated-${id}` } : found)
  }

  #config({ response, request, url, rest, method, body }) {
    const current = this.versions.at(-1)
    const shown = () => {
      const version = this.versions.at(-1)
      return { version: version?.version ?? 0, author: version?.author ?? null, changed_at: version?.changed_at ?? null, gateway: { Limits: { Retries: 2 }, ...version?.overlay }, overlay: version?.overlay ?? null, faults: [] }
    }
    if (rest[0] === 'history') {
      return send(response, 200, list(this.versions.toReversed()))
    }

    if (method === 'GET') {
      return send(response, 200, shown())
    }

    const isRollBack = rest[0] === 'rollback'
    const wanted = isRollBack ? (JSON.parse(body)?.version ?? current.version - 1) : undefined
    let overlay
    try {
      overlay = isRollBack ? (this.versions.find((one) => one.version === wanted)?.overlay ?? {}) : JSON.parse(body)
    } catch {
      return send(response, 400, { ...error('The configuration is not valid.', 'invalid_configuration'), faults: [{ key: null, message: 'The body is no JSON.' }] })
    }

    if (overlay.Limits?.Retries > 10) {
      return send(response, 400, { ...error('The configuration is not valid.', 'invalid_configuration'), faults: [{ key: 'Gateway:Limits:Retries', message: `Gateway:Limits:Retries is ${overlay.Limits.Retries}; it must be 0 to 10.` }] })
    }

    if (url.searchParams.get('dry_run') === 'true') {
      return send(response, 200, { dry_run: true, version: current?.version ?? 0, added: [], removed: [], changed: Object.entries(overlay).map(([name, value]) => ({ key: `Gateway:${name}`, before: current?.overlay[name] ?? null, after: value })) })
    }

    const seen = request.headers['if-match']
    if (seen !== undefined && seen !== `"${current?.version ?? 0}"`) {
      return send(response, 409, { ...error('Somebody else has changed the configuration.', 'version_conflict'), version: current.version })
    }

    this.put(overlay, 'administrator', isRollBack ? wanted : null)
    return send(response, 200, shown())
  }

  #switch(response, method, name, body) {
    const flag = this.flags.find((one) => one.name === name)
    if (flag !== undefined && method !== 'GET') {
      Object.assign(flag, method === 'PUT' ? { ...body, source: 'admin', changed_at: now(), changed_by: 'admin_key' } : { enabled: flag.default, source: 'default' })
    }

    return send(response, 200, flag ?? list(this.flags))
  }

  #stream(name, response) {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.write('id: 1\nevent: ready\ndata: {"version":0}\n\n')
    this.#streams.get(name).add(response)
    response.on('close', () => this.#streams.get(name).delete(response))
  }
}

export function key(i, more = {}) {
  return { object: 'api_key', id: `key_${String(i).padStart(6, '0')}`, name: `key ${i}`, prefix: 'sk-gw-ab12', owner: null, tenant: 'acme', user: null, tier: null, models: [], tools: [], limits: null, budget: null, disabled: false, created_at: '2026-11-01T10:00:00Z', expires_at: null, rotated_at: null, revoked_at: null, previous_key_expires_at: null, status: 'active', ...more }
}

export function loggedRequest(i, more = {}) {
  return {
    object: 'request', id: `r-${i}`, time: new Date(Date.now() - i * 900).toISOString(), request_id: `req_${i}`, trace_id: '4bf92f3577b34da6a3ce929d0e0e4736', operation: 'chat', tenant: 'acme', user: 'ann', key: 'key_000001', alias: 'gpt-4o', target: 'openai/gpt-4o', variant: null,
    status: 'ok', http_status: 200, error: null, streamed: true, batch: false, attempts: 1, duration_ms: 700 + ((i * 37) % 900), first_token_ms: 190, tokens: { input: 812, cached_input: 0, cache_write: 0, output: 120 + (i % 50) }, cost_usd: '0.003230000', cache: 'none', ...more,
  }
}

export function model(alias, targets, more = {}) {
  return { object: 'model', alias, policy: 'Priority', available: true, safe_stream: false, max_output_tokens: 16384, minutes: 5, targets, ...more }
}

export function target(name, more = {}) {
  return { target: name, provider: name.split('/')[0], model: name, available: true, reason: null, remedy: null, circuit: 'closed', left_alone_for_seconds: null, in_flight: 1, weight: 1, first_token_seconds: 0.19, per_token_seconds: 0.011, attempts: 4822, failures: 12, share: 0.9, recent_attempts: 310, recent_failures: 0, recent_share: 0.9, last_failure: null, price: { version: 'x', input_usd: 2.5, output_usd: 10 }, ...more }
}

export const flag = (name, more = {}) => ({ object: 'flag', name, description: `Switches ${name}.`, enabled: true, percentage: null, tenants: [], users: [], from: null, until: null, default: true, source: 'default', changed_at: null, changed_by: null, ...more })

// A day as a day is: a wave with noise, and one incident.
function traffic(url, tenants) {
  const step = url.searchParams.get('step') === 'hour' ? 3600 : minute
  const [from, to] = ['from', 'to'].map((name) => Math.floor(Date.parse(url.searchParams.get(name)) / 1000 / step) * step)
  const times = Array.from({ length: Math.max(1, (to - from) / step) }, (_, i) => from + i * step)
  const by = url.searchParams.get('by')
  const names = by === null ? [null] : by === 'target' ? ['openai/gpt-4o', 'bedrock/claude'] : tenants
  const series = names.map((name, n) => {
    const wave = times.map((time) => Math.max(0, Math.round((30 + 20 * Math.sin(time / 9000) + 6 * Math.sin(time * 7.3)) / (n + 1))))
    const isSlow = (i) => n === names.length - 1 && i > times.length * 0.6 && i < times.length * 0.8
    const p50 = wave.map((count, i) => 700 + count * 3 + (isSlow(i) ? 2200 : 0))
    const sum = (values) => values.reduce((one, other) => one + other, 0)
    return {
      name,
      total: { requests: sum(wave), failed: Math.round(sum(wave) / 300), errors: { limited: 12, upstream: 4 }, p50_ms: 812.4, p95_ms: n === names.length - 1 ? 5200 : 1594.2, p99_ms: n === names.length - 1 ? 9300 : 2100, first_token_p50_ms: 190, first_token_p95_ms: 402, first_token_p99_ms: 730, input_tokens: sum(wave) * 800, output_tokens: sum(wave) * 120, cost_usd: sum(wave) * 0.0032 },
      requests: wave, failed: wave.map((_, i) => (isSlow(i) ? 2 : i % 97 === 0 ? 1 : 0)), errors: { limited: wave.map((_, i) => (i % 51 === 0 ? 2 : 0)), upstream: wave.map((_, i) => (isSlow(i) ? 2 : 0)) },
      p50_ms: p50, p95_ms: p50.map((ms) => ms * 1.9), p99_ms: p50.map((ms) => ms * 2.6), first_token_p50_ms: p50.map(() => 190), first_token_p95_ms: p50.map(() => 402), first_token_p99_ms: p50.map(() => 730),
      input_tokens: wave.map((count) => count * 800), output_tokens: wave.map((count) => count * 120), cost_usd: wave.map((count) => count * 0.0032),
    }
  })
  return { object: 'traffic', step: step === 3600 ? 'hour' : 'minute', by, from: new Date(from * 1000).toISOString(), to: new Date(to * 1000).toISOString(), restored: true, times, series }
}

function usage(url, rows) {
  const by = url.searchParams.get('by')
  const data = rows.map(([name, cost, requests]) => ({ [by]: name, ...sums(cost, requests) }))
  return { object: 'usage', from: '2026-11-01T00:00:00Z', to: '2026-12-01T00:00:00Z', by: [by], data, total: sums(rows.reduce((sum, row) => sum + row[1], 0), rows.reduce((sum, row) => sum + row[2], 0)), unreadable: [], remarks: [] }
}

const sums = (cost, requests) => ({ requests, input_tokens: requests * 800, cached_input_tokens: 0, cache_write_tokens: 0, output_tokens: requests * 120, cost_usd: cost.toFixed(9), unknown_cost_requests: 0, estimated_requests: 0, cache_saving_usd: '1.200000000', cache_hits: 3, avoided_calls: 3, avoided_cost_usd: '0.400000000' })

function filtered(requests, url) {
  const wanted = [...url.searchParams].filter(([name]) => ['tenant', 'user', 'key', 'alias', 'target', 'variant'].includes(name))
  const status = url.searchParams.get('status')?.split(',')
  const text = url.searchParams.get('text')?.toLowerCase() ?? ''
  const slowest = Number(url.searchParams.get('min_ms') ?? 0)
  return requests.filter((one) => wanted.every(([name, value]) => one[name] === value) && (status?.includes(one.status) ?? true) && one.duration_ms >= slowest && JSON.stringify(one).toLowerCase().includes(text))
}

function list(all, url) {
  const after = url?.searchParams.get('after')
  const limit = Number(url?.searchParams.get('limit') ?? 1000)
  const start = after === null || after === undefined ? 0 : 1 + all.findIndex((one) => one.id === after)
  const data = all.slice(start, start + limit)
  return { object: 'list', data, has_more: start + data.length < all.length, first_id: data[0]?.id ?? null, last_id: data.at(-1)?.id ?? null }
}

const error = (message, code) => ({ error: { message, type: 'invalid_request_error', param: null, code } })

function send(response, status, body) {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify(body))
}

async function serveFile(pages, path, response) {
  const wanted = normalize(path.endsWith('/') ? `${path}index.html` : path === '/console' ? '/console/index.html' : path)
  try {
    const file = await readFile(join(pages, wanted))
    response.writeHead(200, { 'content-type': types[extname(wanted)] ?? 'text/html' })
    response.end(file)
  } catch {
    response.writeHead(404)
    response.end()
  }
}

async function readAll(request) {
  let body = ''
  for await (const part of request) {
    body += part
  }

  return body
}
