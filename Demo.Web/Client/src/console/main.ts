import '../shared/styles/tokens.css'
import '../shared/styles/base.css'
import '../shared/styles/controls.css'
import './console.css'
import { announce } from '../shared/announce'
import { byId, h } from '../shared/dom'
import { themeButton } from '../shared/theme'
import { Admin } from './api/admin'
import { LiveEvents } from './live-events'
import { pages } from './pages'
import { confirm } from './parts/confirm'
import { linkTo, linkWith, readPlace } from './place'
import { readSettings } from './requests/trace-link'
import { SignIn } from './sign-in'
import type { Desk, View } from './view'

const main = byId('main', 'main')
const nav = byId('pages', 'nav')
const signOut = byId('sign-out', 'button')
const liveMark = byId('live', 'span')
let open: { readonly page: string; readonly view: View } | undefined

const admin = new Admin(() => { signIn.ask('Your credential is not accepted any more, or does not let you administer the gateway. Sign in again: what you typed is still there.') })
const live = new LiveEvents(admin, (state) => {
  liveMark.hidden = state === 'off'
  liveMark.className = `live is-${state}`
  liveMark.textContent = state === 'live' ? 'Live' : 'Reconnecting'
})
const signIn = new SignIn(admin, () => {
  nav.hidden = signOut.hidden = false
  live.start()
  show()
})
const desk: Desk = {
  admin,
  live,
  drafts: new Map(),
  adjust: (changes) => {
    history.replaceState(null, '', linkWith(readPlace(location.hash), changes))
    show()
  },
}

/** Shows the place that the URL names; the page stays where it is the same one. */
function show(): void {
  if (!admin.isSignedIn) {
    return
  }

  const place = readPlace(location.hash)
  const page = pages.find((one) => one.name === place.page) ?? pages[0]
  if (page === undefined) {
    return
  }

  document.title = `${page.title} · Console · AI Model Gateway`
  nav.replaceChildren(...pages.map((one) => h('a', { href: linkTo(one.name), 'aria-current': one === page ? 'page' : undefined }, one.title)))
  if (open?.page !== page.name) {
    open?.view.leave?.()
    open = { page: page.name, view: page.open(desk) }
    main.replaceChildren(open.view.element)
    main.scrollTo(0, 0)
    announce(page.title)
  }

  open.view.show(place)
}

/** Forgets the credential and all that it showed. */
async function leave(): Promise<void> {
  if (desk.drafts.size > 0 && !(await confirm({ title: 'Sign out?', consequences: ['What you typed and did not put in force is dropped.'], action: 'Sign out', isDangerous: true }))) {
    return
  }

  desk.drafts.clear()
  admin.signOut()
  live.stop()
  open?.view.leave?.()
  open = undefined
  main.replaceChildren()
  nav.hidden = signOut.hidden = true
  signIn.ask('You are signed out.')
}

byId('theme', 'span').append(themeButton())
byId('skip', 'a').addEventListener('click', (event) => {
  event.preventDefault()
  main.focus()
})
signOut.addEventListener('click', () => void leave())
void readSettings()
addEventListener('hashchange', show)
addEventListener('beforeunload', (event) => {
  if (desk.drafts.size > 0) {
    event.preventDefault()
  }
})
signIn.ask('Sign in with the gateway’s admin key, or with a token that has the administrator’s claim.')
