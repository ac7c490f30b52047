import { cascadeFiles } from '../config/environment.ts'
import type { Project } from '../config/project.ts'
import { layoutOf } from './compose/layout.ts'
import type { RenderedFile } from './file.ts'
import { withHeader } from './header.ts'

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
${project.tls === 'none' || project.core === 'external' ? '' : `mkdir -p ${directory}ssl\n`}for file in ${composeFiles.map((file) => directory + file).join(' ')}; do
  if [ -f "$file" ]; then set -- --file "$file" "$@"; fi
done
for file in ${files.toReversed().join(' ')}; do
  if [ -f "$file" ]; then set -- --env-file "$file" "$@"; fi
done
exec docker compose --project-directory ./${directory} "$@"
`
  return { path: wrapperPath(project), content: withHeader(body, '#', 'change the CS_N lines.'), executable: true }
}
