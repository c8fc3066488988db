import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import type { ChatRequest } from '../src/playground/chat-request'
import { productTool } from '../src/playground/chat-request'
import { snippets } from '../src/playground/snippets'

const hostile = `it's "quoted" $(touch /tmp/x) \`id\` \\n \u2028 {0} 😀`
const request: ChatRequest = { model: 'phi-3-mini', messages: [{ role: 'system', content: 'Be brief.' }, { role: 'user', content: hostile }], temperature: 0.5, max_tokens: 50 }

function codeFor(language: string, asked: ChatRequest = request, hasOwnKey = false): string {
  return snippets(asked, 'http://localhost:8082', hasOwnKey).find((snippet) => snippet.language === language)?.code ?? ''
}

describe('code', () => {
  it('hands a shell the question as it was asked', () => {
    const printed = execFileSync('bash', ['-c', codeFor('curl').replace('curl -N', 'printf "%s\\0"')], { encoding: 'utf8' }).split('\0')
    const body = printed[printed.indexOf('-d') + 1] ?? ''
    expect(JSON.parse(body)).toEqual({ ...request, stream: true })
    expect(printed[0]).toBe('http://localhost:8082/v1/chat/completions')
  })

  it('is JavaScript, but for types', () => {
    const literal = /role: "user", content: (.*) },/.exec(codeFor('TypeScript'))?.[1] ?? ''
    expect(JSON.parse(literal)).toBe(hostile)
  })

  it('says what was set, in the words of each client', () => {
    expect(codeFor('Python')).toContain('    temperature=0.5,\n    max_tokens=50,\n')
    expect(codeFor('C#')).toContain('new ChatCompletionOptions { Temperature = 0.5f, MaxOutputTokenCount = 50, }')
    expect(codeFor('C#')).toContain('new SystemChatMessage("Be brief.")')
    expect(codeFor('TypeScript')).toContain('  temperature: 0.5,\n  max_tokens: 50,\n')
  })

  it('keeps line ends that only JSON lets stand in a text out of it', () => {
    for (const { code } of snippets(request, 'http://localhost:8082', false)) {
      expect(code).not.toContain('\u2028')
    }
  })

  it('asks for product data the same way', () => {
    const asked = { ...request, tools: [productTool] }
    expect(codeFor('Python', asked)).toContain('extra_body={"tools": [{"type":"mcp"')
    expect(codeFor('C#', asked)).toContain('BinaryData.FromString("{\\"model\\"')
    expect(codeFor('TypeScript', asked)).toContain('tools: [{"type":"mcp"')
  })

  it('reads a key of the visitor’s own from the environment', () => {
    for (const { code } of snippets(request, 'http://localhost:8082', true)) {
      expect(code).toContain('OPENAI_API_KEY')
      expect(code).not.toContain('demo')
    }
  })
})
