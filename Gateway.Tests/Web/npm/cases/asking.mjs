import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { Visitor, until } from '../browser.mjs'
import { answer, done, text, usage } from '../scenario-server.mjs'

const npmClients = fileURLToPath(new URL('../../../Clients/npm', import.meta.url))
const execute = promisify(execFile)

export const asking = {
  'a visitor without a key gets an answer and is told what it took': async ({ browser, webUrl }) => {
    const visitor = await Visitor.visit(browser, webUrl)
    await visitor.prompt.fill('Explain the tides')
    await visitor.page.getByRole('button', { name: 'Send' }).click()
    await visitor.answer.locator('.figures').waitFor()
    const figures = await visitor.figures()
    assert.match(await visitor.answer.locator('.markdown').innerText(), /tides/i)
    assert.match(figures.Tokens, /^\d+ in, \d+ out$/)
    assert.equal(figures.Cost, '$0')
    assert.match(figures.Latency, /^[\d.]+ m?s$/)
    assert.match(figures['First token'], /^[\d.]+ m?s$/)
    assert.equal(figures.Target, 'local/microsoft/Phi-3-mini-4k-instruct')
    assert.equal(figures.Cache, 'not used')
    assert.equal(await visitor.answer.locator('.author .badge').innerText(), 'Simulated: no model is loaded here')
    await visitor.leave()
  },
  'the answer streams in': async ({ browser, scenarios }) => {
    let goOn
    scenarios.when('tell', { frames: [text('The **first** part'), new Promise((release) => { goOn = release }), text(' and the rest.'), usage(), done] })
    const visitor = await Visitor.visit(browser, scenarios.url)
    await visitor.ask('tell')
    await until(() => visitor.answer.locator('.markdown').innerHTML(), (html) => html === '<p>The <strong>first</strong> part</p>', 'the first part')
    assert.equal(await visitor.answer.getAttribute('data-state'), 'streaming')
    goOn()
    await visitor.answer.locator('.figures').waitFor()
    assert.equal(await visitor.answer.locator('.markdown').innerText(), 'The first part and the rest.')
    assert.equal((await visitor.figures()).Cost, '$0.000012')
    await visitor.leave()
  },
  'Enter sends, Shift+Enter begins a line': async ({ browser, scenarios }) => {
    scenarios.when('one\ntwo', answer('Two lines.'))
    const visitor = await Visitor.visit(browser, scenarios.url)
    await visitor.prompt.focus()
    await visitor.page.keyboard.type('one')
    await visitor.page.keyboard.press('Shift+Enter')
    await visitor.page.keyboard.type('two')
    await visitor.page.keyboard.press('Enter')
    await visitor.answer.locator('.figures').waitFor()
    assert.equal(await visitor.prompt.inputValue(), '')
    await visitor.leave()
  },
  'an example is asked by a click': async ({ browser, webUrl }) => {
    const visitor = await Visitor.visit(browser, webUrl)
    await visitor.page.getByRole('button', { name: 'Compare' }).click()
    await visitor.answer.locator('.figures').waitFor()
    assert.ok(await visitor.page.locator('#empty').isHidden())
    assert.match(await visitor.page.locator('.question-text').innerText(), /^Compare HTTP/)
    await visitor.leave()
  },
  'models that answer questions are offered': async ({ browser, scenarios }) => {
    const visitor = await Visitor.visit(browser, scenarios.url)
    await until(() => visitor.page.locator('#model option').allTextContents(), (models) => models.join() === 'phi-3-mini,gpt-4o-mini', 'the models')
    await visitor.leave()
  },
  'curl as shown gets the answer': async ({ browser, webUrl }) => {
    const code = await codeOf(browser, webUrl, 'curl')
    const { stdout } = await execute('bash', ['-c', code])
    assert.match(stdout, /Reply|it's|"delta"/)
    assert.match(stdout, /data: \[DONE\]/)
  },
  'TypeScript as shown gets the answer': async ({ browser, webUrl }) => {
    const code = await codeOf(browser, webUrl, 'TypeScript')
    const { stdout } = await execute('node', ['--input-type=module', '-e', code], { cwd: npmClients })
    assert.equal(stdout.trim(), `it's "quoted" $HOME \\n \`tick\``)
  },
}

// With all that a shell or a language could take for its own.
async function codeOf(browser, url, language) {
  const visitor = await Visitor.visit(browser, url)
  await visitor.page.getByLabel('System prompt').fill("Don't explain.")
  await visitor.page.getByLabel('Temperature').fill('0.5')
  await visitor.askToTheEnd('Reply with exactly: it\'s "quoted" $HOME \\n `tick`')
  await visitor.answer.getByRole('button', { name: 'As code' }).click()
  await visitor.page.getByRole('tab', { name: language }).click()
  const shown = await visitor.page.locator('#code-text').innerText()
  await visitor.leave()
  return shown
}
