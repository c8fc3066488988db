// What the test that starts this says in the environment.
import Anthropic from '@anthropic-ai/sdk'
import OpenAI from 'openai'

const { GATEWAY_URL, GATEWAY_KEY, CHAT_ONLY_KEY, PACED_GATEWAY_URL, PACED_GATEWAY_KEY, PACED_MODEL_URL, CUT_GATEWAY_URL, CUT_GATEWAY_KEY, PRODUCTS_URL } = process.env

export const chatModel = 'phi-3-mini'
export const servedChatModel = 'microsoft/Phi-3-mini-4k-instruct'
/** The product server behind the gateway, for clients of MCP. */
export const productsUrl = PRODUCTS_URL
export const embeddingModel = 'local-embeddings'

const clientOf = (baseURL, apiKey) => new OpenAI({ baseURL, apiKey, maxRetries: 0 })

export const client = clientOf(GATEWAY_URL, GATEWAY_KEY)
export const strangersClient = clientOf(GATEWAY_URL, 'sk-gw-this-was-never-a-key-of-the-gateway')
export const chatOnlyClient = clientOf(GATEWAY_URL, CHAT_ONLY_KEY)

// Anthropic's client adds /v1 itself, and sends the key as x-api-key.
const anthropicOf = (url, apiKey) => new Anthropic({ baseURL: new URL(url).origin, apiKey, maxRetries: 0 })

export const anthropic = anthropicOf(GATEWAY_URL, GATEWAY_KEY)
export const strangersAnthropic = anthropicOf(GATEWAY_URL, 'sk-gw-this-was-never-a-key-of-the-gateway')
export const cutAnthropic = anthropicOf(CUT_GATEWAY_URL, CUT_GATEWAY_KEY)

/** Answers in seconds, so that there is something to break off. */
export const pacedClient = clientOf(PACED_GATEWAY_URL, PACED_GATEWAY_KEY)

/** Loses its model in the middle of every answer. */
export const cutClient = clientOf(CUT_GATEWAY_URL, CUT_GATEWAY_KEY)

/** How the paced model says that an answer ended, once it has. */
export async function finishOf(answerId) {
  const response = await fetch(`${PACED_MODEL_URL}control/requests/${answerId}?wait_ms=15000`)
  return (await response.json()).finish
}

export const ask = (content) => ({ model: chatModel, messages: [{ role: 'user', content }] })
