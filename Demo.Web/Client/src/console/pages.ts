import { AlertsView } from './alerts/alerts-view'
import { BatchesView } from './batches/batches-view'
import { ConfigurationView } from './configuration/configuration-view'
import { ExperimentsView } from './experiments/experiments-view'
import { FlagsView } from './flags/flags-view'
import { KeysView } from './keys/keys-view'
import { ModelsView } from './models/models-view'
import { OverviewView } from './overview/overview-view'
import { ProductsView } from './products/products-view'
import { RequestsView } from './requests/requests-view'
import { SpendView } from './spend/spend-view'
import { TenantsView } from './tenants/tenants-view'
import type { Desk, View } from './view'

export interface PageOfConsole {
  readonly name: string
  readonly title: string
  readonly open: (desk: Desk) => View
}

/** The console's table of contents. */
export const pages: readonly PageOfConsole[] = [
  { name: '', title: 'Overview', open: (desk) => new OverviewView(desk) },
  { name: 'requests', title: 'Requests', open: (desk) => new RequestsView(desk) },
  { name: 'spend', title: 'Spend', open: (desk) => new SpendView(desk) },
  { name: 'keys', title: 'Keys', open: (desk) => new KeysView(desk) },
  { name: 'tenants', title: 'Tenants', open: (desk) => new TenantsView(desk) },
  { name: 'models', title: 'Models', open: (desk) => new ModelsView(desk) },
  { name: 'configuration', title: 'Configuration', open: (desk) => new ConfigurationView(desk) },
  { name: 'flags', title: 'Flags', open: (desk) => new FlagsView(desk) },
  { name: 'experiments', title: 'Experiments', open: (desk) => new ExperimentsView(desk) },
  { name: 'batches', title: 'Batches', open: (desk) => new BatchesView(desk) },
  { name: 'products', title: 'Products', open: (desk) => new ProductsView(desk) },
  { name: 'alerts', title: 'Alerts', open: (desk) => new AlertsView(desk) },
]
