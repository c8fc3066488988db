import type { GatewayDetails } from './gateway-details'

/** What happens while an answer comes. */
export type ChatEvent =
  | { readonly kind: 'head'; readonly target: string | undefined; readonly cache: string | undefined }
  | { readonly kind: 'model'; readonly model: string; readonly isSimulated: boolean }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'tool'; readonly activity: ToolActivity }
  | { readonly kind: 'usage'; readonly promptTokens: number; readonly completionTokens: number; readonly details: GatewayDetails }
  | { readonly kind: 'finish'; readonly reason: string }

export interface ToolActivity {
  readonly server: string
  readonly tool: string
  readonly state: string
}
