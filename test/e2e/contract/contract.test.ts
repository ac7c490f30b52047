import { afterAll, beforeAll, describe, it } from 'vitest'
import { contract } from '../../contract/contract.ts'
import { closeStage, openStage } from '../../contract/stage.ts'
import { createSubject, removeSubject, type Stage, type Subject } from '../../contract/subject.ts'
import { catalogue } from '../../support/project.ts'

// One of each kind and of the languages that most projects use; npm run contract -- --all is for all of them.
const representatives = ['custom', 'express-ts', 'fastapi', 'celery', 'grpc']

let stage: Stage

beforeAll(async () => {
  stage = await openStage()
})

afterAll(() => closeStage(stage))

describe.each(catalogue.all().filter(({ id }) => representatives.includes(id)))('the contract of $id', (template) => {
  let subject: Subject

  beforeAll(async () => {
    subject = await createSubject(template, stage, '')
  })

  afterAll(() => removeSubject(subject))

  it.each(contract)('$id: $title', { timeout: 600_000 }, async ({ notFor, check }) => {
    if (notFor?.(subject) === undefined) await check(subject)
  })
})
