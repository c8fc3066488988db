import { GatewayError } from '../../shared/api/gateway-error'
import type { Admin } from '../api/admin'
import type { Configuration, ConfigurationVersion, Difference, Page } from '../api/types'

const conflict = 409

export interface Fault {
  readonly key: string | null
  readonly message: string
}

/** The configuration's part of the admin API; every change says which version its author has seen. */
export class ConfigApi {
  constructor(private readonly admin: Admin) {}

  read(signal?: AbortSignal): Promise<Configuration> {
    return this.admin.get('/admin/config', signal)
  }

  history(signal?: AbortSignal): Promise<Page<ConfigurationVersion>> {
    return this.admin.get('/admin/config/history?limit=50', signal)
  }

  tryOut(text: string): Promise<Difference> {
    return this.admin.change('PUT', '/admin/config?dry_run=true', text)
  }

  put(text: string, version: number): Promise<Configuration> {
    return this.admin.change('PUT', '/admin/config', text, { 'if-match': `"${version}"` })
  }

  tryRollBack(version?: number): Promise<Difference> {
    return this.admin.change('POST', '/admin/config/rollback?dry_run=true', version === undefined ? {} : { version })
  }

  rollBack(seen: number, version?: number): Promise<Configuration> {
    return this.admin.change('POST', '/admin/config/rollback', version === undefined ? {} : { version }, { 'if-match': `"${seen}"` })
  }
}

/** What is wrong with a configuration, where that is why it was refused. */
export function faultsOf(failure: unknown): readonly Fault[] {
  const faults = failure instanceof GatewayError ? (failure.body as { readonly faults?: unknown } | undefined)?.faults : undefined
  return Array.isArray(faults) ? (faults as Fault[]) : []
}

export function isConflict(failure: unknown): boolean {
  return failure instanceof GatewayError && failure.status === conflict
}
