import { Client, ServiceError } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import { StoreUnavailableError } from '../errors.js';

/** @import { Store, StoreStatus } from '../stores/store.js' */

const DEADLINE_MS = 3_000;

/**
 * @typedef {object} ServerOptions
 * @property {string} address
 * @property {string} namespace
 * @property {string | undefined} apiKey
 * @property {boolean} tls
 */

/**
 * The one connection of the worker and the client. The first attempt must succeed; then it reconnects by itself.
 * @implements {Store}
 */
export class TemporalConnection {
  #options;
  #connection;

  /** @param {ServerOptions} options */
  constructor({ namespace, ...options }) {
    this.namespace = namespace;
    this.#options = options;
  }

  /** @returns {Promise<NativeConnection>} */
  async open() {
    this.#connection ??= await NativeConnection.connect(this.#options);
    return this.#connection;
  }

  /**
   * @template T
   * @param {(client: Client) => Promise<T>} command
   */
  async run(command) {
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

  /** @returns {Promise<StoreStatus>} */
  async status() {
    return this.run(({ connection }) => connection.workflowService.getSystemInfo({})).then(
      () => 'up',
      () => 'down',
    );
  }

  async close() {
    // Refused while a worker that did not finish in time holds it; then it ends with the process.
    await this.#connection?.close().catch(() => {});
  }
}
