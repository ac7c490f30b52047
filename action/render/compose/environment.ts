import type { Project, Service } from '../../config/project.ts'
import { composeValue, inUrl, literal, required } from '../references.ts'

const jwtSecret = '${JWT_SECRET:-${HASURA_JWT_KEY:-}}'
export const postgresPassword = required('POSTGRES_PASSWORD', 'set POSTGRES_PASSWORD in .env.secrets')

/** `redis://redis:6379/<database>`, with the password in front only when there is one. */
export function redisUrl(database: number | undefined): string {
  const credentials = `\${REDIS_PASSWORD:+:}${inUrl('REDIS_PASSWORD', '${REDIS_PASSWORD:-}')}\${REDIS_PASSWORD:+@}`
  return `redis://${credentials}redis:6379${database === undefined ? '' : `/${database}`}`
}

export function databaseUrl(user: string, database: string): string {
  return `postgresql://${user}:${inUrl('POSTGRES_PASSWORD', postgresPassword)}@postgres:5432/${database}`
}

/**
 * The environment of a custom service: every name of the specification and every name that the nself lines set,
 * then `CS_N_ENV`, which wins. Values are compose text: secrets stay references.
 */
export function serviceEnvironment(project: Project, service: Service): Record<string, string> {
  // Without a prototype, so that `__proto__` is a name like any other.
  const environment: Record<string, string> = Object.assign(Object.create(null), {
    SERVICE_NAME: service.name,
    SERVICE_PORT: String(service.port),
    PORT: String(service.port),
    PROJECT_NAME: project.name,
    BASE_DOMAIN: project.baseDomain,
    DOCKER_NETWORK: `${project.name}_network`,
    ENV: project.environment.name,
    ENVIRONMENT: project.environment.name,
    APP_ENV: project.environment.name,
    // Node's ecosystem knows two values; staging runs what production runs.
    NODE_ENV: project.environment.kind === 'development' ? 'development' : 'production',
    ...(service.public && service.domains[0] !== undefined ? { SERVICE_ROUTE: service.domains[0] } : {}),
    ...(service.health.kind === 'path' ? { HEALTHCHECK_PATH: literal(service.health.path) } : {}),
    ...postgresEnvironment(project, service),
    ...redisEnvironment(project, service),
    ...hasuraEnvironment(project),
    ...authEnvironment(project),
    ...storageEnvironment(project),
  })
  for (const name of service.passthrough) environment[name] = `\${${name}-}`
  for (const { key, parts } of service.environment) environment[key] = composeValue(parts, `CS_${service.slot}_ENV`)
  return environment
}

function postgresEnvironment({ postgres }: Project, service: Service): Record<string, string> {
  if (postgres === undefined) return {}
  const database = service.database ?? postgres.database
  return {
    POSTGRES_HOST: 'postgres',
    POSTGRES_PORT: '5432',
    POSTGRES_DB: database,
    POSTGRES_USER: postgres.user,
    POSTGRES_PASSWORD: postgresPassword,
    DATABASE_URL: databaseUrl(postgres.user, database),
    ...(service.tablePrefix === undefined ? {} : { TABLE_PREFIX: service.tablePrefix }),
  }
}

function redisEnvironment({ redis }: Project, service: Service): Record<string, string> {
  if (redis === undefined) return {}
  return {
    REDIS_HOST: 'redis',
    REDIS_PORT: '6379',
    REDIS_PASSWORD: '${REDIS_PASSWORD:-}',
    REDIS_URL: redisUrl(service.redisDatabase),
    ...(service.redisDatabase === undefined ? {} : { REDIS_DB: String(service.redisDatabase) }),
    ...(service.redisPrefix === undefined ? {} : { REDIS_PREFIX: service.redisPrefix }),
  }
}

function hasuraEnvironment({ hasura }: Project): Record<string, string> {
  if (hasura === undefined) return {}
  const secret = required('HASURA_GRAPHQL_ADMIN_SECRET', 'set HASURA_GRAPHQL_ADMIN_SECRET in .env.secrets')
  return {
    HASURA_GRAPHQL_URL: 'http://hasura:8080/v1/graphql',
    HASURA_GRAPHQL_ENDPOINT: 'http://hasura:8080/v1/graphql',
    HASURA_GRAPHQL_ADMIN_SECRET: secret,
    HASURA_ADMIN_SECRET: secret,
  }
}

function authEnvironment({ auth, services }: Project): Record<string, string> {
  const own = services.find(({ name }) => name === 'auth')
  if (auth === undefined && own === undefined) return { JWT_SECRET: jwtSecret }
  const url = `http://auth:${own?.port ?? 4000}`
  return { AUTH_URL: url, AUTH_SERVER_URL: url, HASURA_AUTH_URL: url, JWT_SECRET: jwtSecret }
}

function storageEnvironment({ minio }: Project): Record<string, string> {
  if (minio === undefined) return {}
  return {
    S3_ENDPOINT: 'http://minio:9000',
    S3_ACCESS_KEY: minioUser,
    S3_SECRET_KEY: minioPassword,
    S3_BUCKET: minio.bucket,
  }
}

export const minioUser = '${S3_ACCESS_KEY:-${MINIO_ROOT_USER:-minioadmin}}'
export const minioPassword = '${S3_SECRET_KEY:-${MINIO_ROOT_PASSWORD:-}}'
