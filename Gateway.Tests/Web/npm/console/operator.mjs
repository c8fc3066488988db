import { Visitor } from '../browser.mjs'
import { adminKey, flag, key, loggedRequest, model, target } from './admin-server.mjs'

/** Somebody at the console, whose clicks are counted: those on links, buttons and fields, not the typing. */
export class Operator extends Visitor {
  clicks = 0

  static async arrive(browser, url, place = '', options = {}) {
    return await Operator.visit(browser, `${url}/console/${place}`, options)
  }

  /** Past the sign-in, which is once a day and no part of a task. */
  static async signedIn(browser, url, place = '', options = {}, credential = adminKey) {
    const operator = await Operator.arrive(browser, url, place, options)
    await operator.signIn(credential)
    await operator.page.getByRole('dialog').waitFor({ state: 'hidden' })
    return operator
  }

  async signIn(credential) {
    await this.page.getByLabel('Admin key or token').fill(credential)
    await this.page.getByRole('button', { name: 'Sign in' }).click()
  }

  async click(locator) {
    this.clicks += 1
    await locator.click()
  }

  async go(page) {
    await this.click(this.page.getByRole('navigation', { name: 'Console' }).getByRole('link', { name: page }))
    await this.page.getByRole('heading', { level: 1, name: page }).waitFor()
  }
}

/** A gateway in ordinary use. */
export function furnish(server) {
  server.keys = Array.from({ length: 40 }, (_, i) => key(i, { name: ['search team', 'support bot', 'nightly summaries', 'data science'][i % 4], tenant: ['acme', 'globex'][i % 2], user: i % 3 === 0 ? 'ann' : null, tier: i % 5 === 0 ? 'free' : null, ...(i % 7 === 0 ? { budget: { usd: 50, period: 'month' }, limits: { requests_per_minute: 60 } } : {}), ...(i === 12 ? { status: 'disabled', disabled: true } : i === 13 ? { status: 'revoked' } : {}) }))
  server.requests = Array.from({ length: 600 }, (_, i) => loggedRequest(i, i % 29 === 0 ? { status: 'failed', http_status: 504, error: 'upstream_timeout', duration_ms: 30012, attempts: 2, target: 'bedrock/claude' } : i % 17 === 0 ? { status: 'refused', http_status: 429, error: 'rate_limit_exceeded', target: null, cost_usd: '0.000000000' } : {}))
  server.usage = [['globex', 31.2, 9100], ['acme', 612.5, 40211], ['initech', 168.7, 12007]]
  server.budgets = [
    { id: 'key:key_000000:month', scope: 'key', name: 'search team', key: 'key_000000', user: null, tenant: 'acme', alias: null, tier: 'free', period: 'month', resets_at: '2026-12-01T00:00:00Z', limit_usd: '50.000000000', spent_usd: '48.900000000', held_usd: '0.020000000', share: 0.98 },
    { id: 'tenant:acme:month', scope: 'tenant', name: 'acme', key: null, user: null, tenant: 'acme', alias: null, tier: null, period: 'month', resets_at: '2026-12-01T00:00:00Z', limit_usd: '2000.000000000', spent_usd: '612.500000000', held_usd: '0.020000000', share: 0.31 },
  ]
  const alert = { id: 'alert_1', rule: 'error_rate', subject: 'gpt-4o', severity: 'critical', worst: 'critical', summary: '10 of 20 requests for gpt-4o failed within 5 min (50.0 %).', started_at: '2026-11-21T12:00:02Z', changed_at: '2026-11-21T12:00:02Z', resolved_at: null }
  server.alerts = { data: [alert], recent: [{ ...alert, id: 'alert_0', severity: 'warning', rule: 'latency', summary: 'p99 of phi-3-mini was above 5 s.', resolved_at: '2026-11-20T09:10:00Z' }], sinks: [{ name: 'ops', type: 'Slack', waiting: 2, rejected: 0, trouble: 'It answered 500.', delivered_at: null }] }
  server.models = [
    model('gpt-4o', [target('openai/gpt-4o'), target('bedrock/anthropic.claude-3-haiku-20240307-v1:0', { circuit: 'open', left_alone_for_seconds: 7.2, available: false, reason: 'Most of its last attempts failed.', remedy: 'It gets a request again in a moment.', recent_share: 0.1, recent_failures: 31 })]),
    model('phi-3-mini', [target('local/microsoft/Phi-3-mini-4k-instruct', { price: null, last_failure: { at: '2026-11-21T09:00:00Z', reason: 'connection refused' } })]),
  ]
  server.flags = [flag('Retries'), flag('SafeStream', { percentage: 10, tenants: ['acme'], source: 'admin', changed_at: '2026-11-21T08:00:00Z', changed_by: 'jwt:ann' }), flag('Feedback', { enabled: false })]
  const figure = (value, spread, count, difference) => ({ value, low: value - spread, high: value + spread, count, difference })
  server.experiments = [{
    object: 'experiment', name: 'brevity', alias: 'gpt-4o', enabled: true, control: 'control', from: null, to: null, warnings: ['\'brief\' has 21 scores of feedback; below 30 their mean says little.'],
    variants: [
      { name: 'brief', variant: 'brevity/brief', is_control: false, weight: 1, requests: 4810, errors: 12, error_rate: figure(0.0025, 0.001, 4810, { value: 0.0002, low: -0.0018, high: 0.0022, significant: false }), latency_ms: figure(812.4, 11, 4798, { value: -391.1, low: -412.6, high: -369.6, significant: true }), cost_usd: figure(0.0031, 0.0001, 4798, { value: -0.002, low: -0.0021, high: -0.0019, significant: true }), feedback: figure(0.4, 0.3, 21, null) },
      { name: 'control', variant: 'brevity/control', is_control: true, weight: 1, requests: 4790, errors: 11, error_rate: figure(0.0023, 0.001, 4790, null), latency_ms: figure(1203.5, 15, 4779, null), cost_usd: figure(0.0051, 0.0001, 4779, null), feedback: figure(0.5, 0.2, 40, null) },
    ],
  }]
  server.batches = [
    { object: 'batch', id: 'batch_1', tenant: 'acme', key: 'key_000001', endpoint: '/v1/chat/completions', status: 'in_progress', progress: 0.42, created_at: 1763715600, request_counts: { total: 5000, completed: 2090, failed: 10 } },
    { object: 'batch', id: 'batch_0', tenant: 'globex', key: 'key_000002', endpoint: '/v1/embeddings', status: 'completed', progress: 1, created_at: 1763629200, request_counts: { total: 800, completed: 800, failed: 0 } },
  ]
  server.put({ Limits: { Retries: 1 } }, 'jwt:ann')
  server.put({ Limits: { Retries: 1, RequestTimeoutSeconds: 1 } }, 'jwt:bob')
}
