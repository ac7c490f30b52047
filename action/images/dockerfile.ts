import { DockerfileParser, type Flag, type From, type Instruction } from 'dockerfile-ast'

interface Stage {
  readonly name: string
  readonly image: string
  /** Stages and images that it copies from or mounts. */
  readonly uses: readonly string[]
}

/**
 * The images that a build of `target` (the last stage by default) starts from, copies from or mounts, and the frontend of a
 * `# syntax=` line: sorted, variables expanded as BuildKit does for `FROM`, without stages and `scratch`.
 */
export function baseImages(dockerfile: string, target: string | undefined, buildArgs: Readonly<Record<string, string>>): string[] {
  const parsed = DockerfileParser.parse(dockerfile)
  const variables: Record<string, string> = {}
  const stages: (Stage & { uses: string[] })[] = []
  for (const instruction of parsed.getInstructions()) {
    const keyword = instruction.getKeyword()
    if (keyword === 'ARG' && stages.length === 0) addArgument(instruction, variables, buildArgs)
    if (keyword === 'FROM') {
      const from = instruction as From
      stages.push({ name: from.getBuildStage()?.toLowerCase() ?? '', image: expand(from.getImage() ?? '', variables), uses: [] })
    }
    stages.at(-1)?.uses.push(...sourcesOf(instruction))
  }
  const images = new Set<string>()
  const seen = new Set<Stage>()
  const visit = (name: string, before: number) => {
    const index = stageIndex(stages, name, before)
    const stage = stages[index]
    if (stage === undefined) {
      if (name !== 'scratch' && name !== '') images.add(name)
      return
    }
    if (seen.has(stage)) return
    seen.add(stage)
    for (const source of [stage.image, ...stage.uses]) visit(source, index)
  }
  if (stages.length > 0) visit(target ?? String(stages.length - 1), stages.length)
  const frontend = parsed.getDirectives().find((directive) => directive.getName().toLowerCase() === 'syntax')
  if (frontend !== undefined) images.add(frontend.getValue())
  return [...images].sort()
}

// `COPY --from` may name a stage by its number, too; a stage sees only those before it.
function stageIndex(stages: readonly Stage[], name: string, before: number): number {
  if (/^\d+$/.test(name)) return Number(name) < before ? Number(name) : -1
  return stages.findLastIndex((stage, index) => index < before && stage.name !== '' && stage.name === name.toLowerCase())
}

function addArgument(instruction: Instruction, variables: Record<string, string>, buildArgs: Readonly<Record<string, string>>): void {
  for (const argument of instruction.getArguments()) {
    const [name = '', ...rest] = argument.getValue().split('=')
    const value = buildArgs[name] ?? (rest.length === 0 ? undefined : expand(unquote(rest.join('=')), variables))
    if (value !== undefined) variables[name] = value
  }
}

function sourcesOf(instruction: Instruction): string[] {
  const flags: Flag[] = 'getFlags' in instruction ? (instruction as Instruction & { getFlags(): Flag[] }).getFlags() : []
  return flags.flatMap((flag) => {
    const value = flag.getValue() ?? ''
    if (flag.getName() === 'from') return [value]
    if (flag.getName() === 'mount') return /(?:^|,)from=([^,]+)/.exec(value)?.slice(1) ?? []
    return []
  })
}

function unquote(text: string): string {
  return /^(["']).*\1$/.test(text) ? text.slice(1, -1) : text
}

/** `$X`, `${X}`, `${X:-default}` and `${X:+other}`, the forms that `FROM` knows. */
function expand(text: string, variables: Readonly<Record<string, string>>): string {
  return text.replace(/\$(?:(\w+)|\{(\w+)(?::([-+])([^}]*))?\})/g, (_, plain, braced, operator, word = '') => {
    const value = variables[plain ?? braced] ?? ''
    if (operator === '-') return value === '' ? word : value
    if (operator === '+') return value === '' ? '' : word
    return value
  })
}
