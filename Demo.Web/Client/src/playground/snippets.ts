import type { ChatRequest } from './chat-request'

export interface Snippet {
  readonly language: string
  readonly code: string
}

const keyVariable = 'OPENAI_API_KEY'

/** The same call in other languages. Who has no key sends "demo", which stands for the demo's own; a visitor's own key is never written out. */
export function snippets(request: ChatRequest, origin: string, hasOwnKey: boolean): Snippet[] {
  const base = `${origin}/v1`
  return [
    { language: 'curl', code: curl(request, base, hasOwnKey) },
    { language: 'Python', code: python(request, base, hasOwnKey) },
    { language: 'C#', code: csharp(request, base, hasOwnKey) },
    { language: 'TypeScript', code: typescript(request, base, hasOwnKey) },
  ]
}

function curl(request: ChatRequest, base: string, hasOwnKey: boolean): string {
  const lines = [
    `curl -N ${shell(`${base}/chat/completions`)}`,
    '-H "Content-Type: application/json"',
    ...(hasOwnKey ? [`-H "Authorization: Bearer $${keyVariable}"`] : []),
    `-d ${shell(literal({ ...request, stream: true }, 2))}`,
  ]
  return lines.join(' \\\n  ')
}

function python(request: ChatRequest, base: string, hasOwnKey: boolean): string {
  const { model, messages, temperature, max_tokens, tools } = request
  const options = [
    temperature === undefined ? '' : `    temperature=${temperature},\n`,
    max_tokens === undefined ? '' : `    max_tokens=${max_tokens},\n`,
    tools === undefined ? '' : `    extra_body={"tools": ${literal(tools)}},\n`,
  ].join('')
  return `# pip install openai
${hasOwnKey ? 'import os\n' : ''}from openai import OpenAI

client = OpenAI(base_url=${literal(base)}, api_key=${hasOwnKey ? `os.environ["${keyVariable}"]` : '"demo"'})
stream = client.chat.completions.create(
    model=${literal(model)},
    messages=[
${messages.map((message) => `        {"role": ${literal(message.role)}, "content": ${literal(message.content)}},\n`).join('')}    ],
${options}    stream=True,
)
for chunk in stream:
    print(chunk.choices[0].delta.content or "" if chunk.choices else "", end="")
`
}

function csharp(request: ChatRequest, base: string, hasOwnKey: boolean): string {
  const { model, messages, temperature, max_tokens, tools } = request
  const key = hasOwnKey ? `Environment.GetEnvironmentVariable("${keyVariable}")!` : '"demo"'
  const head = `// dotnet add package OpenAI
using System.ClientModel;
using OpenAI;
using OpenAI.Chat;

var client = new ChatClient(${literal(model)}, new ApiKeyCredential(${key}), new OpenAIClientOptions { Endpoint = new Uri(${literal(base)}) });
`
  if (tools !== undefined) {
    return `${head}
// The client has no type for the gateway's own tools, so that the request is written out.
using var request = BinaryContent.Create(BinaryData.FromString(${literal(literal(request))}));
ClientResult result = await client.CompleteChatAsync(request);
Console.WriteLine(result.GetRawResponse().Content);
`
  }

  const options = [temperature === undefined ? '' : `Temperature = ${temperature}f, `, max_tokens === undefined ? '' : `MaxOutputTokenCount = ${max_tokens}, `].join('')
  return `${head}ChatMessage[] messages =
[
${messages.map((message) => `    new ${message.role[0]?.toUpperCase()}${message.role.slice(1)}ChatMessage(${literal(message.content)}),\n`).join('')}];

await foreach (var update in client.CompleteChatStreamingAsync(messages, new ChatCompletionOptions { ${options}}))
{
    Console.Write(string.Concat(update.ContentUpdate.Select(part => part.Text)));
}
`
}

function typescript(request: ChatRequest, base: string, hasOwnKey: boolean): string {
  const { model, messages, temperature, max_tokens, tools } = request
  const options = [
    temperature === undefined ? '' : `  temperature: ${temperature},\n`,
    max_tokens === undefined ? '' : `  max_tokens: ${max_tokens},\n`,
    // The client's types know functions only.
    tools === undefined ? '' : `  tools: ${literal(tools)} as never,\n`,
  ].join('')
  return `// npm install openai
import OpenAI from 'openai'

const client = new OpenAI({ baseURL: ${literal(base)}, apiKey: ${hasOwnKey ? `process.env['${keyVariable}']` : "'demo'"} })
const stream = await client.chat.completions.create({
  model: ${literal(model)},
  messages: [
${messages.map((message) => `    { role: ${literal(message.role)}, content: ${literal(message.content)} },\n`).join('')}  ],
${options}  stream: true,
})
for await (const chunk of stream) {
  process.stdout.write(chunk.choices[0]?.delta.content ?? '')
}
`
}

// JSON's literals are those of Python, C# and TypeScript too, but for the line ends that only JSON lets stand in a text.
function literal(value: unknown, indent?: number): string {
  return JSON.stringify(value, undefined, indent).replace(/[\u0085\u2028\u2029]/g, (end) => `\\u${end.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

// Nothing but the quote itself means anything between single quotes.
function shell(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}
