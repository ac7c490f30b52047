import { describe, expect, it } from 'vitest'
import { compareVersions, higherFrom, higherOf } from '../../../../action/scaffold/merge/versions.ts'

describe('versions', () => {
  it.each<[string, string, number | undefined]>([
    ['1.2.3', '1.2.3', 0],
    ['1.2.3', '1.10.0', -1],
    ['2.0.0', '10.0.0', -1],
    ['v1.2.0', '1.1.9', 1],
    ['1.0.0-rc.1', '1.0.0', -1],
    ['1.0.0-rc.2', '1.0.0-rc.10', -1],
    ['1.0.0-alpha', '1.0.0-1', 1],
    ['1.0.0-a.b', '1.0.0-a', 1],
    ['1.0.0+build.2', '1.0.0+build.1', 0],
    ['v0.0.0-20240606120523-5a60cdf6a761', 'v0.0.0-20250101000000-aaaaaaaaaaaa', -1],
    ['20260101120000', '20260101120001', -1],
    ['26', '24.1', 1],
    ['26', '26.4', undefined],
    ['1.0rc1', '1.0.0', undefined],
    ['latest', '1.0.0', undefined],
  ])('%s and %s: %s', (a, b, order) => {
    const result = compareVersions(a, b)
    expect(result === undefined ? undefined : Math.sign(result)).toBe(order)
    const reverse = compareVersions(b, a)
    expect(reverse === undefined ? undefined : Math.sign(reverse) + 0).toBe(order === undefined ? undefined : 0 - order)
  })

  it.each<[string, string, string | undefined]>([
    ['^1.2.0', '^1.4.1', '^1.4.1'],
    ['8.3.0', '8.2.9', '8.3.0'],
    ['httpx==2.1.0', 'httpx==2.0.3', 'httpx==2.1.0'],
    ["colorama==0.4.6 ; sys_platform == 'win32'", "colorama==0.4.7 ; sys_platform == 'win32'", "colorama==0.4.7 ; sys_platform == 'win32'"],
    ['github.com/jackc/pgx/v5 v5.12.0', 'github.com/jackc/pgx/v5 v5.11.0', 'github.com/jackc/pgx/v5 v5.12.0'],
    ['~> 8.0', '~> 8.1', '~> 8.1'],
    ['1.2.0', '^1.4.0', undefined],
    ['psycopg[binary]==3.3.9', 'psycopg[binary,pool]==3.3.10', undefined],
    ['>=1.0 <2.0', '>=1.1 <3.0', undefined],
    ['>=24', '>=26', '>=26'],
    ['a', 'b', undefined],
  ])('the higher of %s and %s is %s', (a, b, higher) => {
    expect(higherOf(a, b)).toBe(higher)
    expect(higherOf(b, a)).toBe(higher)
  })

  it.each<[string, string, string, string | undefined]>([
    ['a higher tag', 'FROM node:26-trixie-slim AS base', 'FROM node:28-trixie-slim AS base', 'theirs'],
    ['a lower tag', 'FROM node:28-trixie-slim AS base', 'FROM node:26-trixie-slim AS base', 'ours'],
    ['a pin of a lower one', 'FROM node:26.1-slim@sha256:aa', 'FROM node:28-slim', 'theirs'],
    ['a pin of the same one', 'FROM node:28-slim@sha256:aa', 'FROM node:28-slim', 'ours'],
    ['another port of the same registry', 'FROM localhost:5000/node:26', 'FROM localhost:5000/node:28', 'theirs'],
    ['a platform', 'FROM --platform=$BUILDPLATFORM go:1.26 as b', 'FROM --platform=$BUILDPLATFORM go:1.27 AS b', 'theirs'],
    ['another variant', 'FROM node:26-slim', 'FROM node:28-trixie-slim', undefined],
    ['another image', 'FROM node:26', 'FROM bun:28', undefined],
    ['another stage', 'FROM node:26 AS a', 'FROM node:28 AS b', undefined],
    ['no version', 'FROM node:lts', 'FROM node:28', undefined],
    ['a precision of the other', 'FROM node:26', 'FROM node:26.4', undefined],
    ['no FROM', 'RUN a', 'RUN b', undefined],
  ])('FROM with %s', (_, ours, theirs, winner) => {
    expect(higherFrom(ours, theirs)).toBe(winner === undefined ? undefined : winner === 'ours' ? ours : theirs)
  })
})
