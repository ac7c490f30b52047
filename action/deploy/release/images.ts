import { type Diagnostic, diagnose } from '../../config/diagnostics.ts'
import { parseImage } from '../../config/modifier-values.ts'
import type { Project, Service } from '../../config/project.ts'

/** The file that `build` wrote: its name, and its text when it exists. */
export interface DigestsFile {
  readonly name: string
  readonly text: string | undefined
}

const byDigest = (image: string): boolean => image.includes('@sha256:') && parseImage(image).ok

/** The image of each service by digest: name → `registry/name@sha256:…`; those of `kept` stay what they are. A service without one is an error. */
export function resolveImages(
  project: Project,
  file: DigestsFile,
  kept: ReadonlyMap<string, string>,
): { images: Map<string, string>; diagnostics: Diagnostic[] } {
  const { built, diagnostics } = readDigests(project, file)
  const images = new Map<string, string>()
  for (const service of project.services) {
    const image = kept.get(service.name) ?? (service.build === undefined ? service.image : built.get(service.name))
    if (image !== undefined && byDigest(image)) images.set(service.name, image)
    else if (diagnostics.length === 0 || service.build === undefined) diagnostics.push(withoutDigest(service, file))
  }
  return { images, diagnostics }
}

function withoutDigest({ name, slot, image, build, position }: Service, file: DigestsFile): Diagnostic {
  if (build === undefined)
    return diagnose(
      'NB801',
      `${name} runs ${image}, which names no digest: tomorrow it may be another image.`,
      `Write CS_${slot}_IMAGE=${image.split('@')[0]}@sha256:…; \`docker buildx imagetools inspect ${image}\` shows the digest.`,
      position,
    )
  return diagnose(
    'NB801',
    file.text === undefined ? `${name} has no image: there is no ${file.name}.` : `${name} has no image in ${file.name}.`,
    'Run `build` first, in the same job or with the file as an artifact; or set CS_N_IMAGE to an image with its digest.',
    position,
  )
}

function readDigests(project: Project, { name, text }: DigestsFile): { built: Map<string, string>; diagnostics: Diagnostic[] } {
  const invalid = (message: string) => ({
    built: new Map<string, string>(),
    diagnostics: [diagnose('NB802', message, 'Run `build` again; it writes the file.', { file: name, line: 1, column: 1 })],
  })
  if (text === undefined) return { built: new Map(), diagnostics: [] }
  let content: { version?: unknown; project?: unknown; services?: unknown }
  try {
    content = JSON.parse(text) ?? {}
  } catch {
    return invalid(`${name} is not JSON.`)
  }
  const { version, project: owner, services } = content
  if (version !== 1 || services === null || typeof services !== 'object') return invalid(`${name} is not a digests file of this version.`)
  if (owner !== project.name) return invalid(`${name} belongs to the project ${JSON.stringify(owner)}, not to ${project.name}.`)
  const built = new Map<string, string>()
  for (const [service, record] of Object.entries(services)) {
    const image = (record as { image?: unknown } | null)?.image
    if (typeof image !== 'string' || !byDigest(image)) return invalid(`${name}: the image of ${service} is not registry/name@sha256:….`)
    built.set(service, image)
  }
  return { built, diagnostics: [] }
}
