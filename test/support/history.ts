import type { Project, Service } from '../../action/config/project.ts'
import type { Change, Tree } from '../../action/scaffold/changes.ts'
import { emptyLock, type Lock } from '../../action/scaffold/lock.ts'
import { planScaffolds, type ScaffoldPlan } from '../../action/scaffold/plan-scaffolds.ts'
import type { ConflictPolicy } from '../../action/scaffold/plan-service.ts'
import { hashOf, type ScaffoldFile } from '../../action/scaffold/render-scaffold.ts'
import { emptyConfig } from '../../action/scaffold/scaffold-config.ts'

export interface DiskFile {
  readonly content: Buffer
  readonly executable: boolean
}

/** A project in memory with one service, whose name, template and files a test changes between runs. */
export class History {
  readonly disk = new Map<string, DiskFile>()
  lock: Lock = emptyLock
  version = 0
  /** As its CS_1 line has it. */
  name = 'api'
  /** The template's files, by path. */
  template = new Map<string, { readonly text: string; readonly executable?: boolean; readonly seed?: boolean }>()

  /** Another one that starts here: a branch. */
  branch(): History {
    const copy = new History()
    for (const [path, file] of this.disk) copy.disk.set(path, file)
    return Object.assign(copy, { lock: this.lock, version: this.version, name: this.name, template: new Map(this.template) })
  }

  read(path: string): string {
    return this.disk.get(path)?.content.toString('utf8') ?? ''
  }

  write(path: string, text: string): void {
    this.disk.set(path, { content: Buffer.from(text), executable: this.disk.get(path)?.executable ?? false })
  }

  /** The files of the service, wherever it was named so far, without what the tool keeps for itself. */
  files(): string[] {
    return [...this.disk.keys()].filter((path) => path.startsWith('services/') && !path.startsWith('services/.')).sort()
  }

  /** The user moves the service's files by hand. */
  move(from: string, to: string): void {
    this.apply({ kind: 'move', path: `services/${from}`, to: `services/${to}` })
  }

  async generate(onConflict: ConflictPolicy): Promise<ScaffoldPlan> {
    const plan = await planScaffolds(this.lock, {
      project: { name: 'p', services: [this.service()] } as unknown as Project,
      named: new Set([this.name]),
      tree: this.tree(),
      config: emptyConfig,
      onConflict,
      renderService: () => this.rendered(),
    })
    for (const change of plan.changes) this.apply(change)
    this.lock = plan.lock
    return plan
  }

  private service(): Service {
    return {
      name: this.name,
      slot: 1,
      port: 3001,
      build: { context: `services/${this.name}` },
      template: { id: 'mine', version: `1.0.${this.version}` },
      position: { file: '.env', line: 1, column: 1 },
      health: { kind: 'path', path: '/health' },
    } as unknown as Service
  }

  rendered(): ScaffoldFile[] {
    return [...this.template].map(([path, { text, executable = false, seed = false }]) => {
      const content = Buffer.from(text.replaceAll('@name@', this.name))
      return { path, content, executable, class: seed ? 'seed' : 'merge', hash: hashOf(content) }
    })
  }

  private tree(): Tree {
    const below = (folder: string) => [...this.disk.keys()].filter((path) => path.startsWith(`${folder}/`))
    return {
      read: (path) => this.disk.get(path)?.content,
      isExecutable: (path) => this.disk.get(path)?.executable ?? false,
      directory: (path) => (below(path).length === 0 ? 'missing' : 'full'),
      list: (path) => [...new Set(below(path).map((each) => each.slice(path.length + 1).split('/')[0] as string))].sort(),
    }
  }

  private apply(change: Change): void {
    if (change.kind === 'delete') this.disk.delete(change.path)
    else if (change.kind === 'move') {
      for (const [path, file] of [...this.disk].filter(([path]) => path.startsWith(`${change.path}/`))) {
        this.disk.delete(path)
        this.disk.set(change.to + path.slice(change.path.length), file)
      }
    } else this.disk.set(change.path, { content: change.content, executable: change.executable })
  }
}
