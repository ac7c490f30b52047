import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
/******/ var __webpack_modules__ = ({

/***/ 42613:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("assert");

/***/ }),

/***/ 20181:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("buffer");

/***/ }),

/***/ 35317:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("child_process");

/***/ }),

/***/ 76982:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("crypto");

/***/ }),

/***/ 24434:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("events");

/***/ }),

/***/ 79896:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("fs");

/***/ }),

/***/ 58611:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("http");

/***/ }),

/***/ 65692:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("https");

/***/ }),

/***/ 69278:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("net");

/***/ }),

/***/ 34589:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:assert");

/***/ }),

/***/ 16698:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:async_hooks");

/***/ }),

/***/ 4573:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:buffer");

/***/ }),

/***/ 31421:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:child_process");

/***/ }),

/***/ 37540:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:console");

/***/ }),

/***/ 77598:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:crypto");

/***/ }),

/***/ 53053:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:diagnostics_channel");

/***/ }),

/***/ 40610:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:dns");

/***/ }),

/***/ 71553:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:dns/promises");

/***/ }),

/***/ 78474:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:events");

/***/ }),

/***/ 73024:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs");

/***/ }),

/***/ 37067:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:http");

/***/ }),

/***/ 32467:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:http2");

/***/ }),

/***/ 44708:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:https");

/***/ }),

/***/ 98995:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:module");

/***/ }),

/***/ 77030:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:net");

/***/ }),

/***/ 48161:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:os");

/***/ }),

/***/ 76760:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:path");

/***/ }),

/***/ 643:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:perf_hooks");

/***/ }),

/***/ 1708:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:process");

/***/ }),

/***/ 41792:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:querystring");

/***/ }),

/***/ 57075:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:stream");

/***/ }),

/***/ 58500:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:timers/promises");

/***/ }),

/***/ 41692:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:tls");

/***/ }),

/***/ 73136:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:url");

/***/ }),

/***/ 57975:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:util");

/***/ }),

/***/ 73429:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:util/types");

/***/ }),

/***/ 75919:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:worker_threads");

/***/ }),

/***/ 38522:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:zlib");

/***/ }),

/***/ 70857:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("os");

/***/ }),

/***/ 16928:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("path");

/***/ }),

/***/ 932:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("process");

/***/ }),

/***/ 2203:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("stream");

/***/ }),

/***/ 13193:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("string_decoder");

/***/ }),

/***/ 53557:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("timers");

/***/ }),

/***/ 64756:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("tls");

/***/ }),

/***/ 52018:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("tty");

/***/ }),

/***/ 87016:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("url");

/***/ }),

/***/ 39023:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("util");

/***/ }),

/***/ 24699:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  UD: () => (/* binding */ compare),
  h4: () => (/* binding */ diagnose),
  Cs: () => (/* binding */ hasErrors),
  hD: () => (/* binding */ quote),
  Ds: () => (/* binding */ sortDiagnostics)
});

;// CONCATENATED MODULE: ./build/config/codes.js
/**
 * Every diagnostic code, once. Codes are stable: a code is never reused for another meaning.
 * 1xx env files · 2xx `CS_N` lines · 3xx `CS_N_*` modifiers · 4xx project and core services ·
 * 5xx generated files and scaffolds · 6xx inputs and usage · 7xx pull requests · 8xx deploys · 9xx certificates. `docs/diagnostics.md` is generated from this table.
 */
