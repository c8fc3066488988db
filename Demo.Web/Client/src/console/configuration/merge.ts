type Json = unknown
type JsonObject = Readonly<Record<string, Json>>

/** Two changes of one document brought together; where both changed the same thing, mine stays and its path is told. */
export function merge(base: Json, mine: Json, theirs: Json, path: readonly string[] = []): { readonly value: Json; readonly conflicts: readonly string[] } {
  if (same(mine, theirs) || same(base, theirs)) {
    return { value: mine, conflicts: [] }
  }

  if (same(base, mine)) {
    return { value: theirs, conflicts: [] }
  }

  if (!isObject(mine) || !isObject(theirs)) {
    return { value: mine, conflicts: [path.join(':')] }
  }

  const old = isObject(base) ? base : {}
  const parts = [...new Set([...Object.keys(theirs), ...Object.keys(mine)])].map((name) => [name, merge(old[name], mine[name], theirs[name], [...path, name])] as const)
  return {
    value: Object.fromEntries(parts.filter(([, part]) => part.value !== undefined).map(([name, part]) => [name, part.value])),
    conflicts: parts.flatMap(([, part]) => part.conflicts),
  }
}

function same(one: Json, other: Json): boolean {
  return JSON.stringify(sorted(one)) === JSON.stringify(sorted(other))
}

function sorted(value: Json): Json {
  return Array.isArray(value) ? value.map(sorted) : isObject(value) ? Object.fromEntries(Object.keys(value).sort().map((name) => [name, sorted(value[name])])) : value
}

function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
