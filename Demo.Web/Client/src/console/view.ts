import type { Admin } from './api/admin'
import type { LiveEvents } from './live-events'
import type { Params, Place } from './place'

/** A page of the console. It is made when one comes to it, shown at every change of the place within it, and left when one goes. */
export interface View {
  readonly element: HTMLElement
  show(place: Place): void
  leave?(): void
}

/** What every page works with. */
export interface Desk {
  readonly admin: Admin
  readonly live: LiveEvents
  /** What was typed and not sent, by what it is for: it outlives the page it was typed in. */
  readonly drafts: Map<string, string>
  /** Changes how the present place is looked at, without a step in the browser's history. */
  adjust(changes: Params): void
}
