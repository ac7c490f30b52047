import { createHash } from 'node:crypto'
import { databasesOf, type Postgres, type Project } from '../../config/project.ts'
import { acmeService, acmeVolume, certificatesVolume } from '../acme.ts'
import { isIssued } from '../certificates.ts'
import type { RenderedFile } from '../file.ts'
import { required } from '../references.ts'
import { quoted } from '../yaml.ts'
import { logging } from './custom-service.ts'
import { databaseUrl, minioPassword, minioUser, postgresPassword } from './environment.ts'
import { nginxService } from './nginx-service.ts'

type ComposeService = Record<string, unknown>

const common = { restart: 'unless-stopped', security_opt: ['no-new-privileges:true'], logging }

/** The compose entries of the core services that are switched on, in the order in which they start. */
export function coreServices(project: Project, nginxFiles: readonly RenderedFile[]): Record<string, ComposeService> {
  const { postgres, redis, hasura, auth, minio, mailpit, nginx } = project
  const acme = acmeService(project, { source: './nginx/acme', target: '/acme', folder: '/acme' })
  const published = (hostPort: number, port: number) =>
    project.environment.kind === 'development' ? { ports: [quoted(`127.0.0.1:${hostPort}:${port}`)] } : {}
  return {
    ...(postgres === undefined
      ? {}
      : {
          postgres: {
            image: postgres.image,
            ...common,
            environment: environment({ POSTGRES_USER: postgres.user, POSTGRES_PASSWORD: postgresPassword, POSTGRES_DB: postgres.database }),
            ...published(postgres.publishedPort, 5432),
            // By TCP: while the image initialises a new volume, its server listens on the socket only.
            healthcheck: check(
              ['CMD', 'pg_isready', '--host=127.0.0.1', `--username=${postgres.user}`, `--dbname=${postgres.database}`],
              '60s',
            ),
            shm_size: '256m',
            stop_grace_period: '60s',
            volumes: ['postgres_data:/var/lib/postgresql/data', './postgres/init:/docker-entrypoint-initdb.d:ro'],
          },
        }),
    ...postgresInit(project),
    ...(redis === undefined ? {} : { redis: { ...redisService(redis.image), ...published(redis.publishedPort, 6379) } }),
    ...(hasura === undefined || postgres === undefined
      ? {}
      : {
          hasura: {
            ...hasuraService(hasura.image, postgres, project.environment.kind === 'development'),
            ...published(hasura.publishedPort, 8080),
          },
        }),
    ...(auth === undefined || postgres === undefined
      ? {}
      : { auth: { ...authService(project, auth.image, postgres), ...published(auth.publishedPort, 4000) } }),
    ...(minio === undefined
      ? {}
      : {
          minio: {
            image: minio.image,
            ...common,
            // A folder at the root of the volume is a bucket, so the services' bucket exists from the first start.
            entrypoint: ['sh', '-c'],
            command: [`mkdir -p /data/${minio.bucket} && exec minio server /data --console-address :9001`],
            environment: environment({ MINIO_ROOT_USER: minioUser, MINIO_ROOT_PASSWORD: minioPassword }),
            ...(project.environment.kind === 'development'
              ? { ports: [quoted(`127.0.0.1:${minio.publishedPort}:9000`), quoted(`127.0.0.1:${minio.consolePort}:9001`)] }
              : {}),
            volumes: ['minio_data:/data'],
          },
        }),
    ...(mailpit === undefined
      ? {}
      : {
          mailpit: {
            image: mailpit.image,
            ...common,
            ports: [quoted(`127.0.0.1:${mailpit.publishedPort}:8025`), quoted(`127.0.0.1:${mailpit.smtpPort}:1025`)],
          },
        }),
    ...(nginx === undefined ? {} : { nginx: { ...nginxService(project, nginx), ...configurationLabel(project, nginxFiles) } }),
    ...(acme === undefined ? {} : { acme }),
  }
}

/** Named volumes of the core services that are switched on. */
export function coreVolumes(project: Project): string[] {
  const { postgres, redis, minio } = project
  return [
    ...(postgres === undefined ? [] : ['postgres_data']),
    ...(redis === undefined ? [] : ['redis_data']),
    ...(minio === undefined ? [] : ['minio_data']),
    ...(project.nginx !== undefined && isIssued(project) ? [acmeVolume, certificatesVolume] : []),
  ]
}

/** Creates the services' databases on every start: the image's own init scripts run on an empty volume only. */
export function postgresInit(project: Project): Record<string, ComposeService> {
  const { postgres } = project
  if (postgres === undefined || databasesOf(project).length === 0) return {}
  return {
    'postgres-init': {
      image: postgres.image,
      restart: 'no',
      environment: environment({ PGHOST: 'postgres', PGUSER: postgres.user, PGPASSWORD: postgresPassword, PGDATABASE: postgres.database }),
      entrypoint: ['psql', '--no-psqlrc', '--set=ON_ERROR_STOP=1', '--file=/init/10-databases.sql'],
      ...(project.core === 'managed' ? { depends_on: { postgres: { condition: 'service_healthy' } } } : {}),
      security_opt: ['no-new-privileges:true'],
      logging,
      volumes: ['./postgres/init:/init:ro'],
    },
  }
}

