const dayMs = 86_400_000

/** A moment as operators compare it with logs: UTC, and the day only where it is not today. */
export function momentText(moment: string | number | Date): string {
  return `${clockText(moment)} UTC`
}

/** The same for columns whose heads say that they are UTC. */
export function clockText(moment: string | number | Date, now = Date.now()): string {
  const date = new Date(moment)
  if (Number.isNaN(date.getTime())) {
    return String(moment)
  }

  const iso = date.toISOString()
  return Math.floor(date.getTime() / dayMs) === Math.floor(now / dayMs) ? iso.slice(11, 19) : `${iso.slice(0, 10)} ${iso.slice(11, 16)}`
}

/** The day in UTC, as the gateway writes it: 2026-11-21. */
export function dayText(moment: Date): string {
  return moment.toISOString().slice(0, 10)
}
