/** Something outside the configuration failed. The message says what was tried, the state of things, and what to do next; it is shown as it is. */
export class OperationFailure extends Error {}