const codes = {
    NB101: { severity: 'error', title: 'A line of an env file is not KEY=value' },
    NB102: { severity: 'error', title: 'A quoted value is never closed' },
    NB103: { severity: 'error', title: 'Text follows a closing quote' },
    NB104: { severity: 'error', title: 'A value holds a control character' },
    NB105: { severity: 'error', title: 'An env file is not text (NUL byte or not UTF-8)' },
    NB106: { severity: 'error', title: 'An env file is larger than 1 MiB' },
    NB107: { severity: 'error', title: 'An env file cannot be read, or is a link that leaves the project' },
    NB108: { severity: 'warning', title: 'A variable is set twice in one file' },
    NB109: { severity: 'info', title: '.env and the environment file disagree' },
    NB110: { severity: 'error', title: 'A variable refers to itself' },
    NB111: { severity: 'error', title: 'A reference in a structural value has no value' },
    NB112: { severity: 'error', title: 'The environment name is not valid' },
    NB113: { severity: 'warning', title: 'ENV contradicts the chosen environment' },
    NB114: { severity: 'error', title: 'No env file was found' },
    NB115: { severity: 'info', title: 'Both spellings of an environment file exist' },
    NB116: { severity: 'error', title: 'A reference leads too far, or to too long a value' },
    NB201: { severity: 'error', title: 'A CS_N line does not have the form name:framework[:port][:route]' },
    NB202: { severity: 'error', title: 'A service name is not valid' },
    NB203: { severity: 'info', title: 'A service name was lowered' },
    NB204: { severity: 'error', title: 'A service name is reserved' },
    NB205: { severity: 'error', title: 'Two services have the same name' },
    NB206: { severity: 'error', title: 'The service auth and the core auth service exclude each other' },
    NB207: { severity: 'error', title: 'The framework is unknown' },
    NB208: { severity: 'warning', title: 'The template is a placeholder in this version' },
    NB209: { severity: 'error', title: 'A port is not a number from 1 to 65535' },
    NB210: { severity: 'warning', title: 'A port is used twice' },
    NB211: { severity: 'info', title: 'An automatic port was taken' },
    NB212: { severity: 'error', title: 'A route or domain is not valid' },
    NB213: { severity: 'error', title: 'Two services have the same domain' },
    NB214: { severity: 'warning', title: 'Another environment has the same domain' },
    NB215: { severity: 'error', title: 'N in CS_N is not a number from 1 to 99' },
    NB216: { severity: 'info', title: 'SERVICES_ENABLED is not set' },
    NB217: { severity: 'warning', title: 'SERVICES_ENABLED is false, so CS_N lines are ignored' },
    NB218: { severity: 'info', title: 'A core service gives way to a domain of yours' },
    NB219: { severity: 'error', title: 'A core service and a service of yours claim one domain' },
    NB301: { severity: 'error', title: 'A memory size is not valid' },
    NB302: { severity: 'warning', title: 'The memory is less than the template needs' },
    NB303: { severity: 'error', title: 'A CPU count is not valid' },
    NB304: { severity: 'error', title: 'A replica count is not valid' },
    NB305: { severity: 'error', title: 'A boolean is not valid' },
    NB306: { severity: 'error', title: 'A health check is not valid' },
    NB307: { severity: 'error', title: 'A rate limit is not valid' },
    NB308: { severity: 'error', title: 'A table prefix is not valid' },
    NB309: { severity: 'error', title: 'A database name is not valid' },
    NB310: { severity: 'error', title: 'A Redis prefix is not valid' },
    NB311: { severity: 'error', title: 'A Redis database is not a number from 0 to 15' },
    NB312: { severity: 'error', title: 'CS_N_ENV is not KEY=value,KEY=value' },
    NB313: { severity: 'error', title: 'CS_N_ENV holds a literal secret' },
    NB314: { severity: 'warning', title: 'CS_N_ENV names a variable twice' },
    NB315: { severity: 'warning', title: '$NAME or ${ in CS_N_ENV stays literal' },
    NB316: { severity: 'error', title: 'An image reference is not valid' },
    NB317: { severity: 'error', title: 'A path is not valid or leaves the project' },
    NB318: { severity: 'error', title: 'A build target is not valid' },
    NB319: { severity: 'error', title: 'A command is not valid' },
    NB320: { severity: 'error', title: 'A dependency is not valid or does not exist' },
    NB321: { severity: 'error', title: 'Services depend on each other in a circle' },
    NB322: { severity: 'error', title: 'A network is not valid' },
    NB323: { severity: 'error', title: 'A volume is not valid' },
    NB324: { severity: 'error', title: 'A list of variable names is not valid' },
    NB325: { severity: 'error', title: 'CS_N_IMAGE excludes build settings' },
    NB326: { severity: 'warning', title: 'A modifier is unknown' },
    NB327: { severity: 'warning', title: 'A modifier has no CS_N line' },
    NB328: { severity: 'warning', title: 'A modifier has no effect' },
    NB329: { severity: 'warning', title: 'An older spelling of custom services is not read' },
    NB330: { severity: 'error', title: 'A value of .env.secrets would be written into a file' },
    NB331: { severity: 'error', title: 'A body size is not valid' },
    NB332: { severity: 'error', title: 'A timeout is not valid' },
    NB401: { severity: 'error', title: 'PROJECT_NAME is missing' },
    NB402: { severity: 'error', title: 'PROJECT_NAME is not valid' },
    NB403: { severity: 'error', title: 'BASE_DOMAIN is not valid' },
    NB404: { severity: 'warning', title: 'BASE_DOMAIN is not set outside development' },
    NB405: { severity: 'error', title: 'Redis is switched off but needed' },
    NB406: { severity: 'error', title: 'Postgres is switched off but needed' },
    NB407: { severity: 'error', title: 'A core service setting is not valid' },
    NB408: { severity: 'warning', title: 'A required secret is not set' },
    NB409: { severity: 'warning', title: 'A password needs percent-encoding in URLs' },
    NB410: { severity: 'error', title: 'SSL_MODE is not valid' },
    NB411: { severity: 'error', title: 'A core service needs another one that is off' },
    NB412: { severity: 'error', title: 'Two core services publish the same port' },
    NB413: { severity: 'error', title: 'A setting of HTTPS is not valid' },
    NB414: { severity: 'warning', title: 'A proxy is in front, but none is trusted' },
    NB415: { severity: 'error', title: 'TRUSTED_PROXIES trusts everyone' },
    NB501: { severity: 'error', title: 'A generated file was edited by hand' },
    NB502: { severity: 'error', title: 'A file that would be generated belongs to someone else' },
    NB503: { severity: 'info', title: 'A service directory was there before and is left alone' },
    NB504: { severity: 'warning', title: 'The framework of a scaffolded service changed' },
    NB505: { severity: 'info', title: 'A service directory is orphaned' },
    NB506: { severity: 'info', title: 'A file of yours was kept instead of the template’s new version' },
    NB507: { severity: 'error', title: 'The lock file is not valid' },
    NB508: { severity: 'error', title: 'A path in the project is a symbolic link' },
    NB509: { severity: 'info', title: 'A site is left to your own nginx file' },
    NB510: { severity: 'error', title: 'A template is not valid' },
    NB511: { severity: 'info', title: 'A service directory was renamed' },
    NB512: { severity: 'error', title: 'A path is occupied by something that is not a file' },
    NB513: { severity: 'error', title: 'A file is not what generate would leave (check)' },
    NB514: { severity: 'info', title: 'init kept a file that was there' },
    NB515: { severity: 'error', title: 'A file could not be written' },
    NB516: { severity: 'warning', title: 'You and the template changed the same lines of a file' },
    NB517: { severity: 'warning', title: 'A file holds conflict markers' },
    NB518: { severity: 'warning', title: 'The pristine copy of a file is missing' },
    NB519: { severity: 'error', title: 'services/.scaffold/config.yml is not valid' },
    NB520: { severity: 'warning', title: 'services/.scaffold/config.yml names something that is not there' },
    NB521: { severity: 'info', title: 'A template version is skipped' },
    NB522: { severity: 'warning', title: 'A service comes from a newer template than this version of nself-build has' },
    NB601: { severity: 'error', title: 'The command is unknown or missing' },
    NB602: { severity: 'error', title: 'An input is unknown' },
    NB603: { severity: 'error', title: 'An input has no valid value' },
    NB605: { severity: 'error', title: 'An input that the command needs is missing' },
    NB604: { severity: 'error', title: 'The working directory is not a directory' },
    NB606: { severity: 'warning', title: 'A Dockerfile has a flaw' },
    NB701: { severity: 'info', title: 'A file of the checkout is not what the base branch has' },
    NB702: { severity: 'error', title: 'GitHub Actions may not create pull requests here' },
    NB703: { severity: 'error', title: 'The token lacks a permission' },
    NB704: { severity: 'error', title: 'A rule protects the branch of the pull request' },
    NB705: { severity: 'error', title: 'The repository is archived' },
    NB706: { severity: 'error', title: 'A rate limit lasts longer than the wait' },
    NB707: { severity: 'warning', title: 'People committed to the branch of the pull request' },
    NB708: { severity: 'info', title: 'Someone closed the pull request, and its branch is still there' },
    NB709: { severity: 'info', title: 'Checks of the pull request wait for an approval' },
    NB710: { severity: 'warning', title: 'A file that a pull request never changes' },
    NB711: { severity: 'error', title: 'The repository or the base branch was not found' },
    NB712: { severity: 'error', title: 'A request to GitHub failed' },
    NB713: { severity: 'warning', title: 'A part of the pull request could not be set' },
    NB801: { severity: 'error', title: 'A service has no image by digest' },
    NB802: { severity: 'error', title: 'The digests file is not valid, or belongs to another project' },
    NB803: { severity: 'error', title: 'A variable that the stack needs has no value' },
    NB804: { severity: 'error', title: 'A service mounts a file of the project, which is not on the host' },
    NB805: { severity: 'error', title: 'nginx would serve a domain of another environment' },
    NB806: { severity: 'error', title: 'This configuration cannot be deployed' },
    NB807: { severity: 'error', title: 'A service has a port that nginx serves to the public' },
    NB808: { severity: 'error', title: 'A file with conflict markers would be deployed' },
    NB809: { severity: 'error', title: 'An env file of CS_N_ENV_FILE cannot be read' },
    NB810: { severity: 'error', title: 'An input of the connection is missing or not valid' },
    NB811: { severity: 'warning', title: 'A service that keeps data differs on the host' },
    NB812: { severity: 'warning', title: 'Something on the host is not of this deploy' },
    NB813: { severity: 'error', title: 'The machine is not ready for a deploy' },
    NB814: { severity: 'error', title: 'The deploy failed on a machine' },
    NB815: { severity: 'error', title: 'There is no release to go back to' },
    NB816: { severity: 'error', title: 'The run on a machine outlasts wait-timeout' },
    NB817: { severity: 'error', title: 'The name of a file cannot be deployed' },
    NB818: { severity: 'error', title: 'A service has a name that a deploy needs for itself' },
    NB819: { severity: 'error', title: 'A Docker Swarm cannot do this' },
    NB820: { severity: 'error', title: 'The machine has a release for another target' },
    NB850: { severity: 'error', title: 'The host showed another key than known-hosts says' },
    NB851: { severity: 'error', title: 'The host is not in known-hosts' },
    NB852: { severity: 'error', title: 'The host cannot be reached' },
    NB853: { severity: 'error', title: 'The host does not accept the user or the key' },
    NB854: { severity: 'error', title: 'A private key cannot be used' },
    NB855: { severity: 'error', title: 'known-hosts has no valid line' },
    NB856: { severity: 'error', title: 'The connection to the host was lost' },
    NB857: { severity: 'error', title: 'Another run holds the lock on the host' },
    NB858: { severity: 'error', title: 'The host refused a step' },
    NB859: { severity: 'error', title: 'The host answered something that is not the agent' },
    NB863: { severity: 'error', title: 'ssh is not installed' },
    NB901: { severity: 'error', title: 'A certificate is missing' },
    NB902: { severity: 'error', title: 'A certificate or its key cannot be read' },
    NB903: { severity: 'error', title: 'A certificate is not for a name that it has to serve' },
    NB904: { severity: 'error', title: 'A certificate is not valid at this time' },
    NB905: { severity: 'warning', title: 'A certificate ends soon' },
    NB906: { severity: 'error', title: 'A key does not belong to its certificate' },
    NB907: { severity: 'warning', title: 'A certificate comes without its intermediates' },
    NB908: { severity: 'error', title: 'A public name shows no certificate' },
    NB909: { severity: 'error', title: 'A public name shows a certificate that is not trusted' },
    NB910: { severity: 'info', title: 'An environment has no public name yet' },
    NB911: { severity: 'error', title: 'A certificate is given without its key, or a key without its certificate' },
    NB912: { severity: 'warning', title: 'A certificate is given that nothing needs' },
    NB913: { severity: 'info', title: 'A deploy puts a certificate on a machine' },
};

