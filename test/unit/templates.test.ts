import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openTemplates } from '../../action/adapters/templates.ts'
import type { Diagnostic } from '../../action/config/diagnostics.ts'
import { createCatalogue } from '../../action/scaffold/catalogue.ts'
import { isProven } from '../contract/contract.ts'
import { digestOf, readResult } from '../contract/results.ts'
import { tool } from '../support/project.ts'

const diagnostics: Diagnostic[] = []
const catalogue = createCatalogue(openTemplates(tool, tool, '').sources, (diagnostic) => diagnostics.push(diagnostic))

// The tables of the specification, and the three that only its examples use.
const promised = `
  node-js node-ts express-js express-ts fastify-js fastify-ts nest-js nest-ts hono-js hono-ts socketio-js socketio-ts bullmq-js bullmq-ts
  temporal-js temporal-ts bun deno trpc flask fastapi django-rest celery ray agent-llm agent-data gin echo fiber grpc rust ruby sinatra php
  java csharp elixir kotlin swift cpp custom python go stripe-webhook`

describe('the catalogue', () => {
  it('has the 44 promised templates', () => {
    const ids = promised.trim().split(/\s+/)
    expect(ids).toHaveLength(44)
    const own = catalogue.all().filter(({ placeholder }) => placeholder === undefined)
    expect(own.map(({ id }) => id)).toEqual(expect.arrayContaining(ids))
  })

  it('is valid', () => expect(diagnostics).toEqual([]))

  it.each(
    Object.entries({
      express: 'express-ts',
      fastify: 'fastify-ts',
      hono: 'hono-ts',
      nest: 'nest-ts',
      nestjs: 'nest-ts',
      socketio: 'socketio-ts',
      bullmq: 'bullmq-ts',
      temporal: 'temporal-ts',
      node: 'node-ts',
      actix: 'rust',
      'actix-web': 'rust',
      rails: 'ruby',
      laravel: 'php',
      spring: 'java',
      'spring-boot': 'java',
      aspnet: 'csharp',
      dotnet: 'csharp',
      phoenix: 'elixir',
      ktor: 'kotlin',
      vapor: 'swift',
      oatpp: 'cpp',
      golang: 'go',
      django: 'django-rest',
      'fastapi-py': 'fastapi',
      'python-fastapi': 'fastapi',
      'js/node-js': 'node-js',
      'py/fastapi': 'fastapi',
      'rust/actix-web': 'rust',
    }),
  )('finds %s as %s', (name, id) => expect(catalogue.find(name)?.id).toBe(id))

  it('keeps workers internal by default', () => {
    const workers = catalogue
      .all()
      .filter(({ kind }) => kind === 'worker')
      .map(({ id }) => id)
    expect(workers).toEqual(
      expect.arrayContaining(['agent-data', 'bullmq-js', 'bullmq-ts', 'celery', 'python', 'ray', 'temporal-js', 'temporal-ts']),
    )
  })
})

describe('a template', () => {
  const templates = catalogue.all().map((template) => ({
    id: template.id,
    template,
    result: readResult(template.id),
    digest: digestOf(join(tool, 'templates/services', template.id)),
  }))

  it.each(templates)('$id has a version of its own for every content that was proven', ({ id, template, result, digest }) => {
    const isChanged = result !== undefined && digest !== result.digest
    expect(
      isChanged && template.version === result.version,
      `templates/services/${id} changed: raise its version, then npm run contract -- ${id}`,
    ).toBe(false)
  })

  it.each(templates)('$id was proven as it is', ({ id, template, result, digest }) => {
    const holds = result?.digest === digest && result.version === template.version && isProven(template, result)
    expect(holds, `no complete result for templates/services/${id} as it is: npm run contract -- ${id}`).toBe(true)
  })
})
