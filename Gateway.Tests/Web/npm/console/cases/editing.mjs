import assert from 'node:assert/strict'
import { until } from '../../browser.mjs'
import { Operator, furnish } from '../operator.mjs'

const editor = (operator) => operator.page.getByLabel('What is put over gateway.json')

async function open(browser, server) {
  furnish(server)
  const operator = await Operator.signedIn(browser, server.url, '#/configuration')
  await until(() => editor(operator).inputValue(), (text) => text.includes('RequestTimeoutSeconds'), 'the editor')
  return operator
}

async function put(operator) {
  await operator.page.getByRole('button', { name: 'Put in force' }).click()
  await operator.page.getByRole('dialog').getByRole('button', { name: 'Put in force' }).click()
}

export const editing = {
  'what is wrong is told, and leads to where it stands': async ({ browser, server }) => {
    const operator = await open(browser, server)
    await editor(operator).fill('{\n  "Limits": {\n    "Retries": 99\n  }\n}')
    await operator.page.getByRole('button', { name: 'Validate' }).click()
    await operator.page.getByRole('button', { name: 'it must be 0 to 10' }).click()
    assert.equal(await editor(operator).evaluate((area) => area.value.slice(area.selectionStart, area.selectionEnd)), '"Retries": 99')
    await editor(operator).fill('{ "Limits": ')
    await operator.page.getByRole('button', { name: 'Validate' }).click()
    await operator.page.getByText('The body is no JSON.').waitFor()
    assert.equal(server.versions.length, 2)
    await operator.leave()
  },
  'a change is shown before it is made, and is made over the version that was seen': async ({ browser, server }) => {
    const operator = await open(browser, server)
    await editor(operator).fill('{"Limits": {"Retries": 3}}')
    await operator.page.getByRole('button', { name: 'Validate' }).click()
    await operator.page.getByRole('row', { name: /Gateway:Limits/ }).waitFor()
    await put(operator)
    await operator.page.getByText('Version 3 is in force.').first().waitFor()
    const asked = server.asked.findLast((one) => one.method === 'PUT' && !one.path.includes('dry_run'))
    assert.deepEqual([asked.headers['if-match'], JSON.parse(asked.body)], ['"2"', { Limits: { Retries: 3 } }])
    await operator.leave()
  },
  'two operators at once: the later one is told, loses nothing, and can bring both together': async ({ browser, server }) => {
    const operator = await open(browser, server)
    await editor(operator).fill('{"Limits": {"Retries": 5, "RequestTimeoutSeconds": 1}}')
    server.put({ Limits: { Retries: 1, RequestTimeoutSeconds: 60 }, Budgets: { SoftThreshold: 0.5 } }, 'jwt:carol')
    await operator.page.getByText('jwt:carol has put version 3 meanwhile').waitFor()
    assert.equal(await editor(operator).inputValue(), '{"Limits": {"Retries": 5, "RequestTimeoutSeconds": 1}}')
    await operator.screenshot('console-conflict')
    await operator.page.getByRole('button', { name: 'Bring both together' }).click()
    assert.deepEqual(JSON.parse(await editor(operator).inputValue()), { Limits: { Retries: 5, RequestTimeoutSeconds: 60 }, Budgets: { SoftThreshold: 0.5 } })
    await put(operator)
    await operator.page.getByText('Version 4 is in force.').first().waitFor()
    await operator.leave()
  },
  'one who was not told in time is refused, not the other overwritten': async ({ browser, server }) => {
    const operator = await open(browser, server)
    await editor(operator).fill('{"Limits": {"Retries": 5}}')
    await operator.page.getByRole('button', { name: 'Put in force' }).click()
    await operator.page.getByRole('dialog').waitFor()
    server.versions.push({ ...server.versions.at(-1), version: 3, id: '3', author: 'jwt:dave', overlay: { Limits: { Retries: 7 } } })
    await operator.page.getByRole('dialog').getByRole('button', { name: 'Put in force' }).click()
    await operator.page.getByText('jwt:dave has put version 3 meanwhile').waitFor()
    await operator.page.getByText('Both of you changed Limits:Retries').waitFor()
    assert.deepEqual(server.versions.at(-1).overlay, { Limits: { Retries: 7 } })
    assert.equal(await editor(operator).inputValue(), '{"Limits": {"Retries": 5}}')
    await operator.leave()
  },
  'the gateway restarts mid-edit: it is said, the text stays, and goes through afterwards': async ({ browser, server }) => {
    const operator = await open(browser, server)
    await editor(operator).fill('{"Limits": {"Retries": 4}}')
    server.isAway = true
    await operator.page.getByRole('button', { name: 'Put in force' }).click()
    await operator.page.getByText('The gateway does not answer').first().waitFor()
    assert.equal(await editor(operator).inputValue(), '{"Limits": {"Retries": 4}}')
    server.isAway = false
    server.tell('events', 'config', { version: 2, refused: false })
    await operator.page.getByText('The gateway answers again.').waitFor()
    await put(operator)
    await operator.page.getByText('Version 3 is in force.').first().waitFor()
    await operator.leave()
  },
  'what was typed is there again after a look at another page': async ({ browser, server }) => {
    const operator = await open(browser, server)
    await editor(operator).fill('{"Limits": {"Retries": 6}}')
    await operator.go('Keys')
    await operator.go('Configuration')
    await until(() => editor(operator).inputValue(), (text) => text === '{"Limits": {"Retries": 6}}', 'the draft')
    await operator.page.getByRole('button', { name: 'Discard' }).click()
    assert.match(await editor(operator).inputValue(), /RequestTimeoutSeconds/)
    await operator.leave()
  },
  'the schema explains the key at the caret': async ({ browser, server }) => {
    server.schema = { properties: { Gateway: { properties: { Limits: { type: 'object', properties: { Retries: { description: 'How often a target is tried again.', type: 'integer', minimum: 0, maximum: 10, default: 2 } } } } } } }
    const operator = await open(browser, server)
    await editor(operator).fill('{"Limits": {"Retries": ')
    const help = operator.page.getByRole('complementary', { name: 'About the key at the caret' })
    await help.getByRole('heading', { name: 'Gateway › Limits › Retries' }).waitFor()
    assert.match(await help.innerText(), /How often a target is tried again\.[\s\S]*integer, 0 to 10, 2 by default/)
    await operator.leave()
  },
}
