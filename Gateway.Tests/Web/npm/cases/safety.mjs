import assert from 'node:assert/strict'
import { Visitor, until } from '../browser.mjs'
import { done, refusal, text, usage } from '../scenario-server.mjs'

// Each sets window.ran if anything of it runs.
export const corpus = [
  '<script>window.ran=1</script>',
  '<img src=x onerror="window.ran=1">',
  '<svg onload="window.ran=1">',
  '<svg><animate onbegin="window.ran=1" attributeName=x dur=1s>',
  '<details open ontoggle="window.ran=1">',
  '<iframe srcdoc="<script>parent.ran=1</script>"></iframe>',
  '<iframe src="javascript:parent.ran=1"></iframe>',
  '<body onload="window.ran=1">',
  '<input autofocus onfocus="window.ran=1">',
  '<video><source onerror="window.ran=1"></video>',
  '<math><mtext><table><mglyph><style><img src=x onerror="window.ran=1">',
  '<form action="javascript:window.ran=1"><button autofocus>x</button></form>',
  '<base href="https://evil.example/">',
  '<meta http-equiv="refresh" content="0;url=javascript:window.ran=1">',
  '<link rel="stylesheet" href="https://evil.example/x.css">',
  '</textarea></title></script><script>window.ran=1</script>',
  '[click](javascript:window.ran=1)',
  '[click](JaVaScRiPt&colon;window.ran=1)',
  '[click](&#106;avascript:window.ran=1)',
  '[click](java\tscript:window.ran=1)',
  '[click](data:text/html;base64,PHNjcmlwdD5vcGVuZXIucmFuPTE8L3NjcmlwdD4=)',
  '[click](vbscript:window.ran=1)',
  '[click](<javascript:window.ran=1>)',
  '[ref][evil]\n\n[evil]: javascript:window.ran=1',
  '![x](javascript:window.ran=1)',
  '![x](https://evil.example/pixel.png)',
  '![x" onerror="window.ran=1](x)',
  '<https://example.com/"onmouseover="window.ran=1>',
  '<javascript:window.ran=1>',
  '`<img src=x onerror="window.ran=1">`',
  '```"><img src=x onerror="window.ran=1">\n<script>window.ran=1</script>\n```',
  '| <img src=x onerror="window.ran=1"> |\n|---|\n| <script>window.ran=1</script> |',
  '# <script>window.ran=1</script>',
  '- [x] <img src=x onerror="window.ran=1">',
  '&lt;script&gt;window.ran=1&lt;/script&gt;',
  '{{constructor.constructor("window.ran=1")()}}',
  '${window.ran=1}',
  '__proto__',
  '\u202e<script>window.ran=1</script>\u0000',
]
const all = corpus.join('\n\n')

async function nothingRan(visitor) {
  for (const link of await visitor.page.locator('#turns a').all()) {
    assert.match(await link.getAttribute('href'), /^(https?|mailto):/)
  }

  for (const field of await visitor.page.locator('#turns [onerror], #turns [onload], #turns script, #turns img, #turns iframe, #turns svg:not(.icon), #turns form, #turns style').all()) {
    assert.fail(await field.evaluate((element) => element.outerHTML))
  }

  assert.equal(await visitor.page.evaluate(() => window.ran), undefined)
}

export const safety = {
  'script in questions and answers never runs': async ({ browser, scenarios }) => {
    scenarios.when(all, { frames: [...corpus.map((one) => text(`${one}\n\n`)), ...all.split(/(?=[<"[(])/).map(text), usage(), done] })
    const visitor = await Visitor.visit(browser, scenarios.url)
    await visitor.askToTheEnd(all)
    await visitor.page.locator('.question').getByRole('button', { name: 'Edit' }).click()
    await visitor.page.keyboard.press('Escape')
    await visitor.answer.getByRole('button', { name: 'As code' }).click()
    await nothingRan(visitor)
    assert.ok((await visitor.answer.locator('.markdown').innerText()).includes('<script>window.ran=1</script>'))
    await visitor.leave()
  },
  'nor in names of models, products and tools': async ({ browser, scenarios }) => {
    scenarios.models = corpus
    scenarios.when('hello', {
      frames: [
        ...corpus.map((tool) => `: gateway-tool ${JSON.stringify({ server: tool, tool, state: tool })}`),
        `data: ${JSON.stringify({ model: corpus.join(' '), choices: [{ delta: { content: 'Hello.' } }] })}`,
        usage({
          target: corpus.join(' '),
          cost_usd: '<script>window.ran=1</script>',
          tool_calls: corpus.map((name) => ({ server: name, tool: name, arguments: name, error: name, duration_ms: name })),
          products: corpus.map((name) => ({ id: name, title: name, price: name, currency: name, available: name, url: /\((.*)\)/.exec(name)?.[1] ?? name })).concat({ title: 'x', price: 1, currency: corpus[0] }),
        }),
        done,
      ],
    })
    const visitor = await Visitor.visit(browser, scenarios.url)
    await until(() => visitor.page.locator('#model option').count(), (count) => count === corpus.length, 'the models')
    await visitor.page.getByLabel('Model', { exact: true }).selectOption(corpus[1])
    await visitor.askToTheEnd('hello')
    await visitor.answer.locator('.tool summary').click()
    await nothingRan(visitor)
    assert.equal(await visitor.answer.locator('.product').count(), corpus.length + 1)
    await visitor.leave()
  },
  'nor in messages of errors': async ({ browser, scenarios }) => {
    scenarios.when('hello', refusal(400, corpus[0], all))
    scenarios.when('again', { frames: [text('A'), `data: ${JSON.stringify({ error: { message: all, code: corpus[1] } })}`] })
    const visitor = await Visitor.visit(browser, scenarios.url)
    for (const question of ['hello', 'again']) {
      await visitor.askToTheEnd(question)
      assert.ok((await visitor.answer.locator('.detail').innerText()).includes('<script>window.ran=1</script>'))
    }

    await nothingRan(visitor)
    await visitor.leave()
  },
  'what is not of the expected type does no harm': async ({ browser, scenarios }) => {
    const odd = [null, 1, 'text', [], {}, true]
    scenarios.when('odd', {
      frames: [
        ...odd.map((value) => `data: ${JSON.stringify({ model: value, choices: value })}`),
        ...odd.map((value) => `data: ${JSON.stringify({ choices: [{ delta: { content: value }, finish_reason: value }] })}`),
        ...odd.map((value) => usage({ target: value, cost_usd: value, tool_calls: value, products: [value] })),
        done,
      ],
    })
    const visitor = await Visitor.visit(browser, scenarios.url)
    await visitor.askToTheEnd('odd')
    assert.equal(await visitor.answer.locator('.markdown').innerText(), 'text')
    await visitor.leave()
  },
}
