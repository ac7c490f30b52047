import type { Cell } from './cells/cell.ts'
import { healthCells } from './cells/health.ts'
import { imageCells } from './cells/image.ts'
import { requestCells } from './cells/requests.ts'
import { storeCells } from './cells/stores.ts'

/** What every template guarantees, in the order in which it is checked. */
export const contract: readonly Cell[] = [...imageCells, ...healthCells, ...storeCells, ...requestCells]