;// CONCATENATED MODULE: ./build/config/diagnostics.js

/** Builds a diagnostic with its code's own severity; `severity` overrides it where a rule depends on the environment. */
function diagnose(code, message, fix, position, severity = codes[code].severity) {
    return position === undefined ? { code, severity, message, fix } : { code, severity, message, fix, position };
}
function hasErrors(diagnostics) {
    return diagnostics.some((diagnostic) => diagnostic.severity === 'error');
}
const rank = { error: 0, warning: 1, info: 2 };
/** Sorts by file, line, column, severity and code, so that equal input always reads the same. */
function sortDiagnostics(diagnostics) {
    return [...diagnostics].sort((a, b) => compare(a.position?.file ?? '', b.position?.file ?? '') ||
        (a.position?.line ?? 0) - (b.position?.line ?? 0) ||
        (a.position?.column ?? 0) - (b.position?.column ?? 0) ||
        rank[a.severity] - rank[b.severity] ||
        compare(a.code, b.code) ||
        compare(a.message, b.message));
}
/** Orders strings by code unit: the same on every machine, whatever its locale. */
function compare(a, b) {
    return a < b ? -1 : a > b ? 1 : 0;
}
const shownLength = 60;
/** Quotes user text for a message: one line, control characters escaped, long text shortened. */
function quote(text) {
    const short = text.length > shownLength ? `${text.slice(0, shownLength)}…` : text;
    return JSON.stringify(short);
}


/***/ }),

/***/ 85813:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   a: () => (/* binding */ didYouMean)
/* harmony export */ });
/* unused harmony export nearest */
/* harmony import */ var _diagnostics_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(24699);

/** The candidates nearest to `text` by edit distance, nearest first; none when nothing is close enough to be a slip. */
function nearest(text, candidates, most = 3) {
    const wanted = text.toLowerCase();
    const limit = Math.max(2, Math.floor(wanted.length / 3));
    return candidates
        .map((candidate) => ({ candidate, distance: distance(wanted, candidate.toLowerCase()) }))
        .filter(({ candidate, distance }) => distance <= limit || (wanted.length >= 3 && candidate.toLowerCase().startsWith(wanted)))
        .sort((a, b) => a.distance - b.distance || (0,_diagnostics_js__WEBPACK_IMPORTED_MODULE_0__/* .compare */ .UD)(a.candidate, b.candidate))
        .slice(0, most)
        .map(({ candidate }) => candidate);
}
/** A sentence naming the nearest candidates, or the whole choice when it is short, or ''. */
function didYouMean(text, candidates) {
    const near = nearest(text, candidates);
    return near.length === 0 ? '' : `Did you mean ${near.join(', ')}?`;
}
/** Optimal string alignment distance: insertions, deletions, substitutions and swaps of neighbours cost 1. */
function distance(a, b) {
    const rows = [Array.from({ length: b.length + 1 }, (_, column) => column)];
    for (let i = 1; i <= a.length; i++) {
        const row = [i];
        for (let j = 1; j <= b.length; j++) {
            const cost = a[i - 1] === b[j - 1] ? 0 : 1;
            const above = rows[i - 1];
            let best = Math.min(above[j] + 1, row[j - 1] + 1, above[j - 1] + cost);
            if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
                best = Math.min(best, rows[i - 2][j - 2] + 1);
            row.push(best);
        }
        rows.push(row);
    }
    return rows[a.length][b.length];
}


/***/ }),

/***/ 18014:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   C: () => (/* binding */ expandTags),
/* harmony export */   h: () => (/* binding */ unknownTagNames)
/* harmony export */ });
/**
 * Expands tag templates, one per line or comma: text with `{sha}`, `{branch}`, `{environment}`, `{semver}`, `{major}`, `{minor}`
 * (`1.2`). A template that names what is unknown in this run gives no tag. Characters that no tag may hold become `-`. Sorted, without doubles.
 */
function expandTags(templates, sources) {
    const [major = '', minor = ''] = /^(\d+)\.(\d+)\.\d+$/.exec(sources.semver)?.slice(1) ?? [];
    const values = { ...sources, major, minor: major === '' ? '' : `${major}.${minor}` };
    const tags = templates
        .split(/[\n,]/)
        .map((template) => template.trim())
        .filter((template) => template !== '' && [...template.matchAll(/\{(\w+)\}/g)].every(([, name = '']) => values[name] !== ''))
        .map((template) => template.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? ''))
        .map((tag) => tag
        .replace(/[^\w.-]/g, '-')
        .replace(/^[.-]+/, '')
        .slice(0, 128));
    return [...new Set(tags)].filter((tag) => tag !== '').sort();
}
/** Names in a template that mean nothing, for a diagnostic. */
function unknownTagNames(templates) {
    const known = ['sha', 'branch', 'semver', 'environment', 'major', 'minor'];
    return [...templates.matchAll(/\{(\w*)\}/g)].map(([, name = '']) => name).filter((name) => !known.includes(name));
}


/***/ }),

/***/ 63752:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  oQ: () => (/* binding */ commandNames),
  Z$: () => (/* binding */ inputDefinitions),
  UK: () => (/* binding */ readCommand),
  Ko: () => (/* binding */ readInputs),
  _y: () => (/* binding */ secretInputs)
});

// EXTERNAL MODULE: ./build/config/diagnostics.js + 1 modules
var config_diagnostics = __nccwpck_require__(24699);
// EXTERNAL MODULE: ./build/config/suggest.js
var suggest = __nccwpck_require__(85813);
// EXTERNAL MODULE: ./build/inputs/definition.js
var definition = __nccwpck_require__(73999);
;// CONCATENATED MODULE: ./build/inputs/deploy.js

