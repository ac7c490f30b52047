import { LOG_LEVELS, type LogLevel } from './logger.ts';

export type Config = Readonly<ReturnType<typeof readConfig>>;

/** Deno.env, or a Map. */
type Environment = { get(variable: string): string | undefined };

/** Reads the whole environment once; throws one error that names everything wrong with it. */
export function loadConfig(env: Environment): Config {
  const problems: string[] = [];
  const config = readConfig(env, problems);
  if (problems.length > 0) throw new Error(problems.join('; '));
  return config;
}

function readConfig(env: Environment, problems: string[]) {
  /** A problem never repeats the value: it may be a password. */
  const read = (variable: string, rule: string, isValid: (value: string) => boolean) => {
    const value = env.get(variable) || undefined; // Compose passes an unset variable as an empty string
    if (value === undefined || isValid(value)) return value;
    problems.push(`${variable} must be ${rule}`);
    return undefined;
  };

  const port = read('PORT', 'a port number from 1 to 65535', isPort);
  const servicePort = read('SERVICE_PORT', 'a port number from 1 to 65535', isPort);
  const logLevel = read('LOG_LEVEL', `one of ${LOG_LEVELS.join(', ')}`, isLogLevel);
  const path = read('HEALTHCHECK_PATH', 'a plain path such as /health', isPlainPath);
  const prefix = read('TABLE_PREFIX', 'letters, digits and _, no digit first', isIdentifier);
  return {
    serviceName: env.get('SERVICE_NAME') || 'service',
    port: Number(port ?? servicePort ?? 8000),
    logLevel: (logLevel?.toLowerCase() ?? 'info') as LogLevel,
    healthcheckPath: path ?? '/health',
    databaseUrl: read('DATABASE_URL', 'a postgresql:// URL', isPostgresUrl),
    tablePrefix: prefix ?? '',
    redisUrl: read('REDIS_URL', 'a redis:// URL', isRedisUrl),
    redisPrefix: env.get('REDIS_PREFIX') ?? '',
  };
}

function isPort(value: string): boolean {
  return /^\d{1,5}$/.test(value) && Number(value) >= 1 && Number(value) <= 65_535;
}

function isLogLevel(value: string): boolean {
  return (LOG_LEVELS as readonly string[]).includes(value.toLowerCase());
}

function isPlainPath(value: string): boolean {
  return /^\/[\w.~/-]*$/.test(value);
}

function isIdentifier(value: string): boolean {
  return /^[A-Za-z_]\w*$/.test(value);
}

function isPostgresUrl(value: string): boolean {
  const url = URL.parse(value);
  return url !== null && /^postgres(ql)?:$/.test(url.protocol) && url.hostname !== '';
}

function isRedisUrl(value: string): boolean {
  const url = URL.parse(value);
  return url !== null && /^rediss?:$/.test(url.protocol) && url.hostname !== '';
}
