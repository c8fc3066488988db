/** The shapes of docs/admin-api.md, as far as the console shows them. */
export interface Page<T> {
  readonly data: readonly T[]
  readonly has_more: boolean
  readonly last_id?: string | null
}

export interface KeyLimits {
  readonly requests_per_minute?: number | null
  readonly requests_per_day?: number | null
  readonly tokens_per_minute?: number | null
  readonly concurrent_requests?: number | null
}

export interface ApiKey {
  readonly id: string
  readonly name: string
  readonly prefix: string
  readonly owner: string | null
  readonly tenant: string
  readonly user: string | null
  readonly tier: string | null
  readonly models: readonly string[]
  readonly tools: readonly string[]
  readonly limits: KeyLimits | null
  readonly budget: { readonly usd: number; readonly period: string } | null
  readonly disabled: boolean
  readonly created_at: string
  readonly expires_at: string | null
  readonly rotated_at: string | null
  readonly revoked_at: string | null
  readonly previous_key_expires_at: string | null
  readonly status: 'active' | 'disabled' | 'expired' | 'revoked'
  /** Only in the reply that made it. */
  readonly key?: string
}

/** Sums of a group; money is text, so that no digit is lost. Its names are fields beside them. */
export interface Usage {
  readonly requests: number
  readonly input_tokens: number
  readonly output_tokens: number
  readonly cost_usd: string | null
  readonly unknown_cost_requests: number
  readonly cache_saving_usd: string
  readonly cache_hits: number
  readonly avoided_cost_usd: string
}

export type UsageRow = Usage & Readonly<Record<string, string | number | null>>

export interface UsageReport {
  readonly from: string
  readonly to: string
  readonly by: readonly string[]
  readonly data: readonly UsageRow[]
  readonly total: Usage
}

export interface ForecastPeriod {
  readonly spent_usd: string
  readonly expected_usd: string
  readonly low_90_usd: string
  readonly high_90_usd: string
}

export interface Forecast {
  readonly total: { readonly enough_history: boolean; readonly history_days: number; readonly month: ForecastPeriod } | null
}

export interface Target {
  readonly model: string
  readonly target: string
  readonly available: boolean
  readonly reason: string | null
  readonly remedy: string | null
  readonly policy: string
  readonly circuit: string
  readonly left_alone_for_seconds: number | null
  readonly in_flight: number
  readonly first_token_seconds: number
  readonly per_token_seconds: number
  readonly attempts: number
  readonly failures: number
  readonly share: number | null
  readonly last_failure: { readonly at: string; readonly reason: string } | null
}

export interface Alert {
  readonly id: string
  readonly rule: string
  readonly subject: string
  readonly severity: string
  readonly worst: string
  readonly summary: string
  readonly started_at: string
  readonly changed_at: string
  readonly resolved_at: string | null
}

export interface AlertSink {
  readonly name: string
  readonly type: string
  readonly waiting: number
  readonly rejected: number
  readonly trouble: string | null
  readonly delivered_at: string | null
}

export interface AlertList {
  readonly data: readonly Alert[]
  readonly recent: readonly Alert[]
  readonly sinks: readonly AlertSink[]
}

export interface Objective {
  readonly name: string
  readonly alias: string | null
  readonly indicator: string
  readonly milliseconds: number | null
  readonly target_percent: number
  readonly window_days: number
  readonly requests: number
  readonly bad_requests: number
  readonly attained_percent: number | null
  readonly budget_left: number | null
  readonly burn_rates: Readonly<Record<string, number>>
}

export interface TrafficSums {
  readonly requests: number
  readonly failed: number
  readonly errors: Readonly<Record<string, number>>
  readonly p50_ms: number | null
  readonly p95_ms: number | null
  readonly p99_ms: number | null
  readonly first_token_p95_ms: number | null
  readonly input_tokens: number
  readonly output_tokens: number
  readonly cost_usd: number
}

export type Points = readonly (number | null)[]

export interface TrafficSeries {
  readonly name: string | null
  readonly total: TrafficSums
  readonly requests: Points
  readonly failed: Points
  readonly errors: Readonly<Record<string, Points>>
  readonly p50_ms: Points
  readonly p95_ms: Points
  readonly p99_ms: Points
  readonly first_token_p95_ms: Points
  readonly input_tokens: Points
  readonly output_tokens: Points
  readonly cost_usd: Points
}

