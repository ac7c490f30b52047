import type { Service } from '../../config/project.ts'
import { literal } from '../references.ts'

/**
 * One HTTP request with nothing but bash, which every Debian image has (curl and wget are not in slim images).
 * It reads PORT and HEALTHCHECK_PATH in the container, so that a changed value needs no new image.
 */
const bashProbe =
  'exec 3<>"/dev/tcp/127.0.0.1/$PORT" && printf \'GET %s HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n\' "$HEALTHCHECK_PATH" >&3 && read -r _ status _ <&3 && [[ $status == 2?? ]]'

/**
 * `disable: true` makes `up --wait` fail (https://github.com/docker/compose/issues/13522), and leaving the check out
 * would leave the image's. This program is in every container with `init: true`.
 */
const alwaysHealthy = { test: ['CMD', '/sbin/docker-init', '--version'], interval: '1h', start_period: '5s', start_interval: '1s' }

/** The compose `healthcheck` of a service. `start_interval` (Docker Engine 25) finds a started service within seconds. */
export function healthcheck({ health, template }: Service): Record<string, unknown> {
  if (health.kind === 'disabled') return alwaysHealthy
  return {
    test: test(health, template.probe).map(literal),
    interval: '30s',
    timeout: '5s',
    retries: 3,
    start_period: template.startPeriod,
    start_interval: '2s',
  }
}

function test(health: Exclude<Service['health'], { kind: 'disabled' }>, probe: Service['template']['probe']): string[] {
  switch (health.kind) {
    case 'shell':
      return ['CMD-SHELL', health.script]
    case 'exec':
      return ['CMD', ...health.argv]
    case 'path':
      return ['CMD', ...probeCommand(probe)]
  }
}

/** The program, with its arguments, that asks for the health of a service inside its container. */
export function probeCommand(probe: Service['template']['probe']): readonly string[] {
  return probe === 'bash' ? ['bash', '-c', bashProbe] : probe
}
