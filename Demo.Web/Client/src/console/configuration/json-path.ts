/** The keys that lead to a place in JSON that is being typed, and so need not be whole: in {"Limits": {"Retries": 1| they are Limits, Retries. */
export function pathAt(text: string, offset: number): string[] {
  const open: { key: string | undefined; readonly isList: boolean; index: number; isValue: boolean }[] = []
  let last = ''
  for (const token of tokens(text.slice(0, offset))) {
    const inner = open.at(-1)
    if (token === '{' || token === '[') {
      open.push({ key: undefined, isList: token === '[', index: 0, isValue: false })
    } else if (token === '}' || token === ']') {
      open.pop()
    } else if (token === ':' && inner !== undefined) {
      inner.key = last
      inner.isValue = true
    } else if (token === ',' && inner !== undefined) {
      inner.index += 1
      inner.isValue = false
      inner.key = undefined
    } else if (token.startsWith('"')) {
      last = token.replace(/^"|"$/g, '')
      if (inner !== undefined && !inner.isList && !inner.isValue) {
        inner.key = last
      }
    }
  }

  return open.flatMap((level) => (level.isList ? [String(level.index)] : level.key === undefined ? [] : [level.key]))
}

/** Where the value of a key stands in JSON text: Gateway:Limits:Retries; undefined where it is not in it. */
export function offsetOf(text: string, key: string): number | undefined {
  const wanted = key.split(':').filter((name, i) => i > 0 || name.toLowerCase() !== 'gateway').join(':').toLowerCase()
  let best: number | undefined
  for (const match of text.matchAll(/"(?:[^"\\]|\\.)*"\s*:/g)) {
    const end = match.index + match[0].length
    const path = pathAt(text, end).join(':').toLowerCase()
    if (path === wanted) {
      return match.index
    }

    best = wanted.startsWith(`${path}:`) ? match.index : best
  }

  return best
}

function* tokens(text: string): Generator<string> {
  for (const match of text.matchAll(/"(?:[^"\\]|\\.)*"?|[{}[\]:,]/g)) {
    yield match[0]
  }
}
