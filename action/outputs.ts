/** Every output of the action, once. `action.yml` and `docs/outputs.md` are generated from this table. */
export const outputDefinitions = {
  environment: 'The canonical name of the environment.',
  services: 'JSON list of the service names, in the order of N (from `plan`: of the resolved services).',
  matrix:
    'JSON job matrix `{"include":[…]}` of the services that are built: name, slot, template, image, context, dockerfile, target. From `plan` with a registry: of the images that are missing: name, services, platforms, runner.',
  'fan-out': '`true` when that matrix has more than one job (from `plan` with a registry); else one `build` is quicker.',
  changed:
    '`true` when files were written (from `plan` and `check`: would be; from `deploy` and `rollback`: when something changed on a machine).',
  files: 'JSON list of those files.',
  urls: 'JSON object: service → URL of its first domain.',
  url: 'The first of them, for the page of a GitHub environment (from `deploy` and `rollback`).',
  start: 'The command that starts the generated stack.',
  images: 'JSON object: service → image by digest (from `build`).',
  'digests-file': 'The file with those images.',
  built: 'JSON list of the services that `build` built.',
  reused: 'JSON list of the services whose image was there already.',
  failed: 'JSON list of the services whose build failed.',
  'pull-request-number': 'Number of the pull request (from `pull-request`).',
  'pull-request-url': 'Its page.',
  'pull-request-operation': 'What happened to it: `created`, `updated`, `closed` or `none`.',
  'pull-request-head-sha': 'The newest commit of its branch.',
  'pull-request-branch': 'Its branch.',
  'pull-request-commits-verified': '`true` when GitHub signed the commits of this run.',
  'pull-requests': 'JSON list of all of them, each with these outputs (more than one with `split: service`).',
  release: 'The release that `deploy` or `rollback` made current: 12 hexadecimal digits.',
  'previous-release': 'The release that was current before; empty on an empty machine.',
  'exit-code': 'Exit code of the command: 0 done, 1 failed, 2 invalid configuration, 3 drift.',
} as const

/** Picks the outputs out of a command's data and writes each as text; JSON is on one line. */
export function toOutputs(data: Readonly<Record<string, unknown>>, exitCode: number): Record<string, string> {
  const outputs: Record<string, string> = {}
  for (const name of Object.keys(outputDefinitions)) {
    const value = name === 'exit-code' ? exitCode : data[name]
    if (value !== undefined) outputs[name] = typeof value === 'string' ? value : JSON.stringify(value)
  }
  return outputs
}

/** The outputs that only hold names of the project, of which the next jobs are made: a secret in one of them is a name, too. */
export function namesIn(outputs: Readonly<Record<string, string>>): string[] {
  const names = ['environment', 'services', 'matrix', 'images', 'digests-file', 'built', 'reused', 'failed'] as const
  return names.map((name) => outputs[name] ?? '')
}
