const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'];

/**
 * Reads the whole environment once; throws one error that names everything wrong with it.
 * @param {NodeJS.ProcessEnv} env
 */
export function loadConfig(env) {
  const problems = [];
  const config = readConfig(env, problems);
  if (problems.length > 0) throw new Error(problems.join('; '));
  return config;
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @param {string[]} problems
 */
function readConfig(env, problems) {
  /** A problem never repeats the value: it may be a password. */
  const read = (variable, rule, isValid) => {
    const value = env[variable] || undefined; // Compose passes an unset variable as an empty string
    if (value === undefined || isValid(value)) return value;
    problems.push(`${variable} must be ${rule}`);
    return undefined;
  };

  const port = read('PORT', 'a port number from 1 to 65535', isPort);
  const servicePort = read('SERVICE_PORT', 'a port number from 1 to 65535', isPort);
  const logLevel = read('LOG_LEVEL', `one of ${LOG_LEVELS.join(', ')}`, isLogLevel);
  const path = read('HEALTHCHECK_PATH', 'a plain path such as /health', isPlainPath);
  return {
    serviceName: env.SERVICE_NAME || 'service',
    port: Number(port ?? servicePort ?? 8000),
    logLevel: logLevel?.toLowerCase() ?? 'info',
    healthcheckPath: path ?? '/health',
    redisUrl: read('REDIS_URL', 'a redis:// URL', isRedisUrl),
    redisPrefix: env.REDIS_PREFIX ?? '',
  };
}

/** @param {string} value */
function isPort(value) {
  return /^\d{1,5}$/.test(value) && Number(value) >= 1 && Number(value) <= 65_535;
}

/** @param {string} value */
function isLogLevel(value) {
  return LOG_LEVELS.includes(value.toLowerCase());
}

/** @param {string} value */
function isPlainPath(value) {
  return /^\/[\w.~/-]*$/.test(value);
}

/** @param {string} value */
function isRedisUrl(value) {
  const url = URL.parse(value);
  return url !== null && /^rediss?:$/.test(url.protocol) && url.hostname !== '';
}
