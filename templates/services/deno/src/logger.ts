export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

export type LogLevel = (typeof LOG_LEVELS)[number];

type Fields = Record<string, unknown>;

interface Options {
  service: string;
  level: LogLevel;
  write?: (line: string) => void;
}

/** One JSON object per line: time, level, service, message, and whatever the caller adds. */
export class Logger {
  readonly #options: Options;
  readonly #fields: Fields;

  constructor(options: Options, fields: Fields = {}) {
    this.#options = options;
    this.#fields = fields;
  }

  /** A logger that adds these fields to each line. */
  with(fields: Fields): Logger {
    return new Logger(this.#options, { ...this.#fields, ...fields });
  }

  log(level: Exclude<LogLevel, 'silent'>, message: string, fields?: Fields): void {
    const { service, level: lowest, write = console.log } = this.#options;
    if (LOG_LEVELS.indexOf(level) < LOG_LEVELS.indexOf(lowest)) return;
    const time = new Date().toISOString();
    const line = { time, level, service, ...this.#fields, ...fields, message };
    write(JSON.stringify(line, describeErrors));
  }

  debug(message: string, fields?: Fields): void {
    this.log('debug', message, fields);
  }

  info(message: string, fields?: Fields): void {
    this.log('info', message, fields);
  }

  warn(message: string, fields?: Fields): void {
    this.log('warn', message, fields);
  }

  error(message: string, fields?: Fields): void {
    this.log('error', message, fields);
  }

  fatal(message: string, fields?: Fields): void {
    this.log('fatal', message, fields);
  }
}

/** Nothing else: drivers hang the failed command on an error, and with it passwords and user data. */
function describeErrors(_key: string, value: unknown): unknown {
  if (!(value instanceof Error)) return value;
  const { name: type, code, message, stack } = value as Error & { code?: unknown };
  return { type, code, message, stack };
}
