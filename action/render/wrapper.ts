import { cascadeFiles } from '../config/environment.ts'
import type { Project } from '../config/project.ts'
import { isIssued } from './certificates.ts'
import { layoutOf } from './compose/layout.ts'
import type { RenderedFile } from './file.ts'
import { withHeader } from './header.ts'
import { makesCertificates } from './local-certificates.ts'

/** The command that starts the generated stack, from the project's root. */
export function startCommand(project: Project): string {
  return `${wrapperPath(project)} up --build --wait`
}

function wrapperPath(project: Project): string {
  const { directory } = layoutOf(project.environment)
  return directory === '' ? 'services/.scaffold/compose' : `${directory}compose`
}

/**
 * Renders `compose`: `docker compose` with every env file of the cascade. Compose alone reads only `.env`, and each of
 * its commands interpolates the whole file.
 */
export function renderWrapper(project: Project): RenderedFile {
  const { directory } = layoutOf(project.environment)
  // Beside an nself CLI, docker-compose.override.yml belongs to that CLI's own stack.
  const composeFiles = project.core === 'external' ? ['docker-compose.custom.yml'] : ['docker-compose.override.yml', 'docker-compose.yml']
  const files = cascadeFiles(project.environment, project.envOrder)
  const body = `#!/bin/sh
# docker compose for ${project.name} (${project.environment.name}), with every env file of the cascade that exists.
set -eu
cd "$(dirname "$0")/../.."
${prepareCertificates(project, directory)}${testNginxFiles(project, directory)}for file in ${composeFiles.map((file) => directory + file).join(' ')}; do
  if [ -f "$file" ]; then set -- --file "$file" "$@"; fi
done
for file in ${files.toReversed().join(' ')}; do
  if [ -f "$file" ]; then set -- --env-file "$file" "$@"; fi
done
exec docker compose --project-directory ./${directory} "$@"
`
  return { path: wrapperPath(project), content: withHeader(body, '#', 'change the CS_N lines.'), executable: true }
}

// A folder that Docker makes for a mount belongs to root.
function prepareCertificates(project: Project, directory: string): string {
  if (makesCertificates(project))
    return `case \${1:-} in up | create | run | start | restart | watch) ${wrapperPath(project).replace(/compose$/, 'certificates')} || echo 'HTTPS stays off.' >&2 ;; esac\n`
  if (project.tls === 'none' || project.core === 'external' || isIssued(project)) return ''
  return `mkdir -p -m 700 ${directory}ssl && mkdir -p ${directory}ssl/certificates\n`
}

// Generated files are known to be good. A name that hand-written ones pass requests to may not be there before the first start.
function testNginxFiles(project: Project, directory: string): string {
  const { core, nginx } = project
  if (core === 'external' || nginx === undefined) return ''
  return `case \${1:-} in up | create | start | restart)
  for file in ${directory}nginx/conf.d/*.conf ${directory}nginx/custom/*.conf; do
    if [ ! -f "$file" ] || [ "$file" = ${directory}nginx/conf.d/default.conf ]; then continue; fi
    said=$(${wrapperPath(project)} run --rm --no-deps -T --entrypoint nginx nginx -t 2>&1) || case $said in
      *'[emerg]'*'host not found'*) ;;
      *'[emerg]'*)
        printf '%s\\n' "$said" 'nginx refuses its files, so nothing was started or stopped. Correct the line that it names.' >&2
        exit 1
        ;;
    esac
    break
  done
  ;;
esac
`
}
