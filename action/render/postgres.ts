import { databasesOf, type Project } from '../config/project.ts'
import { layoutOf } from './compose/layout.ts'
import type { RenderedFile } from './file.ts'
import { withHeader } from './header.ts'

/** Renders the script that creates the services' databases; safe to run on every start. */
export function renderPostgres(project: Project): RenderedFile[] {
  const databases = databasesOf(project)
  if (project.postgres === undefined || (project.core === 'external' && databases.length === 0)) return []
  // CREATE DATABASE has no IF NOT EXISTS and does not run in a DO block: \gexec runs what the SELECT returns.
  const statements = databases.map(
    (name) => `SELECT 'CREATE DATABASE "${name}"' WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = '${name}')\\gexec\n`,
  )
  const body = statements.length === 0 ? '-- No service asks for a database of its own (CS_N_DATABASE).\n' : statements.join('')
  const path = `${layoutOf(project.environment).directory}postgres/init/10-databases.sql`
  return [{ path, content: withHeader(body, '--', 'set CS_N_DATABASE, or add files of your own beside this one.'), executable: false }]
}
