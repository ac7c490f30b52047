import type { Template } from '../../action/config/template.ts'
import type { Cell } from './cells/cell.ts'
import { grpcCells } from './cells/grpc.ts'
import { healthCells } from './cells/health.ts'
import { dockerfileCell, imageCells } from './cells/image.ts'
import { requestCells } from './cells/requests.ts'
import { storeCells } from './cells/stores.ts'
import { syntaxCells } from './cells/syntax.ts'
import type { Result } from './results.ts'

/** What every template guarantees, in the order in which it is checked. */
export const contract: readonly Cell[] = [
  ...syntaxCells,
  dockerfileCell,
  ...imageCells,
  ...healthCells,
  ...storeCells,
  ...requestCells,
  ...grpcCells,
]

/** The part of it that needs neither the official images nor every language's package registry. */
const withoutBuilding: readonly Cell[] = [...syntaxCells, dockerfileCell]

/** The cells to check for a template on this machine; `official`: one that can build everything. */
export function cellsFor({ verified }: Template, official: boolean): readonly Cell[] {
  return verified === undefined || official ? contract : withoutBuilding
}

/** Whether a result has every cell that this project's own machines can check. */
export function isProven(template: Template, { cells }: Result): boolean {
  return cellsFor(template, false).every(({ id }) => cells[id] !== undefined)
}
