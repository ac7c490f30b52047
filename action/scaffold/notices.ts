import { type Diagnostic, diagnose } from '../config/diagnostics.ts'
import type { Service } from '../config/project.ts'
import type { Kept } from './decide-file.ts'
import type { Renamed } from './find-renamed.ts'
import type { LockedService } from './lock.ts'
import { configPath } from './scaffold-config.ts'

/** What the user is told about scaffolds: one function per kind of news. */

/** `express-ts 1.0.0 → 1.1.0` */
export function updateOf({ template: { id, version } }: Service, locked: LockedService): string {
  return locked.version === version ? `${id} ${version}` : `${id} ${locked.version} → ${version}`
}

// Commands that bring a lock file of a language in line with the manifest beside it.
const lockCommands: Readonly<Record<string, string>> = {
  'package-lock.json': 'npm install',
  'bun.lock': 'bun install',
  'deno.lock': 'deno install',
  'composer.lock': 'composer update --lock',
  'Gemfile.lock': 'bundle lock',
  'Cargo.lock': 'cargo update --workspace',
  'mix.lock': 'mix deps.get',
  'go.sum': 'go mod tidy',
}

export function keptNotice(path: string, kept: Kept, update: string): Diagnostic {
  const compare = 'Compare it with the template and take over what you need.'
  const command = lockCommands[path.split('/').at(-1) ?? '']
  const [message, fix] = {
    deleted: [
      `${path} was deleted and stays deleted; ${update} changed it.`,
      'Restore it from version control to follow the template again.',
    ],
    dropped: [`${path} is yours: ${update} has it no longer, and you have edited it.`, 'Delete it when nothing needs it.'],
    taken: [`${path} was there before: the file of that name in ${update} is not written.`, compare],
    seed: [
      `${path} is yours: the change of ${update} is not applied to it.`,
      command === undefined ? compare : `Run \`${command}\` in its folder, so that it fits the manifest again.`,
    ],
    binary: [`${path} is no text: the change of ${update} cannot be merged into it.`, compare],
  }[kept] as [string, string]
  return diagnose('NB506', message, fix, at(path), command !== undefined && kept === 'seed' ? 'warning' : undefined)
}

export function conflictNotice(path: string, lines: readonly number[], update: string): Diagnostic {
  const sorted = [...new Set(lines)].sort((a, b) => a - b)
  const places = sorted.length === 1 ? `line ${sorted[0]}` : `lines ${sorted.slice(0, -1).join(', ')} and ${sorted.at(-1)}`
  return diagnose(
    'NB516',
    `You and ${update} both changed ${path}, ${places}: your version stays as it is.`,
    `Run with --on-conflict=markers to merge it in your editor, or add it to eject in ${configPath}.`,
    at(path, sorted[0]),
  )
}

export function markersNotice(path: string, line: number): Diagnostic {
  return diagnose(
    'NB517',
    `${path} holds conflict markers: it neither runs nor takes changes of its template.`,
    'Keep what you want of each place from <<<<<<< to >>>>>>>, and delete the markers.',
    at(path, line),
  )
}

export function missingBaseNotice(path: string, update: string): Diagnostic {
  return diagnose(
    'NB518',
    `${path} is yours: the change of ${update} cannot be merged, since its pristine copy is missing.`,
    `Restore services/.scaffold/base from version control, or add the file to eject in ${configPath}.`,
    at(path),
  )
}

export function renamedNotice({ name, slot, position }: Service, { from, moves }: Renamed): Diagnostic {
  const what =
    moves.length === 0 ? `services/${name} is what services/${from} was` : `services/${from} moves to services/${name}, edits and all`
  return diagnose('NB511', `CS_${slot} was renamed: ${what}.`, 'Rename references to it in your own files.', position)
}

export function orphanedNotice(name: string, { slot, template }: LockedService): Diagnostic {
  return diagnose(
    'NB505',
    `services/${name} belongs to no CS_N line any more; it is left as it is.`,
    `Delete it by hand, or bring CS_${slot}=${name}:${template} back.`,
  )
}

export function foreignNotice({ name, health, template, position }: Service): Diagnostic {
  return diagnose(
    'NB503',
    `services/${name} was there before: it is yours, and nothing is written into it.`,
    `Make sure that its Dockerfile serves ${health.kind === 'path' ? health.path : 'health checks'} on $PORT, or move it away to get the ${template.id} scaffold.`,
    position,
  )
}

export function frameworkNotice({ name, slot, template, position }: Service, locked: LockedService): Diagnostic {
  return diagnose(
    'NB504',
    `CS_${slot} is now ${template.id}, but services/${name} was made from ${locked.template}: nothing is written into it.`,
    `Move services/${name} away to get the new scaffold, or set the framework back to ${locked.template}.`,
    position,
  )
}

export function skippedNotice(service: Service, locked: LockedService): Diagnostic {
  return diagnose(
    'NB521',
    `services/${service.name} stays at ${locked.template} ${locked.version}: ${configPath} skips ${service.template.version}.`,
    'Remove it from skip to take this version; the next one comes by itself.',
    service.position,
  )
}

export function newerNotice({ name, template, position }: Service, locked: LockedService): Diagnostic {
  return diagnose(
    'NB522',
    `services/${name} comes from ${locked.template} ${locked.version}, and this nself-build has only ${template.version}: it stays as it is.`,
    'Update: the version of nself/build-action in the workflow, or the nself-build command. Nothing is ever taken back to an older version.',
    position,
  )
}

function at(file: string, line = 1) {
  return { file, line, column: 1 }
}
