import { describe, expect, it } from 'vitest'
import { openTemplates } from '../../action/adapters/templates.ts'
import { createCatalogue } from '../../action/scaffold/catalogue.ts'
import { dockerfileProblems } from '../contract/dockerfile.ts'
import { tool } from '../support/project.ts'

const library = openTemplates(tool, tool, '')

const sound = `FROM debian:trixie-slim AS build
ENV MODE=production \\
    # a comment between two lines of one instruction
    LEVEL=info
RUN make
ADD --checksum=sha256:${'a'.repeat(64)} \\
    https://example.com/library.tar.gz /tmp/

FROM debian:trixie-slim AS runtime
COPY --from=build /app /app
USER 10001:10001
CMD ["/app"]
`

describe('the Dockerfile of a template', () => {
  it.each(createCatalogue(library.sources, () => {}).all())('of $id keeps the rules', ({ id }) => {
    const file = library.files(id).find(({ path }) => /^Dockerfile(\.liquid)?$/.test(path))
    expect(dockerfileProblems(String(file?.content).replaceAll('{{ port }}', '3001'))).toEqual([])
  })

  it('may be in stages, with a download by checksum', () => expect(dockerfileProblems(sound)).toEqual([]))

  it.each([
    ['is no Dockerfile', 'RUN make', 'RUNS make', /line 5/],
    ['has a base by variable', 'FROM debian:trixie-slim AS build', 'ARG BASE=debian\nFROM $BASE AS build', /not literal/],
    ['has one stage', /^.*?\n\n/s, '', /one stage/],
    ['fetches with a tool', 'RUN make', 'RUN make && \\\n    curl -O https://example.com/x', /downloads by itself/],
    ['adds what it does not know', /--checksum=\S+ /, '', /without a checksum/],
    ['holds a secret', 'LEVEL=info', 'API_TOKEN=x', /a secret/],
    ['has what BuildKit takes for a secret', 'LEVEL=info', 'X_AUTH_MODE=x', /a secret/],
    ['runs as root', 'USER 10001:10001\n', '', /no user/],
    ['runs as a name', 'USER 10001:10001', 'USER app', /no user/],
    ['has its user in an earlier stage only', /(RUN make\n)(.*)USER 10001:10001\n/s, '$1USER 10001\n$2', /no user/],
    ['starts a shell', 'CMD ["/app"]', 'CMD /app', /exec form/],
  ])('that %s is refused', (_what, part, instead, problem) => {
    expect(dockerfileProblems(sound.replace(part, instead)).join('\n')).toMatch(problem)
  })
})
