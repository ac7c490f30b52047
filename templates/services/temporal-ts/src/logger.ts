import { type DestinationStream, type Logger, pino, stdTimeFunctions } from 'pino';

export type { Logger };

/** One JSON object per line: time, level, service, message, and whatever the caller adds. */
export function createLogger(
  options: { service: string; level: string },
  destination?: DestinationStream,
): Logger {
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

/** Nothing else: drivers hang the failed command on an error, and with it passwords and user data. */
function describe(error: NodeJS.ErrnoException) {
  return { type: error.name, code: error.code, message: error.message, stack: error.stack };
}
