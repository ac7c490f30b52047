const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'];

export type Config = Readonly<ReturnType<typeof readConfig>>;

/** Reads the whole environment once; throws one error that names everything wrong with it. */
export function loadConfig(env: NodeJS.ProcessEnv): Config {
  const problems: string[] = [];
  const config = readConfig(env, problems);
  if (problems.length > 0) throw new Error(problems.join('; '));
  return config;
}

function readConfig(env: NodeJS.ProcessEnv, problems: string[]) {
  /** A problem never repeats the value: it may be a password. */
  const read = (variable: string, rule: string, isValid: (value: string) => boolean) => {
    const value = env[variable] || undefined; // Compose passes an unset variable as an empty string
    if (value === undefined || isValid(value)) return value;
    problems.push(`${variable} must be ${rule}`);
    return undefined;
  };

  const port = read('PORT', 'a port number from 1 to 65535', isPort);
  const servicePort = read('SERVICE_PORT', 'a port number from 1 to 65535', isPort);
  const logLevel = read('LOG_LEVEL', `one of ${LOG_LEVELS.join(', ')}`, isLogLevel);
  const path = read('HEALTHCHECK_PATH', 'a plain path such as /health', isPlainPath);
  const address = read('TEMPORAL_ADDRESS', 'host:port, without a scheme', isAddress);
  const tls = read('TEMPORAL_TLS', 'true or false', (value) => /^(true|false)$/.test(value));
  const serviceName = env.SERVICE_NAME || 'service';
  const apiKey = env.TEMPORAL_API_KEY || undefined;
  return {
    serviceName,
    port: Number(port ?? servicePort ?? 8000),
    logLevel: logLevel?.toLowerCase() ?? 'info',
    healthcheckPath: path ?? '/health',
    temporal: {
      address: address ?? 'temporal:7233',
      namespace: env.TEMPORAL_NAMESPACE || 'default',
      taskQueue: env.TEMPORAL_TASK_QUEUE || serviceName,
      apiKey,
      // A key must not travel in the clear unless somebody says so.
      tls: tls === undefined ? apiKey !== undefined : tls === 'true',
    },
    databaseUrl: read('DATABASE_URL', 'a postgresql:// URL', isPostgresUrl),
    tablePrefix:
      read('TABLE_PREFIX', 'a letter or underscore, then letters, digits, underscores', isPrefix) ??
      '',
  };
}

function isPort(value: string): boolean {
  return /^\d{1,5}$/.test(value) && Number(value) >= 1 && Number(value) <= 65_535;
}

function isLogLevel(value: string): boolean {
  return LOG_LEVELS.includes(value.toLowerCase());
}

function isPlainPath(value: string): boolean {
  return /^\/[\w.~/-]*$/.test(value);
}

function isAddress(value: string): boolean {
  const [, port] = /^(?:[\w.-]+|\[[\da-fA-F:.]+\]):(\d+)$/.exec(value) ?? [];
  return port !== undefined && isPort(port);
}

function isPostgresUrl(value: string): boolean {
  const url = URL.parse(value);
  return url !== null && /^postgres(ql)?:$/.test(url.protocol) && url.hostname !== '';
}

function isPrefix(value: string): boolean {
  return /^[A-Za-z_]\w*$/.test(value);
}
