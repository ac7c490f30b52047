import type { Nginx, Project } from '../../config/project.ts'
import { acmeRoot, certificatesVolume } from '../acme.ts'
import { isIssued } from '../certificates.ts'
import { hasHttp3 } from '../http3.ts'
import { quoted } from '../yaml.ts'
import { logging } from './custom-service.ts'

/** The compose entry of nginx, with its files and certificates mounted from where the generated stack has them. */
export function nginxService(project: Project, nginx: Nginx): Record<string, unknown> {
  return {
    image: nginx.image,
    restart: 'unless-stopped',
    security_opt: ['no-new-privileges:true'],
    logging,
    ports: publishedPorts(project, nginx),
    healthcheck: nginxHealthcheck,
    cap_drop: ['ALL'],
    cap_add: ['CHOWN', 'NET_BIND_SERVICE', 'SETGID', 'SETUID'],
    read_only: true,
    tmpfs: ['/run', '/tmp', '/var/cache/nginx'],
    volumes: [
      './nginx/nginx.conf:/etc/nginx/nginx.conf:ro',
      ...['conf.d', 'custom', 'includes', 'sites'].map((folder) => `./nginx/${folder}:/etc/nginx/${folder}:ro`),
      ...certificateMounts(project),
    ],
  }
}

/** Asks nginx itself, at an address that no service has. */
export const nginxHealthcheck = {
  test: ['CMD-SHELL', 'curl -fsS -o /dev/null http://127.0.0.1/.nself/health || wget -q -O /dev/null http://127.0.0.1/.nself/health'],
  interval: '10s',
  timeout: '5s',
  retries: 5,
  start_period: '10s',
  start_interval: '1s',
}

/** The ports of the host that lead to nginx; HTTP/3 is the same port by UDP. */
export function publishedPorts(project: Project, { bind, httpPort, httpsPort }: Nginx): unknown[] {
  const address = bind.includes(':') ? `[${bind}]` : bind
  return [
    quoted(`${address}:${httpPort}:80`),
    ...(project.tls === 'none' ? [] : [quoted(`${address}:${httpsPort}:443`)]),
    ...(hasHttp3(project) ? [quoted(`${address}:${httpsPort}:443/udp`)] : []),
  ]
}

// Not the folder above: it shuts out the host's other users, and the container need not see it.
function certificateMounts(project: Project): string[] {
  if (project.tls === 'none') return []
  return [isIssued(project) ? `${certificatesVolume}:${acmeRoot}:ro` : './ssl/certificates:/etc/nginx/ssl/certificates:ro']
}
