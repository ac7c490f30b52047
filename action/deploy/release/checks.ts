import { type Diagnostic, diagnose, quote } from '../../config/diagnostics.ts'
import type { Project } from '../../config/project.ts'
import { classOf } from './classes.ts'

/** What cannot be deployed at all, whatever the host is. */
export function checkDeployable(project: Project): Diagnostic[] {
  const { environment, core, nginx } = project
  if (environment.kind === 'development')
    return [
      diagnose(
        'NB806',
        'The environment is development, which runs on the machine of whoever develops.',
        'Choose another one: `environment: staging`, `production`, or a name of your own.',
      ),
    ]
  if (core === 'external')
    return [
      diagnose(
        'NB806',
        'core is external: an nself CLI runs nginx and the core services, and deploys them, too.',
        'Leave `core` out, or deploy with the nself CLI; `build` writes the CS_N_IMAGE lines for it.',
      ),
    ]
  if (nginx === undefined)
    return [diagnose('NB806', 'NGINX_ENABLED is false, but nginx is what moves traffic to new containers.', 'Set NGINX_ENABLED=true.')]
  return [...checkVolumes(project), ...checkPorts(project)]
}

function checkVolumes({ services }: Project): Diagnostic[] {
  return services.flatMap(({ slot, volumes, position }) =>
    volumes
      .filter((volume) => volume.startsWith('./'))
      .map((volume) =>
        diagnose(
          'NB804',
          `CS_${slot}_VOLUMES: ${volume.split(':')[0]} is a path of the project, which is not on the host.`,
          'Copy the files into the image, or use a named volume (data:/data).',
          position,
        ),
      ),
  )
}

// nginx listens on the port of each rolled service, for the calls of other containers.
function checkPorts({ services, tls }: Project): Diagnostic[] {
  if (tls === 'none') return []
  return services
    .filter((service) => service.port === 443 && classOf(service) === 'roll')
    .map(({ slot, name, position }) =>
      diagnose('NB807', `${name} listens on port 443, which nginx needs for TLS.`, `Set CS_${slot}_PORT to another port.`, position),
    )
}

/** Files of the user's own travel under their names, through a shell and lists of checksums. */
export function checkOwnFiles(own: ReadonlyMap<string, string>): Diagnostic[] {
  return [...own.keys()]
    .filter((path) => !/^[\w./-]+$/.test(path))
    .map((path) =>
      diagnose('NB817', `The name of ${quote(path)} cannot be deployed.`, 'Rename it: letters, digits, dots, hyphens and underscores.', {
        file: path,
        line: 1,
        column: 1,
      }),
    )
}