const duration = (value) => secondsIn(value) === undefined ? 'is not a time: write seconds (90), or 90s, 15m, 1h' : undefined;
function secondsIn(value) {
    const [, count, unit = 's'] = /^(\d{1,6})(s|m|h)?$/.exec(value) ?? [];
    return count === undefined ? undefined : Number(count) * { s: 1, m: 60, h: 3600 }[unit];
}
const port = (value) => /^\d{1,5}$/.test(value) && Number(value) >= 1 && Number(value) <= 65535 ? undefined : 'must be a port from 1 to 65535';
/** Reads `host`, `user@host`, `user@host:2222`, `[2001:db8::1]:22`; nothing when it is something else. */
function parseHost(text, byDefault) {
    const match = /^(?:([A-Za-z_][\w.-]*)@)?(?:\[([0-9A-Fa-f:]+)\]|([A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?))(?::(\d{1,5}))?$/.exec(text);
    if (match === null || (match[4] !== undefined && port(match[4]) !== undefined))
        return undefined;
    return {
        username: match[1] ?? byDefault.username,
        host: (match[2] ?? match[3]),
        port: match[4] === undefined ? byDefault.port : Number(match[4]),
    };
}
function whyNoHost(text) {
    if (parseHost(text, { username: '', port: 22 }) !== undefined)
        return undefined;
    const isBareIpv6 = /^([^@]*@)?[0-9A-Fa-f]*:[0-9A-Fa-f:]*:/.test(text);
    return isBareIpv6 ? 'is an IPv6 address without brackets: write user@[2001:db8::1]:22' : 'must look like user@host:port';
}
/** What `deploy`, `rollback` and `status` read. */
const deployInputs = {
    target: {
        type: ['hosts', 'swarm'],
        default: 'hosts',
        description: '`hosts`: each machine runs the whole project by itself. `swarm`: `host` is a manager of a Docker Swarm, which spreads the services over its machines.',
    },
    host: {
        type: 'text',
        default: '',
        description: 'The machines to deploy to, one per line or comma: `deploy@203.0.113.7`, `deploy@web-1.example.com:2222`. The first is the canary.',
        check: (value) => (0,definition/* listOf */.c3)(value)
            .map(whyNoHost)
            .find((problem) => problem !== undefined),
    },
    port: { type: 'text', default: '22', description: 'SSH port, where `host` names none.', check: port },
    username: { type: 'text', default: '', description: 'User on the machine, where `host` names none. Needs to be in the group `docker`.' },
    key: {
        type: 'text',
        secret: true,
        default: '',
        description: 'Private SSH key: its text, from a secret; in a terminal the path of its file.',
    },
    passphrase: { type: 'text', secret: true, default: '', description: 'Passphrase of the key.' },
    'known-hosts': {
        type: 'text',
        default: '',
        description: 'Lines of a known_hosts file for all machines (or its path), from `ssh-keyscan`, compared with the fingerprints on the machine itself. Required.',
    },
    'insecure-host-key': {
        type: 'boolean',
        default: 'false',
        description: 'Accept any machine that answers at the address, without `known-hosts`. Whoever is in between can read all secrets.',
    },
    'proxy-host': {
        type: 'text',
        default: '',
        description: 'A jump host: `user@bastion.example.com:22`. Its key belongs into `known-hosts`, too.',
        check: whyNoHost,
    },
    'proxy-port': { type: 'text', default: '22', description: 'SSH port of the jump host, where `proxy-host` names none.', check: port },
    'proxy-username': { type: 'text', default: '', description: 'User on the jump host. Default: that of the machine.' },
    'proxy-key': { type: 'text', secret: true, default: '', description: 'Private key for the jump host. Default: `key`.' },
    'proxy-passphrase': { type: 'text', secret: true, default: '', description: 'Passphrase of `proxy-key`.' },
    timeout: { type: 'text', default: '30s', description: 'How long a connection may take.', check: duration },
    'deploy-path': {
        type: 'text',
        default: '',
        description: 'Folder on the machine. Default: `/opt/nself/<project>-<environment>`.',
        check: (value) => /^\/[A-Za-z0-9._/-]{1,200}$/.test(value) && !value.split('/').some((part) => part === '..' || part === '.')
            ? undefined
            : 'must be an absolute path of letters, digits, . _ / and -',
    },
    'dry-run': { type: 'boolean', default: 'false', description: 'Show what would be done on each machine, and do nothing.' },
    wait: {
        type: 'boolean',
        default: 'true',
        description: '`false`: end as soon as the run has started on the (one) machine; it goes on there.',
    },
    'wait-timeout': {
        type: 'text',
        default: '15m',
        description: 'How long to follow the run on one machine. It goes on there afterwards.',
        check: duration,
    },
    'lock-wait': {
        type: 'text',
        default: '0',
        description: 'How long to wait while another run is at work on the machine.',
        check: duration,
    },
    observe: {
        type: 'text',
        default: '0',
        description: 'How long to watch the new containers under traffic before the old ones go; too many errors, and traffic moves back.',
        check: duration,
    },
    'restart-edge': {
        type: 'boolean',
        default: 'false',
        description: 'Replace nginx’s container when its image, ports or mounts changed: about a second without answers.',
    },
    recreate: {
        type: 'text',
        default: '',
        description: 'Services that keep data and are to be replaced this time, such as `postgres`. A deploy never does it by itself.',
        check: (value) => ((0,definition/* listOf */.c3)(value).every((name) => /^[a-z0-9][a-z0-9-]*$/.test(name)) ? undefined : 'must name services'),
    },
    release: {
        type: 'text',
        default: '',
        description: 'For `rollback`: the release to go back to, as `status` lists them. Default: the previous one.',
        check: (value) => (/^[0-9a-f]{12}$/.test(value) ? undefined : 'must be a release, 12 hexadecimal digits'),
    },
    maintenance: {
        type: ['unchanged', 'on', 'off'],
        default: 'unchanged',
        description: 'For `status`: switch the maintenance mode first. While it is on, nginx answers 503 at every public name.',
    },
    public: {
        type: 'boolean',
        default: 'false',
        description: 'For `status`: look at the certificates that the public names show, from here and without a login. Fails when one is missing, not trusted, for another name or about to end.',
    },
    keep: {
        type: 'text',
        default: '3',
        description: 'How many releases stay on the machine for `rollback`.',
        check: (value) => (/^([2-9]|[1-9]\d)$/.test(value) ? undefined : 'must be a number from 2 to 99'),
    },
};
function readDeployInputs({ text, raw, isTrue }) {
    const seconds = (name) => secondsIn(text(name)) ?? 0;
    const user = { username: text('username'), port: Number(text('port')) };
    const jump = parseHost(text('proxy-host'), { username: text('proxy-username'), port: Number(text('proxy-port')) });
    const hosts = (0,definition/* listOf */.c3)(text('host')).flatMap((host) => parseHost(host, user) ?? []);
    return {
        target: text('target'),
        hosts,
        key: raw('key'),
        passphrase: raw('passphrase'),
        knownHosts: raw('known-hosts'),
        insecureHostKey: isTrue('insecure-host-key'),
        proxy: jump === undefined
            ? undefined
            : {
                ...jump,
                username: jump.username || (hosts[0]?.username ?? ''),
                key: raw('proxy-key') || raw('key'),
                passphrase: raw('proxy-key') === '' ? raw('passphrase') : raw('proxy-passphrase'),
            },
        timeout: seconds('timeout'),
        deployPath: text('deploy-path').replace(/\/+$/, ''),
        dryRun: isTrue('dry-run'),
        wait: isTrue('wait'),
        waitTimeout: seconds('wait-timeout'),
        lockWait: seconds('lock-wait'),
        observe: seconds('observe'),
        restartEdge: isTrue('restart-edge'),
        recreate: (0,definition/* listOf */.c3)(text('recreate')),
        release: text('release'),
        maintenance: text('maintenance'),
        public: isTrue('public'),
        keep: Number(text('keep')),
    };
}

// EXTERNAL MODULE: ./build/images/tags.js
var tags = __nccwpck_require__(18014);
;// CONCATENATED MODULE: ./build/inputs/images.js


const runnersOf = (value) => (0,definition/* pairsOf */.fq)(value, /^\s*([a-z0-9]+\/[a-z0-9]+(?:\/v\d+)?)=\s*(\S.*?)\s*$/);
/** What `plan` and `build` read. */
const imageInputs = {
    services: {
        type: 'text',
        default: '',
        description: 'Names of the services to plan, build or deploy, separated by commas; a deploy keeps the images of the others. Default: all.',
    },
    platforms: {
        type: 'text',
        default: '',
        description: 'Platforms of the images, such as `linux/amd64,linux/arm64`. Default: the one of this machine.',
        check: (value) => (0,definition/* listOf */.c3)(value).every((platform) => /^[a-z0-9]+\/[a-z0-9]+(\/v\d+)?$/.test(platform))
            ? undefined
            : 'must look like linux/amd64,linux/arm64',
    },
    runners: {
        type: 'text',
        default: '',
        description: 'Which runner builds which platform, for the matrix of `plan`, one `linux/arm64=ubuntu-24.04-arm` per line. Default: `ubuntu-latest`.',
        check: (value) => (runnersOf(value) === undefined ? 'must hold one platform=runner per line' : undefined),
    },
    tags: {
        type: 'text',
        default: '',
        description: 'Further tags, one per line or comma, with `{sha}`, `{branch}`, `{environment}`, `{semver}`, `{major}`, `{minor}`: `{branch},{sha}`. One that names what a run does not have is left out.',
        check: (value) => {
            const [unknown] = (0,tags/* unknownTagNames */.h)(value);
            return unknown === undefined ? undefined : `names {${unknown}}, which means nothing`;
        },
    },
    'build-args': {
        type: 'text',
        default: '',
        description: 'Build arguments for every service, one `NAME=value` per line. Not for secrets.',
        check: (value) => ((0,definition/* pairsOf */.fq)(value) === undefined ? 'must hold one NAME=value per line' : undefined),
    },
    'build-secrets': {
        type: 'text',
        default: '',
        description: 'Secrets for `RUN --mount=type=secret,id=…`, one `id=VARIABLE` per line. The value is that of VARIABLE in the env files, the `env` input or the environment of the step. They do not count as changes.',
        check: (value) => ((0,definition/* pairsOf */.fq)(value) === undefined ? 'must hold one id=VARIABLE per line' : undefined),
    },
    cache: {
        type: ['auto', 'gha', 'registry', 'local', 'inline', 'off'],
        default: 'auto',
        description: 'Where layers are kept between runs. `auto`: `gha` in GitHub Actions, else `off`, since the builder has its own. `local`: the folder `cache-folder`.',
    },
    'cache-folder': {
        type: 'text',
        default: '.buildx-cache',
        description: 'Folder of `cache: local`, seen from the project. In GitHub Actions it is kept between runs.',
        check: definition/* insideProject */.CH,
    },
    'no-cache': { type: 'boolean', default: 'false', description: 'Build without any cache.' },
    pull: { type: 'boolean', default: 'false', description: 'Fetch base images again, even where the builder has them.' },
    provenance: { type: ['min', 'max', 'false'], default: 'min', description: 'Provenance attestation of the images.' },
    sbom: { type: 'boolean', default: 'false', description: 'Attach a software bill of materials to the images.' },
    builder: { type: 'text', default: '', description: 'Name of the buildx builder. Default: the current one.' },
    endpoint: {
        type: 'text',
        default: '',
        description: 'Address of a BuildKit (`tcp://…`) or of a Docker host (`ssh://…`) to build on, instead of a builder by name; a builder is made there for the run.',
        check: (value) => (/^[a-z][a-z0-9+-]*:\/\/\S+$/.test(value) ? undefined : 'must look like tcp://host:1234 or ssh://user@host'),
    },
    'registry-username': { type: 'text', default: '', description: 'User of the registry. Default: what the Docker configuration knows.' },
    'registry-password': { type: 'text', secret: true, default: '', description: 'Password or token of the registry.' },
    'digests-file': {
        type: 'text',
        default: 'nself-digests.json',
        description: 'Where `build` writes which image each service has, by digest. Beside it, the same as `CS_N_IMAGE=…` lines (`.env` appended).',
        check: definition/* insideProject */.CH,
    },
};
function readImageInputs({ text, raw, isTrue }) {
    return {
        services: (0,definition/* listOf */.c3)(text('services')),
        platforms: (0,definition/* listOf */.c3)(text('platforms')),
        runners: runnersOf(text('runners')) ?? {},
        tags: text('tags'),
        buildArgs: (0,definition/* pairsOf */.fq)(text('build-args')) ?? {},
        buildSecrets: (0,definition/* pairsOf */.fq)(text('build-secrets')) ?? {},
        cache: text('cache'),
        cacheFolder: text('cache-folder'),
        noCache: isTrue('no-cache'),
        pull: isTrue('pull'),
        provenance: text('provenance'),
        sbom: isTrue('sbom'),
        builder: text('builder'),
        endpoint: text('endpoint'),
        registryUsername: text('registry-username'),
        registryPassword: raw('registry-password'),
        digestsFile: text('digests-file'),
    };
}

;// CONCATENATED MODULE: ./build/inputs/project.js

/** What every command reads: where the project is and how its configuration is to be understood. */
const projectInputs = {
    environment: {
        type: 'text',
        default: '',
        description: 'Environment: development, staging, production (or their short names), or a name of your own that reads `.env.<name>`. Default: `ENV` in the env files, else development.',
    },
    'working-directory': { type: 'text', default: '.', description: 'The project: the folder with the env files.' },
    env: {
        type: 'text',
        secret: true,
        default: '',
        description: 'Further variables as dotenv text, above all env files. The place for secrets in a workflow.',
    },
    'env-order': {
        type: ['v1', 'legacy'],
        default: 'v1',
        description: 'Precedence of the env files. `v1`: `.env` is the lowest (nself 1.x). `legacy`: `.env` wins, and `.env.dev` lies under every environment (bash nself).',
    },
    core: {
        type: ['managed', 'external'],
        default: 'managed',
        description: '`managed`: the whole stack. `external`: an nself CLI runs the core services and nginx; only custom services and their sites are written.',
    },
    registry: {
        type: 'text',
        default: '',
        description: 'Registry and namespace before the image names, such as `ghcr.io/acme`.',
        check: (value) => (/^[A-Za-z0-9][\w.-]*(:\d+)?(\/[A-Za-z0-9][\w.-]*)*$/.test(value) ? undefined : 'must look like ghcr.io/acme'),
    },
    templates: {
        type: 'text',
        default: '',
        description: 'A folder of the project with templates of your own, one folder each.',
        check: definition/* insideProject */.CH,
    },
    force: {
        type: 'boolean',
        default: 'false',
        description: 'Rewrite generated files that were edited by hand, and replace files of the same name that someone else wrote. `build`: build images that are there already.',
    },
    'on-conflict': {
        type: ['keep', 'markers'],
        default: 'keep',
        description: 'What becomes of a scaffolded file that you and its template changed in the same lines. `keep`: it stays as it is, and every run says so. `markers`: both versions are written into it, for you to choose.',
    },
};
function readProjectInputs({ text, raw, isTrue }) {
    return {
        environment: text('environment') || undefined,
        workingDirectory: text('working-directory'),
        env: raw('env'),
        envOrder: text('env-order'),
        core: text('core'),
        registry: text('registry').toLowerCase(),
        templates: text('templates'),
        force: isTrue('force'),
        onConflict: text('on-conflict'),
    };
}

;// CONCATENATED MODULE: ./build/inputs/pull-request.js

const branchName = (value) => /^(?![/.-])(?!.*(?:\.\.|\/\/|@\{|\/\.|\.lock(?:\/|$)))[^\s~^:?*[\\]+(?<![/.])$/.test(value) ? undefined : 'is not the name of a branch';
/** What `pull-request` reads. */
const pullRequestInputs = {
    token: {
        type: 'text',
        secret: true,
        default: '',
        actionDefault: '${{ github.token }}',
        description: 'Token for the GitHub API, with `contents: write` and `pull-requests: write`. In a terminal also `GITHUB_TOKEN` or `GH_TOKEN`. Checks start by themselves only for the token of an app or a person.',
    },
    branch: {
        type: 'text',
        default: '',
        description: 'Branch of the pull request; the action’s alone. Default: `nself/update/<base>`, for a project in a folder `nself/update/<base>@<folder>`.',
        check: branchName,
    },
    base: {
        type: 'text',
        default: '',
        description: 'Branch that the pull request is for. Default: the one that the workflow runs on, else the default branch.',
        check: branchName,
    },
    title: { type: 'text', default: '', description: 'Title of the pull request. Default: says what changes.' },
    body: { type: 'text', default: '', description: 'Text of your own, put before the report in the body of the pull request.' },
    'commit-message': { type: 'text', default: '', description: 'Message of the commit. Default: the title.' },
    labels: { type: 'text', default: '', description: 'Labels of a new pull request, separated by commas or lines.' },
    assignees: { type: 'text', default: '', description: 'Users that a new pull request is assigned to.' },
    reviewers: { type: 'text', default: '', description: 'Users who are asked to review a new pull request.' },
    'team-reviewers': {
        type: 'text',
        default: '',
        description: 'Teams who are asked to review a new pull request, by their short names. `GITHUB_TOKEN` may not: use the token of an app.',
    },
    milestone: {
        type: 'text',
        default: '',
        description: 'Number of the milestone of a new pull request.',
        check: (value) => (/^[1-9]\d*$/.test(value) ? undefined : 'is not the number of a milestone'),
    },
    draft: { type: 'boolean', default: 'false', description: 'Create the pull request as a draft.' },
    signoff: { type: 'boolean', default: 'false', description: 'Add `Signed-off-by` to the commits, with the name of whose token it is.' },
    split: {
        type: ['all', 'service'],
        default: 'all',
        description: '`all`: one pull request. `service`: updates of templates come in one of their own per service (`<branch>--<service>`); new services and generated files stay together.',
    },
    environments: {
        type: 'text',
        default: '',
        description: 'Further environments whose `deploy/<environment>/` is kept up to date in the same pull request: `staging,production`.',
    },
};
function readPullRequestInputs({ text, isTrue }) {
    return {
        token: text('token'),
        branch: text('branch'),
        base: text('base'),
        title: text('title'),
        body: text('body'),
        commitMessage: text('commit-message'),
        labels: (0,definition/* listOf */.c3)(text('labels')),
        assignees: (0,definition/* listOf */.c3)(text('assignees')),
        reviewers: (0,definition/* listOf */.c3)(text('reviewers')),
        teamReviewers: (0,definition/* listOf */.c3)(text('team-reviewers')),
        milestone: text('milestone'),
        draft: isTrue('draft'),
        signoff: isTrue('signoff'),
        split: text('split'),
        environments: (0,definition/* listOf */.c3)(text('environments')),
    };
}

;// CONCATENATED MODULE: ./build/inputs.js







/** The commands, in the order in which a project meets them. */
const commandNames = [
    'generate',
    'check',
    'plan',
    'build',
    'pull-request',
    'deploy',
    'rollback',
    'status',
    'init',
    'templates',
];
/** Every input, once: the action's `with:` keys and the command's flags. `action.yml` and `docs/inputs.md` are generated from this table. */
const inputDefinitions = { ...projectInputs, ...imageInputs, ...pullRequestInputs, ...deployInputs };
/** The secret inputs that a terminal's environment holds, by name. */
function secretInputs(environment) {
    const definitions = Object.entries(inputDefinitions);
    return new Map(definitions.flatMap(([name, { secret }]) => {
        const value = secret === true ? environment[(0,definition/* secretVariable */.HV)(name)] : undefined;
        return value === undefined ? [] : [[name, value]];
    }));
}
/** Checks raw values (name → text) and freezes them. All problems are returned at once, with near-miss suggestions for unknown names. */
function readInputs(raw, spell) {
    const names = Object.keys(inputDefinitions);
    const diagnostics = [];
    const values = {};
    for (const name of raw.keys()) {
        if (names.includes(name))
            continue;
        const suggestion = (0,suggest/* didYouMean */.a)(name, names);
        diagnostics.push((0,config_diagnostics/* diagnose */.h4)('NB602', `${spell(name)} is not an input.`, suggestion === '' ? `The inputs are ${names.map(spell).join(', ')}.` : suggestion));
    }
    for (const [name, definition] of Object.entries(inputDefinitions)) {
        const given = raw.get(name)?.trim() ?? '';
        const value = given === '' ? definition.default : given;
        values[name] = value;
        const problem = problemOf(value, definition);
        if (problem !== undefined)
            diagnostics.push((0,config_diagnostics/* diagnose */.h4)('NB603', `${spell(name)}: ${(0,config_diagnostics/* quote */.hD)(value)} ${problem.message}.`, problem.fix));
    }
    if (diagnostics.length > 0)
        return { diagnostics };
    const read = {
        text: (name) => values[name],
        raw: (name) => raw.get(name) ?? '',
        isTrue: (name) => values[name] === 'true',
    };
    return {
        inputs: Object.freeze({
            ...readProjectInputs(read),
            ...readImageInputs(read),
            ...readPullRequestInputs(read),
            ...readDeployInputs(read),
        }),
        diagnostics,
    };
}
function problemOf(value, { type, check, default: byDefault }) {
    if (type === 'boolean')
        return value === 'true' || value === 'false' ? undefined : { message: 'is neither true nor false', fix: 'Write true or false.' };
    if (type !== 'text')
        return type.includes(value)
            ? undefined
            : { message: 'is not one of the choices', fix: (0,suggest/* didYouMean */.a)(value, type) || `Write ${type.join(' or ')} (default ${byDefault}).` };
    const problem = value === '' ? undefined : check?.(value);
    return problem === undefined ? undefined : { message: problem, fix: 'Correct the value, or leave it out.' };
}
/** Finds the command, or says which ones there are. */
function readCommand(text) {
    const command = commandNames.find((name) => name === text);
    if (command !== undefined)
        return { command, diagnostics: [] };
    const message = text === '' ? 'No command was given.' : `${(0,config_diagnostics/* quote */.hD)(text)} is not a command.`;
    const suggestion = text === '' ? '' : (0,suggest/* didYouMean */.a)(text, commandNames);
    return { diagnostics: [(0,config_diagnostics/* diagnose */.h4)('NB601', message, suggestion === '' ? `The commands are ${commandNames.join(', ')}.` : suggestion)] };
}


/***/ }),

/***/ 73999:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   CH: () => (/* binding */ insideProject),
/* harmony export */   HV: () => (/* binding */ secretVariable),
/* harmony export */   c3: () => (/* binding */ listOf),
/* harmony export */   fq: () => (/* binding */ pairsOf)
/* harmony export */ });
/** Where the command finds a secret input that is not among its flags: `registry-password` → `NSELF_REGISTRY_PASSWORD`. */
const secretVariable = (name) => `NSELF_${name.toUpperCase().replaceAll('-', '_')}`;
/** A check for a folder or file inside the project. */
const insideProject = (value) => value.startsWith('/') || value.split('/').includes('..') || value.includes('\0')
    ? 'must be a folder inside the project, relative to it'
    : undefined;
