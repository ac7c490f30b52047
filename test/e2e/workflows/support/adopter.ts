import { type TemporaryProject, temporaryProject } from '../../../support/project.ts'
import { bundle } from '../../support/bundle.ts'
import { run } from '../../support/run.ts'

/** Runs the command in a project. */
export const nself = (root: string, args: readonly string[]): Promise<string> =>
  run(process.execPath, [bundle, ...args, '--working-directory', root])

/** A repository of acme/shop with these files, not committed yet. */
export async function repository(files: Record<string, string>): Promise<TemporaryProject> {
  const project = temporaryProject(files)
  await run('git', ['init', '--quiet', '--initial-branch', 'main', project.root])
  await run('git', ['-C', project.root, 'remote', 'add', 'origin', 'https://github.com/acme/shop.git'])
  return project
}

/** Commits everything, as a push does. */
export async function commit({ root }: TemporaryProject, message: string): Promise<void> {
  await run('git', ['-C', root, 'add', '--all'])
  await run('git', ['-C', root, '-c', 'user.name=a', '-c', 'user.email=a@example.com', 'commit', '--quiet', '--message', message])
}

/** A repository of acme/shop as an adopter makes it: `.env.dev`, init, commit; with the registry of this machine, and `inputs` for deploys. */
export async function adopt(
  registry: string,
  files: Record<string, string>,
  inputs: Record<string, string> = {},
): Promise<TemporaryProject> {
  const project = await repository(files)
  await nself(project.root, ['init'])
  for (const file of ['nself.yml', 'nself-rebuild.yml', 'nself-deploy.yml', 'nself-rollback.yml']) {
    const path = `.github/workflows/${file}`
    const text = project.read(path)
    const all = { registry: `${registry}/acme`, ...(/deploy|rollback/.test(file) ? inputs : {}) }
    const lines = Object.entries(all).map(([name, value]) => `      ${name}: ${value}\n`)
    const more = `    with:\n${lines.join('')}`
    const called = /^( {4}uses: nself\/build-action\/\.github\/workflows\/(?:build|rebuild|deploy|rollback)\.yml@v1\n)/m
    project.write(path, text.includes('    with:\n') ? text.replace('    with:\n', more) : text.replace(called, `$1${more}`))
  }
  await commit(project, 'Adopt nself')
  return project
}
