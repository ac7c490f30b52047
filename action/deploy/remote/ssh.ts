/** What a command on the host gave. */
export interface SshResult {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

export interface RunOptions {
  /** What the command reads; nothing by default. Secrets go this way, never through the command. */
  readonly stdin?: Uint8Array | AsyncIterable<Uint8Array>
  /** The command is given up after this time, with NB856. */
  readonly timeoutSeconds: number
  /** Takes stdout as it comes; it is in the result, too. */
  readonly onOutput?: (chunk: Uint8Array) => void
}

/** One host, over one connection that all commands share. */
export interface Ssh {
  /** `deploy@203.0.113.7:22`, for messages. */
  readonly host: string
  /**
   * Runs a command line made by `shellCommand`. Any exit code is a result; a connection that fails or ends is a `RemoteError` (NB850–NB856).
   * Each call is one round trip.
   */
  run(command: string, options: RunOptions): Promise<SshResult>
}
