import type { LoggerService } from '@nestjs/common';
import { type DestinationStream, type Level, type Logger, pino, stdTimeFunctions } from 'pino';
import { requestContext } from './request-context.js';

/** Nest announces each module and route: of interest only when one is missing. */
const START_UP = new Set(['NestFactory', 'InstanceLoader', 'RoutesResolver', 'RouterExplorer']);

/**
 * Nest's logger as one JSON object per line: time, level, service, context, message, and whatever the
 * caller adds. In a class: `new Logger(ItemsController.name).warn('Something', { err, more: 1 })`.
 */
export class JsonLogger implements LoggerService {
  readonly #pino: Logger;

  constructor(options: { service: string; level: string }, destination?: DestinationStream) {
    this.#pino = pino(
      {
        level: options.level,
        base: { service: options.service },
        messageKey: 'message',
        timestamp: stdTimeFunctions.isoTime,
        formatters: { level: (level) => ({ level }) },
        serializers: { err: describe },
        mixin: () => ({ ...requestContext.getStore() }), // a copy: pino adds each line's fields to it
      },
      destination,
    );
  }

  log(message: unknown, ...details: unknown[]): void {
    this.#write(START_UP.has(String(details.at(-1))) ? 'debug' : 'info', message, details);
  }

  fatal(message: unknown, ...details: unknown[]): void {
    this.#write('fatal', message, details);
  }

  error(message: unknown, ...details: unknown[]): void {
    this.#write('error', message, details);
  }

  warn(message: unknown, ...details: unknown[]): void {
    this.#write('warn', message, details);
  }

  debug(message: unknown, ...details: unknown[]): void {
    this.#write('debug', message, details);
  }

  verbose(message: unknown, ...details: unknown[]): void {
    this.#write('trace', message, details);
  }

  /** By Nest's convention the last string is the context, and one before it a stack. */
  #write(level: Level, message: unknown, details: unknown[]): void {
    const [context, stack] = details.filter((detail) => typeof detail === 'string').reverse();
    const fields = details.map((detail) => (detail instanceof Error ? { err: detail } : detail));
    const err = message instanceof Error ? { err: message } : undefined;
    const added = fields.filter((field) => typeof field === 'object');
    const text = message instanceof Error ? message.message : String(message);
    this.#pino[level](Object.assign({ context, stack }, err, ...added), text);
  }
}

/** Nothing else: drivers hang the failed command on an error, and with it passwords and user data. */
function describe(error: unknown) {
  if (!(error instanceof Error)) return { message: String(error) };
  const { name, code, message, stack } = error as NodeJS.ErrnoException;
  return { type: name, code, message, stack };
}
