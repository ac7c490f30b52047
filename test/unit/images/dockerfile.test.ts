import { describe, expect, it } from 'vitest'
import { baseImages } from '../../../action/images/dockerfile.ts'

interface Case {
  readonly name: string
  readonly text: string
  readonly target?: string
  readonly buildArgs?: Record<string, string>
  readonly platforms?: string[]
  readonly images: string[]
}

describe('the images that a build starts from', () => {
  it.each<Case>([
    { name: 'one stage', text: 'FROM node:26-slim\n', images: ['node:26-slim'] },
    { name: 'stages are no images', text: 'FROM node:26 AS build\nFROM build\n', images: ['node:26'] },
    { name: 'nor is scratch', text: 'FROM scratch\n', images: [] },
    {
      name: 'upper case and platforms',
      text: 'from --platform=$BUILDPLATFORM golang:1.27 as Build\nFROM build\n',
      images: ['golang:1.27'],
    },
    { name: 'stages that the target does not need', text: 'FROM a AS x\nFROM b AS y\nFROM c\n', target: 'y', images: ['b'] },
    { name: 'the last stage by default', text: 'FROM a AS x\nFROM b AS y\nFROM c\n', images: ['c'] },
    {
      name: 'COPY --from, stage and image',
      text: 'FROM a AS x\nFROM b\nCOPY --from=x /i /i\nCOPY --from=tool:1 /t /t\n',
      images: ['a', 'b', 'tool:1'],
    },
    { name: 'COPY --from by number', text: 'FROM a\nFROM b\nCOPY --from=0 /i /i\n', images: ['a', 'b'] },
    {
      name: 'a mount',
      text: 'FROM a\nRUN --mount=type=bind,from=tool:1,target=/t --mount=type=cache,target=/c make\n',
      images: ['a', 'tool:1'],
    },
    { name: 'ARG before FROM', text: 'ARG V=26\nARG N=node:${V}\nFROM ${N}-slim\n', images: ['node:26-slim'] },
    { name: 'a build argument wins', text: 'ARG V=26\nFROM node:$V\n', buildArgs: { V: '24' }, images: ['node:24'] },
    { name: 'defaults in braces', text: 'FROM node:${V:-26}${W:+x}\n', images: ['node:26'] },
    { name: 'quoted', text: 'ARG V="26"\nFROM node:$V\n', images: ['node:26'] },
    { name: 'an argument inside a stage is none for FROM', text: 'FROM a\nARG V=1\nFROM b:${V:-2}\n', images: ['b:2'] },
    { name: 'a digest', text: 'FROM a@sha256:0\n', images: ['a@sha256:0'] },
    { name: 'the frontend', text: '# syntax=docker/dockerfile:1\nFROM a\n', images: ['a', 'docker/dockerfile:1'] },
    { name: 'a stage that comes later is an image', text: 'FROM x\nFROM y AS x\nFROM scratch\nCOPY --from=x / /\n', images: ['y'] },
    { name: 'continued lines and comments', text: 'FROM \\\n# why\n  a \\\n  AS b\nFROM b\n', images: ['a'] },
    { name: 'a heredoc', text: 'FROM a\nRUN <<EOF\nFROM b\nEOF\n', images: ['a'] },
    { name: 'an empty value without a colon is a value', text: 'ARG V=\nFROM a${V-:1}${V+:2}\n', images: ['a:2'] },
    { name: 'an image per architecture', text: 'FROM a-$TARGETARCH\n', images: ['a-amd64'] },
    {
      name: 'an image per architecture, for several',
      text: 'FROM --platform=$BUILDPLATFORM tool AS t\nFROM a:${TARGETARCH}${TARGETVARIANT}\nCOPY --from=t / /\n',
      platforms: ['linux/arm/v7', 'linux/amd64'],
      images: ['a:amd64', 'a:armv7', 'tool'],
    },
    {
      name: 'a stage per architecture: only those that are built',
      text: 'FROM x AS base-amd64\nFROM y AS base-arm64\nFROM z AS base-s390x\nFROM base-${TARGETARCH}\n',
      platforms: ['linux/amd64', 'linux/arm64'],
      images: ['x', 'y'],
    },
    { name: "the builder's architecture", text: 'FROM a-$BUILDARCH\n', platforms: ['linux/arm64'], images: ['a-amd64'] },
    { name: 'an argument of that name wins', text: 'FROM a-$TARGETARCH\n', buildArgs: { TARGETARCH: 'x' }, images: ['a-x'] },
    { name: 'nothing', text: '', images: [] },
  ])('$name', ({ text, target, buildArgs = {}, platforms = ['linux/amd64'], images }) =>
    expect(baseImages(text, { target, buildArgs, platforms, builderPlatform: 'linux/amd64' })).toEqual(images))
})