/** Items separated by commas or lines. */
const listOf = (value) => value
    .split(/[\n,]/)
    .map((item) => item.trim())
    .filter((item) => item !== '');
/** Lines of `NAME=value`; nothing when one is something else. */
function pairsOf(value, pair = /^\s*([A-Za-z_][\w.-]*)=(.*)$/) {
    const pairs = value
        .split('\n')
        .filter((line) => line.trim() !== '')
        .map((line) => pair.exec(line)?.slice(1));
    return pairs.includes(undefined) ? undefined : Object.fromEntries(pairs);
}


/***/ }),

/***/ 73607:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   ii: () => (/* binding */ countDiagnostics),
/* harmony export */   xy: () => (/* binding */ formatDiagnostic)
/* harmony export */ });
/* unused harmony export annotated */
/** One diagnostic as two lines: `file:line:column: severity CODE: message`, then the fix. */
function formatDiagnostic({ code, severity, message, fix, position }) {
    const place = position === undefined ? '' : `${position.file}:${position.line}:${position.column}: `;
    return `${place}${severity} ${code}: ${message}\n    ${fix}\n`;
}
/** `3 errors, 1 warning`, or '' when there is neither. */
function countDiagnostics(diagnostics) {
    const count = (severity, name) => {
        const number = diagnostics.filter((each) => each.severity === severity).length;
        return number === 0 ? [] : [`${number} ${name}${number === 1 ? '' : 's'}`];
    };
    return [...count('error', 'error'), ...count('warning', 'warning')].join(', ');
}
const annotationsPerLevel = 10;
/** Those that become annotations: the runner shows ten per level and step, and drops the rest in silence. */
function annotated(diagnostics) {
    const left = { error: annotationsPerLevel, warning: annotationsPerLevel, info: annotationsPerLevel };
    return diagnostics.filter(({ severity }) => left[severity]-- > 0);
}


