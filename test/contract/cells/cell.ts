import type { Subject } from '../subject.ts'

/** One guarantee of the template contract. */
export interface Cell {
  readonly id: string
  readonly title: string
  /** Why the cell does not concern a template; nothing when it does. */
  readonly notFor?: (subject: Subject) => string | undefined
  /** Throws when the guarantee does not hold. */
  readonly check: (subject: Subject) => Promise<void>
}

export const overHttp = ({ template }: Subject) => (template.kind === 'grpc' ? 'speaks gRPC' : undefined)

export function assert(condition: boolean, message: string): void {
  if (!condition) throw new Error(message)
}
