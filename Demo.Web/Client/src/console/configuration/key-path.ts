type JsonObject = Readonly<Record<string, unknown>>

/** Whether these keys lead to something. */
export function has(json: unknown, path: readonly string[]): boolean {
  return at(json, path) !== undefined
}

/** The text of a configuration with what is in force at these keys taken into it, or an empty object; undefined where it is no object. */
export function withKey(overlay: unknown, inForce: JsonObject, path: readonly string[]): string | undefined {
  return isObject(overlay) ? JSON.stringify(set(overlay, path, at(inForce, path) ?? {}), null, 2) : undefined
}

function at(json: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((inner, name) => (isObject(inner) ? inner[name] : undefined), json)
}

function set(json: JsonObject, [name = '', ...rest]: readonly string[], value: unknown): JsonObject {
  const inner = json[name]
  return { ...json, [name]: rest.length === 0 ? value : set(isObject(inner) ? inner : {}, rest, value) }
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