/***/ })

/******/ });
/************************************************************************/
/******/ // The module cache
/******/ var __webpack_module_cache__ = {};
/******/ 
/******/ // The require function
/******/ function __nccwpck_require__(moduleId) {
/******/ 	// Check if module is in cache
/******/ 	var cachedModule = __webpack_module_cache__[moduleId];
/******/ 	if (cachedModule !== undefined) {
/******/ 		return cachedModule.exports;
/******/ 	}
/******/ 	// Create a new module (and put it into the cache)
/******/ 	var module = __webpack_module_cache__[moduleId] = {
/******/ 		// no module.id needed
/******/ 		// no module.loaded needed
/******/ 		exports: {}
/******/ 	};
/******/ 
/******/ 	// Execute the module function
/******/ 	var threw = true;
/******/ 	try {
/******/ 		__webpack_modules__[moduleId].call(module.exports, module, module.exports, __nccwpck_require__);
/******/ 		threw = false;
/******/ 	} finally {
/******/ 		if(threw) delete __webpack_module_cache__[moduleId];
/******/ 	}
/******/ 
/******/ 	// Return the exports of the module
/******/ 	return module.exports;
/******/ }
/******/ 
/******/ // expose the modules object (__webpack_modules__)
/******/ __nccwpck_require__.m = __webpack_modules__;
/******/ 
/************************************************************************/
/******/ /* webpack/runtime/asset-relocator-loader */
/******/ if (typeof __nccwpck_require__ !== 'undefined') __nccwpck_require__.ab = decodeURIComponent(new URL('.', import.meta.url).pathname).slice(import.meta.url.match(/^file:\/\/\/\w:/) ? 1 : 0, -1) + "/";
/******/ 
/******/ /* webpack/runtime/create fake namespace object */
/******/ (() => {
/******/ 	var getProto = Object.getPrototypeOf ? (obj) => (Object.getPrototypeOf(obj)) : (obj) => (obj.__proto__);
/******/ 	var leafPrototypes;
/******/ 	// create a fake namespace object
/******/ 	// mode & 1: value is a module id, require it
/******/ 	// mode & 2: merge all properties of value into the ns
/******/ 	// mode & 4: return value when already ns object
/******/ 	// mode & 16: return value when it's Promise-like
/******/ 	// mode & 8|1: behave like require
/******/ 	__nccwpck_require__.t = function(value, mode) {
/******/ 		if(mode & 1) value = this(value);
/******/ 		if(mode & 8) return value;
/******/ 		if(typeof value === 'object' && value) {
/******/ 			if((mode & 4) && value.__esModule) return value;
/******/ 			if((mode & 16) && typeof value.then === 'function') return value;
/******/ 		}
/******/ 		var ns = Object.create(null);
/******/ 		__nccwpck_require__.r(ns);
/******/ 		var def = {};
/******/ 		leafPrototypes = leafPrototypes || [null, getProto({}), getProto([]), getProto(getProto)];
/******/ 		for(var current = mode & 2 && value; typeof current == 'object' && !~leafPrototypes.indexOf(current); current = getProto(current)) {
/******/ 			Object.getOwnPropertyNames(current).forEach((key) => (def[key] = () => (value[key])));
/******/ 		}
/******/ 		def['default'] = () => (value);
/******/ 		__nccwpck_require__.d(ns, def);
/******/ 		return ns;
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/define property getters */
/******/ (() => {
/******/ 	// define getter functions for harmony exports
/******/ 	__nccwpck_require__.d = (exports, definition) => {
/******/ 		for(var key in definition) {
/******/ 			if(__nccwpck_require__.o(definition, key) && !__nccwpck_require__.o(exports, key)) {
/******/ 				Object.defineProperty(exports, key, { enumerable: true, get: definition[key] });
/******/ 			}
/******/ 		}
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/ensure chunk */
/******/ (() => {
/******/ 	__nccwpck_require__.f = {};
/******/ 	// This file contains only the entry chunk.
/******/ 	// The chunk loading function for additional chunks
/******/ 	__nccwpck_require__.e = (chunkId) => {
/******/ 		return Promise.all(Object.keys(__nccwpck_require__.f).reduce((promises, key) => {
/******/ 			__nccwpck_require__.f[key](chunkId, promises);
/******/ 			return promises;
/******/ 		}, []));
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/get javascript chunk filename */
/******/ (() => {
/******/ 	// This function allow to reference async chunks
/******/ 	__nccwpck_require__.u = (chunkId) => {
/******/ 		// return url for filenames based on template
/******/ 		return "" + chunkId + ".cli.js";
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/hasOwnProperty shorthand */
/******/ (() => {
/******/ 	__nccwpck_require__.o = (obj, prop) => (Object.prototype.hasOwnProperty.call(obj, prop))
/******/ })();
/******/ 
/******/ /* webpack/runtime/make namespace object */
/******/ (() => {
/******/ 	// define __esModule on exports
/******/ 	__nccwpck_require__.r = (exports) => {
/******/ 		if(typeof Symbol !== 'undefined' && Symbol.toStringTag) {
/******/ 			Object.defineProperty(exports, Symbol.toStringTag, { value: 'Module' });
/******/ 		}
/******/ 		Object.defineProperty(exports, '__esModule', { value: true });
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/import chunk loading */
/******/ (() => {
/******/ 	// no baseURI
/******/ 	
/******/ 	// object to store loaded and loading chunks
/******/ 	// undefined = chunk not loaded, null = chunk preloaded/prefetched
/******/ 	// [resolve, Promise] = chunk loading, 0 = chunk loaded
/******/ 	var installedChunks = {
/******/ 		792: 0
/******/ 	};
/******/ 	
/******/ 	var installChunk = (data) => {
/******/ 		var {ids, modules, runtime} = data;
/******/ 		// add "modules" to the modules object,
/******/ 		// then flag all "ids" as loaded and fire callback
/******/ 		var moduleId, chunkId, i = 0;
/******/ 		for(moduleId in modules) {
/******/ 			if(__nccwpck_require__.o(modules, moduleId)) {
/******/ 				__nccwpck_require__.m[moduleId] = modules[moduleId];
/******/ 			}
/******/ 		}
/******/ 		if(runtime) runtime(__nccwpck_require__);
/******/ 		for(;i < ids.length; i++) {
/******/ 			chunkId = ids[i];
/******/ 			if(__nccwpck_require__.o(installedChunks, chunkId) && installedChunks[chunkId]) {
/******/ 				installedChunks[chunkId][0]();
/******/ 			}
/******/ 			installedChunks[ids[i]] = 0;
/******/ 		}
/******/ 	
/******/ 	}
/******/ 	
/******/ 	__nccwpck_require__.f.j = (chunkId, promises) => {
/******/ 			// import() chunk loading for javascript
/******/ 			var installedChunkData = __nccwpck_require__.o(installedChunks, chunkId) ? installedChunks[chunkId] : undefined;
/******/ 			if(installedChunkData !== 0) { // 0 means "already installed".
/******/ 	
/******/ 				// a Promise means "currently loading".
/******/ 				if(installedChunkData) {
/******/ 					promises.push(installedChunkData[1]);
/******/ 				} else {
/******/ 					if(true) { // all chunks have JS
/******/ 						// setup Promise in chunk cache
/******/ 						var promise = import("./" + __nccwpck_require__.u(chunkId)).then(installChunk, (e) => {
/******/ 							if(installedChunks[chunkId] !== 0) installedChunks[chunkId] = undefined;
/******/ 							throw e;
/******/ 						});
/******/ 						var promise = Promise.race([promise, new Promise((resolve) => (installedChunkData = installedChunks[chunkId] = [resolve]))])
/******/ 						promises.push(installedChunkData[1] = promise);
/******/ 					}
/******/ 				}
/******/ 			}
/******/ 	};
/******/ 	
/******/ 	// no prefetching
/******/ 	
/******/ 	// no preloaded
/******/ 	
/******/ 	// no external install chunk
/******/ 	
/******/ 	// no on chunks loaded
/******/ })();
/******/ 
/************************************************************************/
var __webpack_exports__ = {};
/* harmony import */ var node_module__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(98995);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(76760);
/* harmony import */ var node_util__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(57975);
/* harmony import */ var _inputs_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(63752);
/* harmony import */ var _report_diagnostics_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(73607);





// Node 22 and newer keep compiled code between runs, which halves the start.
node_module__WEBPACK_IMPORTED_MODULE_0__.enableCompileCache?.();
const spell = (name) => `--${name}`;
/** Splits arguments into the command, raw inputs and the door's own switches. A boolean input needs no value. */
function readArguments(args) {
    const booleans = Object.entries(_inputs_js__WEBPACK_IMPORTED_MODULE_3__/* .inputDefinitions */ .Z$).flatMap(([name, { type }]) => (type === 'boolean' ? [name] : []));
    const texts = Object.keys(_inputs_js__WEBPACK_IMPORTED_MODULE_3__/* .inputDefinitions */ .Z$).filter((name) => !booleans.includes(name));
    const options = Object.fromEntries([
        ...texts.map((name) => [name, { type: 'string' }]),
        ...[...booleans, 'json', 'help'].map((name) => [name, { type: 'boolean' }]),
    ]);
    const { tokens } = (0,node_util__WEBPACK_IMPORTED_MODULE_2__.parseArgs)({ args: [...args], options, strict: false, tokens: true, allowPositionals: true });
    const raw = new Map();
    let command = '';
    for (const token of tokens) {
        if (token.kind === 'positional')
            command ||= token.value;
        if (token.kind === 'option' && token.name !== 'json' && token.name !== 'help')
            raw.set(token.name, token.value ?? (texts.includes(token.name) ? '' : 'true'));
    }
    const has = (name) => tokens.some((token) => token.kind === 'option' && token.name === name);
    return { command, raw, json: has('json'), help: has('help') };
}
function finish(exitCode, text, diagnostics, data, json) {
    process.stderr.write(diagnostics.map(_report_diagnostics_js__WEBPACK_IMPORTED_MODULE_4__/* .formatDiagnostic */ .xy).join(''));
    if (json)
        process.stdout.write(`${JSON.stringify({ ...data, diagnostics, exitCode }, null, 2)}\n`);
    else
        process.stdout.write(text);
    process.exitCode = exitCode;
}
// BuildKit's own variable: who wants its whole log in a terminal gets it.
async function openTerminal() {
    if (!process.stderr.isTTY || process.env.CI || process.env.BUILDKIT_PROGRESS === 'plain')
        return undefined;
    return (await __nccwpck_require__.e(/* import() */ 58).then(__nccwpck_require__.bind(__nccwpck_require__, 82058))).openLiveTerminal(process.stderr);
}
async function main() {
    const { command: name, raw, json, help } = readArguments(process.argv.slice(2));
    if (help || (name === 'help' && raw.size === 0)) {
        const { usage } = await __nccwpck_require__.e(/* import() */ 176).then(__nccwpck_require__.bind(__nccwpck_require__, 8176));
        return finish(0, usage(), [], {}, false);
    }
    const { command, diagnostics: commandDiagnostics } = (0,_inputs_js__WEBPACK_IMPORTED_MODULE_3__/* .readCommand */ .UK)(name);
    const { inputs, diagnostics: inputDiagnostics } = (0,_inputs_js__WEBPACK_IMPORTED_MODULE_3__/* .readInputs */ .Ko)(new Map([...(0,_inputs_js__WEBPACK_IMPORTED_MODULE_3__/* .secretInputs */ ._y)(process.env), ...raw]), spell);
    if (command === undefined || inputs === undefined) {
        const diagnostics = [...commandDiagnostics, ...inputDiagnostics];
        return finish(2, 'Run nself-build --help for the commands and their inputs.\n', diagnostics, {}, json);
    }
    const live = await openTerminal();
    const [{ runCommand }, { toolFolder }, { redactDiagnostics }] = await Promise.all([
        Promise.all(/* import() */[__nccwpck_require__.e(815), __nccwpck_require__.e(3), __nccwpck_require__.e(42), __nccwpck_require__.e(520)]).then(__nccwpck_require__.bind(__nccwpck_require__, 19520)),
        Promise.all(/* import() */[__nccwpck_require__.e(815), __nccwpck_require__.e(42)]).then(__nccwpck_require__.bind(__nccwpck_require__, 17042)),
        __nccwpck_require__.e(/* import() */ 234).then(__nccwpck_require__.bind(__nccwpck_require__, 17234)),
    ]);
    const context = {
        inputs,
        root: (0,node_path__WEBPACK_IMPORTED_MODULE_1__.resolve)(inputs.workingDirectory),
        tool: toolFolder(import.meta.url),
        outer: process.env,
        progress: live?.progress ?? ((line) => void process.stderr.write(`${line}\n`)),
        handEdits: inputs.force ? 'overwrite' : 'stop',
    };
    const result = await runCommand(command, context).finally(() => live?.end());
    finish(result.exitCode, result.text, redactDiagnostics(result.diagnostics, result.secrets), result.data, json);
}
main().catch(async (error) => {
    const { explainFailure } = await __nccwpck_require__.e(/* import() */ 897).then(__nccwpck_require__.bind(__nccwpck_require__, 20897));
    process.stderr.write(explainFailure(error));
    process.exitCode = 1;
});

