import { Client, ServiceError } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import { StoreUnavailableError } from '../errors.ts';
import type { Store, StoreStatus } from '../stores/store.ts';

const DEADLINE_MS = 3_000;

export interface ServerOptions {
  address: string;
  namespace: string;
  apiKey: string | undefined;
  tls: boolean;
}

/** The one connection of the worker and the client. The first attempt must succeed; then it reconnects by itself. */
export class TemporalConnection implements Store {
  readonly namespace: string;
  readonly #options: { address: string; tls: boolean; apiKey?: string };
  #connection: NativeConnection | undefined;

  constructor({ address, namespace, apiKey, tls }: ServerOptions) {
    this.namespace = namespace;
    this.#options = { address, tls, ...(apiKey === undefined ? {} : { apiKey }) };
  }

  async open(): Promise<NativeConnection> {
    this.#connection ??= await NativeConnection.connect(this.#options);
    return this.#connection;
  }

  async run<T>(command: (client: Client) => Promise<T>): Promise<T> {
    const connection = this.#connection;
    if (connection === undefined) throw new StoreUnavailableError('Temporal');
    const client = new Client({ connection, namespace: this.namespace });
    try {
      return await connection.withDeadline(Date.now() + DEADLINE_MS, () => command(client));
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      throw new StoreUnavailableError('Temporal', error.cause ?? error);
    }
  }

  async status(): Promise<StoreStatus> {
    return this.run(({ connection }) => connection.workflowService.getSystemInfo({})).then(
      () => 'up',
      () => 'down',
    );
  }

  async close(): Promise<void> {
    // Refused while a worker that did not finish in time holds it; then it ends with the process.
    await this.#connection?.close().catch(() => {});
  }
}