function environment(values: Record<string, string>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, quoted(value)]))
}

function check(test: readonly string[], startPeriod: string): ComposeService {
  return { test, interval: '10s', timeout: '5s', retries: 5, start_period: startPeriod, start_interval: '1s' }
}

// The password reaches the server by standard input: a process's arguments are readable by everyone on the host.
const redisScript = [
  'escaped=$$(printf %s "$$REDIS_PASSWORD" | sed \'s/[\\\\"]/\\\\&/g\')',
  '{ echo "appendonly yes"; echo "databases 16"; [ -z "$$REDIS_PASSWORD" ] || printf \'requirepass "%s"\\n\' "$$escaped"; } | exec redis-server -',
].join('; ')

function redisService(image: string): ComposeService {
  return {
    image,
    ...common,
    command: ['sh', '-c', redisScript],
    environment: environment({ REDIS_PASSWORD: '${REDIS_PASSWORD:-}' }),
    healthcheck: check(['CMD-SHELL', 'REDISCLI_AUTH="$$REDIS_PASSWORD" redis-cli ping 2>/dev/null | grep -q PONG'], '30s'),
    volumes: ['redis_data:/data'],
  }
}

const adminSecret = required('HASURA_GRAPHQL_ADMIN_SECRET', 'set HASURA_GRAPHQL_ADMIN_SECRET in .env.secrets')
// Compose 2.26 evaluates a nested `:?` even where the outer variable is set, so a choice of two names cannot be required.
const jwtConfiguration = '{"type":"${HASURA_JWT_TYPE:-HS256}","key":"${HASURA_JWT_KEY:-${JWT_SECRET:-}}"}'

function hasuraService(image: string, postgres: Postgres, isDevelopment: boolean): ComposeService {
  const url = databaseUrl(postgres.user, postgres.database)
  return {
    image,
    ...common,
    environment: environment({
      HASURA_GRAPHQL_METADATA_DATABASE_URL: url,
      HASURA_GRAPHQL_DATABASE_URL: url,
      HASURA_GRAPHQL_ADMIN_SECRET: adminSecret,
      HASURA_GRAPHQL_JWT_SECRET: jwtConfiguration,
      HASURA_GRAPHQL_UNAUTHORIZED_ROLE: '${HASURA_GRAPHQL_UNAUTHORIZED_ROLE:-public}',
      HASURA_GRAPHQL_ENABLE_CONSOLE: `\${HASURA_GRAPHQL_ENABLE_CONSOLE:-${isDevelopment}}`,
      HASURA_GRAPHQL_ENABLE_TELEMETRY: 'false',
    }),
    depends_on: { postgres: { condition: 'service_healthy' } },
    healthcheck: check(['CMD', 'curl', '--fail', '--silent', 'http://127.0.0.1:8080/healthz'], '60s'),
  }
}

function authService(project: Project, image: string, postgres: Postgres): ComposeService {
  const scheme = project.tls === 'none' ? 'http' : 'https'
  const domain = project.coreSites.find(({ service }) => service === 'auth')?.domain ?? `auth.${project.baseDomain}`
  return {
    image,
    ...common,
    environment: environment({
      AUTH_HOST: '0.0.0.0',
      AUTH_PORT: '4000',
      AUTH_SERVER_URL: `${scheme}://${domain}`,
      AUTH_CLIENT_URL: `\${AUTH_CLIENT_URL:-${scheme}://${project.baseDomain}}`,
      AUTH_JWT_ACCESS_TOKEN_EXPIRES_IN: '${AUTH_JWT_ACCESS_TOKEN_EXPIRES_IN:-900}',
      HASURA_GRAPHQL_ADMIN_SECRET: adminSecret,
      HASURA_GRAPHQL_DATABASE_URL: databaseUrl(postgres.user, postgres.database),
      HASURA_GRAPHQL_GRAPHQL_URL: 'http://hasura:8080/v1/graphql',
      HASURA_GRAPHQL_JWT_SECRET: jwtConfiguration,
    }),
    depends_on: {
      postgres: { condition: 'service_healthy' },
      ...(project.hasura === undefined ? {} : { hasura: { condition: 'service_healthy' } }),
    },
    healthcheck: check(['CMD', 'wget', '-q', '-O', '/dev/null', 'http://127.0.0.1:4000/healthz'], '60s'),
  }
}

// nginx reads its files once. In development `up` recreates it when they changed; elsewhere a deploy reloads it, which drops no request.
function configurationLabel({ environment }: Project, files: readonly RenderedFile[]): ComposeService {
  if (environment.kind !== 'development') return {}
  const hash = createHash('sha256')
  for (const { path, content } of files) hash.update(JSON.stringify([path, content]))
  return { labels: { 'nself-build.configuration': hash.digest('hex') } }
}
