/** As much of JSON schema as that of gateway.json uses. */
export interface Schema {
  readonly description?: string
  readonly type?: string | readonly string[]
  readonly enum?: readonly unknown[]
  readonly default?: unknown
  readonly minimum?: number
  readonly maximum?: number
  readonly properties?: Readonly<Record<string, Schema>>
  readonly additionalProperties?: Schema | boolean
  readonly items?: Schema
}

/** What the schema says of the place that these keys lead to, or of the last one on the way that it knows. */
export function schemaAt(root: Schema, path: readonly string[]): { readonly schema: Schema; readonly path: readonly string[] } {
  let schema = root
  for (const [i, key] of path.entries()) {
    const next = within(schema, key)
    if (next === undefined) {
      return { schema, path: path.slice(0, i) }
    }

    schema = next
  }

  return { schema, path }
}

/** What a value may be, in a line: number, 0.1 to 3600, 30 by default. */
export function allowedText(schema: Schema): string {
  const types = [schema.type ?? []].flat()
  const { minimum, maximum } = schema
  return [
    schema.enum === undefined ? types.join(' or ') : `one of ${schema.enum.map((value) => JSON.stringify(value)).join(', ')}`,
    minimum !== undefined && maximum !== undefined ? `${minimum} to ${maximum}` : minimum !== undefined ? `${minimum} or more` : maximum !== undefined ? `${maximum} at most` : '',
    schema.default === undefined ? '' : `${JSON.stringify(schema.default)} by default`,
  ].filter((text) => text !== '').join(', ')
}

function within(schema: Schema, key: string): Schema | undefined {
  const property = Object.entries(schema.properties ?? {}).find(([name]) => name.toLowerCase() === key.toLowerCase())?.[1]
  const other = typeof schema.additionalProperties === 'object' ? schema.additionalProperties : undefined
  return property ?? schema.items ?? other
}
