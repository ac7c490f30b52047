import { DockerfileParser, type Flag, type From, type Instruction } from 'dockerfile-ast'
import { remember } from './remember.ts'

const parse = remember((text) => DockerfileParser.parse(text))

interface Stage {
  readonly name: string
  readonly image: string
  /** Stages and images that it copies from or mounts. */
  readonly uses: readonly string[]
}

/** What a Dockerfile is built for. */
export interface BuildTarget {
  /** The last stage by default. */
  readonly target: string | undefined
  readonly buildArgs: Readonly<Record<string, string>>
  readonly platforms: readonly string[]
  /** Where the builder runs: `BUILDPLATFORM`. */
  readonly builderPlatform: string
}

/**
 * The images that a build starts from, copies from or mounts, on any of its platforms, and the frontend of a `# syntax=` line: sorted,
 * variables expanded as BuildKit does for `FROM`, without stages and `scratch`.
 */
export function baseImages(dockerfile: string, { target, buildArgs, platforms, builderPlatform }: BuildTarget): string[] {
  const parsed = parse(dockerfile)
  const images = platforms.flatMap((platform) => {
    const variables = { ...platformArguments('BUILD', builderPlatform), ...platformArguments('TARGET', platform), ...buildArgs }
    return imagesOf(parsed.getInstructions(), target, variables, buildArgs)
  })
  const frontend = parsed.getDirectives().find((directive) => directive.getName().toLowerCase() === 'syntax')
  if (frontend !== undefined) images.push(frontend.getValue())
  return [...new Set(images)].sort()
}

// docs.docker.com/build/building/variables/#multi-platform-build-arguments
function platformArguments(prefix: 'BUILD' | 'TARGET', platform: string): Record<string, string> {
  const [os = '', architecture = '', variant = ''] = platform.split('/')
  return { [`${prefix}PLATFORM`]: platform, [`${prefix}OS`]: os, [`${prefix}ARCH`]: architecture, [`${prefix}VARIANT`]: variant }
}

function imagesOf(
  instructions: readonly Instruction[],
  target: string | undefined,
  variables: Record<string, string>,
  buildArgs: Readonly<Record<string, string>>,
): string[] {
  const stages: (Stage & { uses: string[] })[] = []
  for (const instruction of instructions) {
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
  return [...images]
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

/** `$X`, `${X}`, `${X:-default}` and `${X:+other}`; without the colon, an empty value is a value. */
function expand(text: string, variables: Readonly<Record<string, string>>): string {
  return text.replace(/\$(?:(\w+)|\{(\w+)(?:(:?)([-+])([^}]*))?\})/g, (_, plain, braced, colon, operator, word = '') => {
    const value = variables[plain ?? braced]
    const isSet = value !== undefined && (colon === '' || value !== '')
    if (operator === '-') return isSet ? value : word
    if (operator === '+') return isSet ? word : ''
    return value ?? ''
  })
}
