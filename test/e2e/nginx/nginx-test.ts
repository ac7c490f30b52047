import { run } from '../support/run.ts'

// Puts each folder's parts in the places where the stack mounts them, and lets nginx read them.
const script = `
for folder in "$@"; do
  for part in nginx.conf conf.d custom includes sites; do
    [ -e "/foreign/$part" ] && source=/foreign/$part || source="/cases/$folder/$part"
    rm -rf "/etc/nginx/$part" && ln -s "$source" "/etc/nginx/$part"
  done
  log=$(nginx -t 2>&1)
  printf '=== %s\\n%s\\n%s\\n' "$folder" "$?" "$log"
done`

export interface Verdict {
  readonly exitCode: number
  readonly log: string
}

/**
 * Lets one container's nginx test many folders of nginx files below `root`. Parts that lie in the folder `foreign`
 * (someone else's nginx.conf) take the place of the generated ones.
 */
export async function testConfigurations(
  image: string,
  root: string,
  folders: readonly string[],
  foreign?: string,
): Promise<Map<string, Verdict>> {
  const mounts = [`${root}:/cases:ro`, ...(foreign === undefined ? [] : [`${foreign}:/foreign:ro`])].flatMap((mount) => ['--volume', mount])
  const output = await run('docker', ['run', '--rm', ...mounts, image, 'sh', '-c', script, 'sh', ...folders])
  return new Map(
    output
      .split('=== ')
      .slice(1)
      .map((block) => {
        const [folder = '', exitCode, ...log] = block.trimEnd().split('\n')
        return [folder, { exitCode: Number(exitCode), log: log.join('\n') }]
      }),
  )
}
