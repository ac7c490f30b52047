import { z } from 'zod';

/** @typedef {z.infer<typeof schema>} Config */

/** Injects the configuration: `@Dependencies(CONFIG)`. */
export const CONFIG = Symbol('config');

/**
 * Compose passes an unset variable as an empty string, so the two mean the same.
 * @template {z.ZodType} T
 * @param {T} type
 */
const optional = (type) =>
  z.preprocess((value) => (value === '' ? undefined : value), type.optional());

const schema = z
  .object({
    SERVICE_NAME: optional(z.string()),
    PORT: optional(port('PORT')),
    SERVICE_PORT: optional(port('SERVICE_PORT')),
    LOG_LEVEL: optional(
      z.preprocess(
        (value) => String(value).toLowerCase(),
        z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], {
          error: 'LOG_LEVEL must be trace, debug, info, warn, error, fatal or silent',
        }),
      ),
    ),
    HEALTHCHECK_PATH: optional(
      z.string().regex(/^\/[\w.~/-]*$/, 'HEALTHCHECK_PATH must be a plain path such as /health'),
    ),
    DATABASE_URL: optional(url(/^postgres(ql)?$/, 'DATABASE_URL must be a postgresql:// URL')),
    TABLE_PREFIX: optional(
      z
        .string()
        .regex(
          /^[A-Za-z_][A-Za-z0-9_]*$/,
          'TABLE_PREFIX must be a letter or underscore, then letters, digits, underscores',
        ),
    ),
    REDIS_URL: optional(url(/^rediss?$/, 'REDIS_URL must be a redis:// URL')),
    REDIS_PREFIX: optional(z.string()),
  })
  .transform((env) => ({
    serviceName: env.SERVICE_NAME ?? 'service',
    port: env.PORT ?? env.SERVICE_PORT ?? 8000,
    logLevel: env.LOG_LEVEL ?? 'info',
    healthcheckPath: env.HEALTHCHECK_PATH ?? '/health',
    databaseUrl: env.DATABASE_URL,
    tablePrefix: env.TABLE_PREFIX ?? '',
    redisUrl: env.REDIS_URL,
    redisPrefix: env.REDIS_PREFIX ?? '',
  }))
  .readonly();

/**
 * Reads the whole environment once; throws one error that names everything wrong with it.
 * @param {NodeJS.ProcessEnv} env
 */
export function loadConfig(env) {
  const result = schema.safeParse(env);
  if (result.success) return result.data;
  throw new Error(result.error.issues.map((issue) => issue.message).join('; '));
}

/** @param {string} variable */
function port(variable) {
  const error = `${variable} must be a port number from 1 to 65535`;
  return z
    .string()
    .regex(/^\d+$/, error)
    .transform(Number)
    .pipe(z.number().min(1, error).max(65_535, error));
}

/**
 * The message must not repeat the value: it carries a password.
 * @param {RegExp} protocol
 * @param {string} error
 */
function url(protocol, error) {
  return z.url({ protocol, hostname: /./, error });
}
