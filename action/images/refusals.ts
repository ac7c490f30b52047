import type { Reference } from './reference.ts'

/** Says why a registry takes no image, and what to do, in the words of that registry's settings. */
export function explainRefusal({ registry, repository }: Reference, status: number | undefined, detail: string): string {
  const what = `${registry}/${repository} cannot be pushed to`
  if (status !== 401 && status !== 403 && status !== 404) return `${what}: ${detail}`
  if (registry === 'ghcr.io')
    return `${what} (${status}). The token needs packages: write. A package that another repository or a person made must also let this repository in: package settings, Manage Actions access, role Write. Its first part must be the owner's name, here ${repository.split('/')[0]}.`
  if (status === 401)
    return `${what} (401): nobody is logged in, or the password is wrong. Set registry-username and registry-password, or run docker login ${registry}.`
  return `${what} (${status}): the user has no right to push there, or the repository must be created first.`
}
