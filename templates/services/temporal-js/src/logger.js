import { pino, stdTimeFunctions } from 'pino';

/** @import { DestinationStream } from 'pino' */

/**
 * One JSON object per line: time, level, service, message, and whatever the caller adds.
 * @param {{ service: string, level: string }} options
 * @param {DestinationStream} [destination]
 */
export function createLogger(options, destination) {
  return pino(
    {
      level: options.level,
      base: { service: options.service },
      messageKey: 'message',
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (level) => ({ level }) },
      serializers: { err: describe },
    },
    destination,
  );
}

/**
 * Nothing else: drivers hang the failed command on an error, and with it passwords and user data.
 * @param {NodeJS.ErrnoException} error
 */
function describe(error) {
  return { type: error.name, code: error.code, message: error.message, stack: error.stack };
}
