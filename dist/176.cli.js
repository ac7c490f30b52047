export const id = 176;
export const ids = [176];
export const modules = {

/***/ 71799:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Qj: () => (/* binding */ markdownTable),
/* harmony export */   ed: () => (/* binding */ textTable),
/* harmony export */   kq: () => (/* binding */ escapeCell)
/* harmony export */ });
/** A text table with aligned columns, for terminals. */
function textTable(header, rows) {
    const all = [header, ...rows];
    const widths = header.map((_, column) => Math.max(...all.map((row) => (row[column] ?? '').length)));
    return all
        .map((row) => `${row
        .map((cell, column) => cell.padEnd(widths[column]))
        .join('  ')
        .trimEnd()}\n`)
        .join('');
}
/** A Markdown table; cells may hold any text. */
function markdownTable(header, rows) {
    const line = (cells) => `| ${cells.map(escapeCell).join(' | ')} |\n`;
    return `${line(header)}|${' --- |'.repeat(header.length)}\n${rows.map(line).join('')}`;
}
/** Keeps text from being read as Markdown or HTML. */
function escapeCell(text) {
    return text
        .replace(/[\\|<>&*_`[\]#]/g, (character) => character === '<' ? '&lt;' : character === '>' ? '&gt;' : character === '&' ? '&amp;' : `\\${character}`)
        .replace(/\r?\n/g, ' ');
}


/***/ }),

/***/ 8176:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   usage: () => (/* binding */ usage)
/* harmony export */ });
/* unused harmony export commandDescriptions */
/* harmony import */ var _inputs_definition_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(73999);
/* harmony import */ var _inputs_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(63752);
/* harmony import */ var _table_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(71799);



/** One line per command, for `--help` and the reference. */
const commandDescriptions = {
    generate: 'Scaffold new services; write compose, nginx and Postgres files.',
    check: 'List every file that generate would change; exit code 3 if there is one.',
    plan: 'Show the resolved services, as a diff what generate would do, and with a registry what build would do.',
    build: 'Build and push one image per service, where the registry does not have it yet.',
    'pull-request': 'Keep one pull request up to date with what generate would change on the base branch.',
    deploy: 'Bring a release to machines by SSH and move traffic to it without dropping a request.',
    rollback: 'Go back to the previous release, or to a named one that is still on the machine.',
    status: 'Show the releases, containers, lock and drift on the machines; switch the maintenance mode.',
    init: 'Make a repository ready: .env.dev, .gitignore lines, the workflows; from env files that are there, also all files of a new project.',
    templates: 'List the templates.',
};
/** The text of `nself-build --help`. */
function usage() {
    const commands = _inputs_js__WEBPACK_IMPORTED_MODULE_0__/* .commandNames */ .oQ.map((name) => [`  ${name}`, commandDescriptions[name]]);
    const definitions = Object.entries(_inputs_js__WEBPACK_IMPORTED_MODULE_0__/* .inputDefinitions */ .Z$);
    const inputs = definitions.map(([name, { description, secret }]) => [
        `  --${name}`,
        `${description.replaceAll('`', '')}${secret ? ` Or set ${(0,_inputs_definition_js__WEBPACK_IMPORTED_MODULE_1__/* .secretVariable */ .HV)(name)}.` : ''}`,
    ]);
    return `nself-build <command> [flags]

${(0,_table_js__WEBPACK_IMPORTED_MODULE_2__/* .textTable */ .ed)(['Commands', ''], commands)}
${(0,_table_js__WEBPACK_IMPORTED_MODULE_2__/* .textTable */ .ed)(['Flags', ''], [...inputs, ['  --json', 'Print the result as JSON on stdout; everything else goes to stderr.'], ['  --help', 'Show this.']])}
Exit codes: 0 done, 1 the operation failed, 2 invalid configuration or usage, 3 check found drift.
`;
}


/***/ })

};
