/** The gateway's own part of a usage chunk (x-gateway-details: true), with what is missing or of another type left out. */
export interface GatewayDetails {
  readonly target?: string
  /** Null where nobody knows. */
  readonly costUsd?: number | null
  readonly toolCalls: readonly ToolCall[]
  readonly products: readonly Product[]
}

export interface ToolCall {
  readonly server: string
  readonly tool: string
  readonly arguments?: string
  readonly durationMs?: number
  readonly error?: string
}

export interface Product {
  readonly title: string
  readonly price?: number
  readonly currency?: string
  readonly isAvailable?: boolean
  readonly url?: string
}

type Json = Record<string, unknown>

export function readDetails(value: unknown): GatewayDetails {
  const json = objectOf(value)
  const target = textOf(json.target)
  return {
    ...(target === undefined ? {} : { target }),
    ...costOf(json.cost_usd),
    toolCalls: listOf(json.tool_calls).map(toolCall),
    products: listOf(json.products).map(product),
  }
}

// Text, so that no digit is lost on the way: "0.000012345".
function costOf(value: unknown): { costUsd?: number | null } {
  if (value === null) {
    return { costUsd: null }
  }

  const cost = numberOf(value)
  return cost === undefined ? {} : { costUsd: cost }
}

function toolCall(json: Json): ToolCall {
  const durationMs = numberOf(json.duration_ms)
  const error = textOf(json.error)
  const given = json.arguments
  return {
    server: textOf(json.server) ?? '',
    tool: textOf(json.tool) ?? '',
    ...(given === undefined || given === null ? {} : { arguments: typeof given === 'string' ? given : JSON.stringify(given) }),
    ...(durationMs === undefined ? {} : { durationMs }),
    ...(error === undefined ? {} : { error }),
  }
}

function product(json: Json): Product {
  const [price, currency, url] = [numberOf(json.price), textOf(json.currency), textOf(json.url)]
  return {
    title: textOf(json.title) ?? textOf(json.id) ?? '',
    ...(price === undefined ? {} : { price }),
    ...(currency === undefined ? {} : { currency }),
    ...(typeof json.available === 'boolean' ? { isAvailable: json.available } : {}),
    ...(url === undefined ? {} : { url }),
  }
}

function objectOf(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {}
}

function listOf(value: unknown): Json[] {
  return Array.isArray(value) ? value.map(objectOf) : []
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

function numberOf(value: unknown): number | undefined {
  const number = typeof value === 'string' && value !== '' ? Number(value) : value
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined
}
