import assert from 'node:assert/strict'
import { Visitor, until } from '../browser.mjs'
import { answer, done, text, usage } from '../scenario-server.mjs'

const never = new Promise(() => {})
const messagesOf = (request) => request.body.messages.map((message) => `${message.role}: ${message.content}`)

export const conversation = {
  'what was said before is sent along': async ({ browser, scenarios }) => {
    scenarios.when('one', answer('First.'))
    scenarios.when('two', answer('Second.'))
    const visitor = await Visitor.visit(browser, scenarios.url)
    await visitor.askToTheEnd('one')
    await visitor.askToTheEnd('two')
    assert.deepEqual(messagesOf(scenarios.requests[1]), ['user: one', 'assistant: First.', 'user: two'])
    await visitor.leave()
  },
  'stop keeps what came, by button and by Escape': async ({ browser, scenarios }) => {
    scenarios.when('long', { frames: [text('Once upon a time'), never] })
    const visitor = await Visitor.visit(browser, scenarios.url)
    for (const stop of [() => visitor.page.getByRole('button', { name: 'Stop' }).click(), () => visitor.page.keyboard.press('Escape')]) {
      await visitor.ask('long')
      await visitor.answer.locator('.markdown p').waitFor()
      await stop()
      await visitor.answer.locator('.note').waitFor()
      assert.equal(await visitor.answer.locator('.markdown').innerText(), 'Once upon a time')
      assert.equal(await visitor.answer.locator('.note').innerText(), 'Stopped. What came is kept.')
      await visitor.page.getByRole('button', { name: 'Send' }).waitFor()
    }

    await visitor.leave()
  },
  'an answer is asked for again': async ({ browser, scenarios }) => {
    scenarios.when('dice', answer('Four.'))
    const visitor = await Visitor.visit(browser, scenarios.url)
    await visitor.askToTheEnd('dice')
    scenarios.when('dice', answer('Six.'))
    await visitor.answer.getByRole('button', { name: 'Try again' }).click()
    await until(() => visitor.page.locator('.answer .markdown').allInnerTexts(), (texts) => texts.join() === 'Six.', 'the second answer')
    assert.deepEqual(messagesOf(scenarios.requests[1]), ['user: dice'])
    await visitor.leave()
  },
  'a question is changed, and what followed from it goes': async ({ browser, scenarios }) => {
    for (const question of ['one', 'two', 'another']) {
      scenarios.when(question, answer(`Answer to ${question}.`))
    }

    const visitor = await Visitor.visit(browser, scenarios.url)
    await visitor.askToTheEnd('one')
    await visitor.askToTheEnd('two')
    const first = visitor.page.locator('.question').first()
    await first.getByRole('button', { name: 'Edit' }).click()
    await visitor.page.keyboard.press('Escape')
    assert.equal(await first.locator('.question-text').innerText(), 'one')
    await first.getByRole('button', { name: 'Edit' }).click()
    await first.getByRole('textbox').fill('another')
    await first.getByRole('button', { name: 'Ask again' }).click()
    await until(() => visitor.page.locator('.turn').count(), (count) => count === 2, 'the turns')
    await visitor.answer.locator('.figures').waitFor()
    assert.equal(await visitor.answer.locator('.markdown').innerText(), 'Answer to another.')
    await visitor.leave()
  },
  // The clipboard is one for all windows, so that this is the one case that uses it.
  'answers, questions and code are copied': async ({ browser, scenarios }) => {
    scenarios.when('code', answer('Look:\n\n```csharp\nvar x = "<b>";\n```'))
    const visitor = await Visitor.visit(browser, scenarios.url)
    await visitor.askToTheEnd('code')
    const copied = () => visitor.page.evaluate(() => navigator.clipboard.readText())
    await visitor.answer.locator('figure').getByRole('button', { name: 'Copy' }).click()
    await until(copied, (value) => value === 'var x = "<b>";', 'the code')
    await visitor.answer.locator('.actions').getByRole('button', { name: 'Copy' }).click()
    await until(copied, (value) => value.startsWith('Look:\n\n```csharp'), 'the answer')
    await visitor.page.locator('.question').getByRole('button', { name: 'Copy' }).click()
    await until(copied, (value) => value === 'code', 'the question')
    await visitor.answer.getByRole('button', { name: 'As code' }).click()
    await visitor.page.getByRole('dialog').getByRole('button', { name: 'Copy' }).click()
    await until(copied, (value) => value.startsWith('curl -N'), 'the call')
    await visitor.leave()
  },
  'a new one begins empty': async ({ browser, scenarios }) => {
    scenarios.when('one', { frames: [text('First'), never] })
    scenarios.when('two', answer('Second.'))
    const visitor = await Visitor.visit(browser, scenarios.url)
    await visitor.ask('one')
    await visitor.answer.locator('.markdown p').waitFor()
    await visitor.page.getByRole('button', { name: 'New conversation' }).click()
    assert.equal(await visitor.page.locator('.turn').count(), 0)
    assert.ok(await visitor.page.getByRole('heading', { name: 'One question, any model' }).isVisible())
    await visitor.askToTheEnd('two')
    assert.deepEqual(messagesOf(scenarios.requests[1]), ['user: two'])
    await visitor.leave()
  },
  'Markdown is the same whether it comes at once or letter by letter': async ({ browser, scenarios }) => {
    const markdown = '# Title\n\nA [link](https://example.com) & *more* &lt;b&gt;, see [ref].\n\n1. one\n2. two\n   - inner\n\n   loose\n\n> quote\n> - item\n\n```js\nlet a = `1`\n\nlet b\n```\n\n| a | b |\n|:--|--:|\n| 1 | `x` |\n\n---\n\n- [x] done\n- [ ] open\n\n~~gone~~ **bold *both***\n\n[ref]: https://example.org\n'
    scenarios.when('whole', answer(markdown))
    scenarios.when('letters', { frames: [...[...markdown].map(text), usage(), done] })
    const visitor = await Visitor.visit(browser, scenarios.url)
    await visitor.askToTheEnd('whole')
    const whole = await visitor.answer.locator('.markdown').innerHTML()
    await visitor.askToTheEnd('letters')
    assert.equal(await visitor.answer.locator('.markdown').innerHTML(), whole)
    assert.match(whole, /<h3 class="depth-1">Title<\/h3>/)
    assert.match(whole, /<a href="https:\/\/example.org\/" target="_blank" rel="noopener noreferrer nofollow">ref<\/a>/)
    assert.match(whole, /<td class="align-right"><code>x<\/code><\/td>/)
    assert.match(whole, /☑ done/)
    assert.match(whole, /&lt;b&gt;/)
    await visitor.leave()
  },
  'the end stays in view unless the reader has scrolled away': async ({ browser, scenarios }) => {
    let goOn
    const lines = Array.from({ length: 80 }, (_, i) => text(`Line ${i}\n\n`))
    scenarios.when('long', { frames: [...lines, new Promise((release) => { goOn = release }), ...lines, usage(), done] })
    const visitor = await Visitor.visit(browser, scenarios.url)
    await visitor.ask('long')
    const left = () => visitor.page.locator('#main').evaluate((main) => main.scrollHeight - main.scrollTop - main.clientHeight)
    await until(() => visitor.answer.locator('.markdown p').count(), (count) => count === 80, 'the first half')
    await until(left, (pixels) => pixels < 5, 'the end')
    await visitor.page.locator('#main').hover()
    await visitor.page.mouse.wheel(0, -600)
    await until(left, (pixels) => pixels > 500, 'scrolled away')
    goOn()
    await visitor.answer.locator('.figures').waitFor()
    assert.ok((await left()) > 500)
    await visitor.leave()
  },
}
