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
  return [...checkVolumes(project), ...checkPorts(project), ...checkNames(project)]
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

// nginx listens on the port of each rolled service, for the calls of other containers. On a port that it serves to the public
// anyone could call the service by its name: an internal one, or a public one past its rate limit and TLS.
function checkPorts({ services, tls }: Project): Diagnostic[] {
  const published = tls === 'none' ? [80] : [80, 443]
  return services
    .filter((service) => published.includes(service.port) && classOf(service) === 'roll')
    .map(({ slot, name, port, position }) =>
      diagnose(
        'NB807',
        `${name} listens on port ${port}, where nginx serves the public: its name alone would lead anyone to it.`,
        `Set CS_${slot}_PORT to another port. Where the image knows no other, CS_${slot}_OVERLAP=false takes nginx out of the way of other containers.`,
        position,
      ),
    )
}

// On a host a rolled service is `<name>-blue` and `<name>-green`, a migration `<name>-migrate`, and nginx is `edge`.
function checkNames({ services }: Project): Diagnostic[] {
  const taken = new Map([['edge', 'nginx']])
  for (const service of services) {
    const suffixes = [...(classOf(service) === 'roll' ? ['blue', 'green'] : []), ...(service.migrate === undefined ? [] : ['migrate'])]
    for (const suffix of suffixes) taken.set(`${service.host}-${suffix}`, service.name)
  }
  return services.flatMap(({ slot, host, name, position }) => {
    const owner = taken.get(host)
    return owner === undefined
      ? []
      : [diagnose('NB818', `${name} is what a deploy calls the containers of ${owner}.`, `Rename CS_${slot}.`, position)]
  })
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
