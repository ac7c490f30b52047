import fc from 'fast-check'

/** Text that means something to a shell, YAML, Liquid, GitHub, nginx, Docker, SQL, a terminal or a file system. */
const fragments = [
  ...['$(touch /tmp/x)', '`id`', '${HOME}', '$HOME', '$$', '$', '; rm -rf /', '&& true', '| sh', '> /etc/x', '!', '*', '~', '\\', '\\n'],
  ...[
    ': ',
    '- ',
    '# x',
    ' #',
    '&a',
    '*a',
    '!!js/x',
    '{a: b}',
    '[a]',
    '|',
    '>-',
    '---',
    '...',
    '%YAML',
    'null',
    'true',
    'yes',
    '0x1f',
    '1e3',
    '012',
  ],
  ...['{{ project }}', '{% raw %}', '{%- endif -%}', '${{ secrets.X }}', '::error::x', '##[group]'],
  ...[
    '; return 200',
    '}',
    '{',
    'include /etc/passwd;',
    'server_name',
    'default',
    'include',
    '$host',
    '"',
    "'",
    '\n',
    '\r',
    '\n}\nserver {',
    '\t',
  ],
  ...[
    'FROM x',
    'RUN x',
    'ONBUILD',
    "'; DROP TABLE x; --",
    '../',
    '/../..',
    '/etc/passwd',
    '.git',
    '-rf',
    '--privileged',
    'a',
    'api',
    '1',
    '80',
  ],
  ...[
    '\u0000',
    '\u0007',
    '\u001b[31m',
    '\u007f',
    '\u0085',
    '\u00a0',
    '\u2028',
    '\u2029',
    '\u202e',
    '\ufeff',
    '\uffff',
    'ü',
    '🚀',
    '\ud800',
  ],
  ...['__proto__', 'constructor', 'toString', ',', ':', '=', '@', '%0a', '?', '(', ')'],
]

/** Hostile values: fragments in any number and order, and text of any kind. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: fc.array(fc.constantFrom(...fragments), { minLength: 1, maxLength: 5 }).map((parts) => parts.join('')) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
)

/** How a value may be written in an env file. Each spelling keeps it on what the file's syntax calls one value. */
export const spellings = {
  /** Single quotes keep everything as it is; there is no way to have a single quote inside. */
  single: (value: string) => `'${value.replaceAll("'", '')}'`,
  /** Double quotes; an escape may turn into something else, which the parsed value then shows. */
  double: (value: string) => `"${value.replaceAll('\\', '').replaceAll('"', '\\"')}"`,
  /** None: as if typed into the file, on one line. */
  none: (value: string) => value.replaceAll(/[\r\n]/g, ''),
}

export const spelling: fc.Arbitrary<keyof typeof spellings> = fc.constantFrom('single', 'double', 'none')
