import { Runtime } from '@temporalio/worker';

/**
 * @import { Logger as TemporalLogger } from '@temporalio/common'
 * @import { Logger } from 'pino'
 */

const LEVELS = { TRACE: 'trace', DEBUG: 'debug', INFO: 'info', WARN: 'warn', ERROR: 'error' };

/**
 * Has everything that Temporal's runtime, workflows and activities log written by our logger.
 * @param {Logger} logger
 */
export function installRuntime(logger) {
  Runtime.install({
    logger: temporalLogger(logger),
    telemetryOptions: { logging: { filter: { core: 'WARN', other: 'ERROR' }, forward: {} } },
    shutdownSignals: [], // server.js decides when to stop
  });
}

/**
 * @param {Logger} logger
 * @returns {TemporalLogger}
 */
export function temporalLogger(logger) {
  const log = (level, message, { error, ...meta } = {}) => {
    const details = error instanceof Error ? { ...meta, err: error } : { ...meta, error };
    logger[LEVELS[level]](details, message);
  };
  return {
    log,
    trace: (message, meta) => log('TRACE', message, meta),
    debug: (message, meta) => log('DEBUG', message, meta),
    info: (message, meta) => log('INFO', message, meta),
    warn: (message, meta) => log('WARN', message, meta),
    error: (message, meta) => log('ERROR', message, meta),
  };
}
