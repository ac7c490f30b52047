import { spawnSync } from 'node:child_process'

/**
 * The branch that a repository's work ends up on: the one that its remote says, else `main` or `master` where there is one, else the one that is
 * checked out. `main` outside of git.
 */
export function defaultBranch(repository: string): string {
  const git = (...args: string[]) => {
    const { status, stdout } = spawnSync('git', args, { cwd: repository, encoding: 'utf8' })
    return status === 0 ? stdout.trim() : ''
  }
  const ofRemote = git('symbolic-ref', '--short', 'refs/remotes/origin/HEAD').replace(/^origin\//, '')
  // Sorted, so that `main` is the first.
  const [usual = ''] = git('branch', '--format=%(refname:short)', '--list', 'main', 'master').split('\n')
  return ofRemote || usual || git('symbolic-ref', '--short', 'HEAD') || 'main'
}