export interface Traffic {
  readonly step: 'minute' | 'hour'
  readonly restored: boolean
  readonly from: string
  readonly to: string
  readonly times: readonly number[]
  readonly series: readonly TrafficSeries[]
}

export interface LoggedRequest {
  readonly id: string
  readonly time: string
  readonly request_id: string
  readonly trace_id: string | null
  readonly operation: string
  readonly tenant: string | null
  readonly user: string | null
  readonly key: string | null
  readonly alias: string | null
  readonly target: string | null
  readonly variant: string | null
  readonly status: string
  readonly http_status: number
  readonly error: string | null
  readonly streamed: boolean
  readonly batch: boolean
  readonly attempts: number
  readonly duration_ms: number
  readonly first_token_ms: number | null
  readonly tokens: { readonly input: number; readonly cached_input: number; readonly cache_write: number; readonly output: number }
  readonly cost_usd: string | null
  readonly cache: string
}

export interface Budget {
  readonly id: string
  readonly scope: string
  readonly name: string
  readonly key: string | null
  readonly tenant: string | null
  readonly period: string
  readonly resets_at: string
  readonly limit_usd: string
  readonly spent_usd: string
  readonly held_usd: string
  readonly share: number
}

export interface ModelTarget extends Target {
  readonly provider: string
  readonly weight: number
  readonly recent_attempts: number
  readonly recent_failures: number
  readonly recent_share: number | null
  readonly price: { readonly input_usd: number; readonly output_usd: number } | null
}

export interface Model {
  readonly alias: string
  readonly policy: string
  readonly available: boolean
  readonly safe_stream: boolean
  readonly max_output_tokens: number | null
  readonly minutes: number
  readonly targets: readonly ModelTarget[]
}

export interface Batch {
  readonly id: string
  readonly tenant: string
  readonly key: string | null
  readonly endpoint: string
  readonly status: string
  readonly progress: number
  readonly created_at: number
  readonly request_counts: { readonly total: number; readonly completed: number; readonly failed: number }
}

export interface Configuration {
  readonly version: number
  readonly author: string | null
  readonly changed_at: string | null
  readonly gateway: Readonly<Record<string, unknown>>
  readonly overlay: Readonly<Record<string, unknown>> | null
  readonly faults: readonly { readonly source: string; readonly at: string; readonly key: string | null; readonly message: string }[]
}

export interface ConfigurationVersion {
  readonly id: string
  readonly version: number
  readonly author: string
  readonly changed_at: string
  readonly rollback_to: number | null
  readonly overlay: unknown
}

export interface Difference {
  readonly version: number
  readonly added: readonly { readonly key: string; readonly value: unknown }[]
  readonly changed: readonly { readonly key: string; readonly before: unknown; readonly after: unknown }[]
  readonly removed: readonly { readonly key: string; readonly value: unknown }[]
}

export interface Flag {
  readonly name: string
  readonly description: string
  readonly enabled: boolean
  readonly percentage: number | null
  readonly tenants: readonly string[]
  readonly users: readonly string[]
  readonly from: string | null
  readonly until: string | null
  readonly default: boolean
  readonly source: string
  readonly changed_at: string | null
  readonly changed_by: string | null
}

export interface Figure {
  readonly value: number
  readonly low: number | null
  readonly high: number | null
  readonly count: number
  readonly difference?: { readonly value: number; readonly low: number | null; readonly high: number | null; readonly significant: boolean } | null
}

export interface Variant {
  readonly name: string
  readonly variant: string
  readonly is_control: boolean
  readonly weight: number
  readonly requests: number
  readonly errors: number
  readonly error_rate: Figure | null
  readonly latency_ms: Figure | null
  readonly cost_usd: Figure | null
  readonly feedback: Figure | null
}

export interface Experiment {
  readonly name: string
  readonly alias: string
  readonly enabled: boolean
  readonly control: string
  readonly variants: readonly Variant[]
  readonly warnings: readonly string[]
}

export interface AuditEntry {
  readonly id: string
  readonly at: string
  readonly actor: string
  readonly action: string
  readonly target: string
  readonly changes: Readonly<Record<string, unknown>>
}
