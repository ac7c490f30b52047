export const id = 42;
export const ids = [42];
export const modules = {

/***/ 63058:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ed: () => (/* binding */ filesOnDisk),
/* harmony export */   SF: () => (/* binding */ readEnvFile),
/* harmony export */   YF: () => (/* binding */ applyChanges),
/* harmony export */   cV: () => (/* binding */ decodeEnvFile),
/* harmony export */   j1: () => (/* binding */ readFolder),
/* harmony export */   rB: () => (/* binding */ openTree),
/* harmony export */   uT: () => (/* binding */ listFolders)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(73024);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(76760);
/* harmony import */ var _config_diagnostics_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(24699);
/* harmony import */ var _scaffold_changes_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(92514);




/** A view of the project's files that follows no symbolic link. */
function openTree(root) {
    const verified = new Set(['.']);
    const verifyParents = (path) => {
        const parent = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.dirname)(path);
        if (verified.has(parent))
            return;
        verifyParents(parent);
        const stats = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.lstatSync)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(root, parent), { throwIfNoEntry: false });
        if (stats?.isSymbolicLink())
            throw new _scaffold_changes_js__WEBPACK_IMPORTED_MODULE_3__/* .PathProblem */ .V(parent, 'link');
        if (stats !== undefined && !stats.isDirectory())
            throw new _scaffold_changes_js__WEBPACK_IMPORTED_MODULE_3__/* .PathProblem */ .V(parent, 'not a file');
        if (stats !== undefined)
            verified.add(parent);
    };
    const stat = (path) => {
        verifyParents(path);
        const stats = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.lstatSync)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(root, path), { throwIfNoEntry: false });
        if (stats?.isSymbolicLink())
            throw new _scaffold_changes_js__WEBPACK_IMPORTED_MODULE_3__/* .PathProblem */ .V(path, 'link');
        return stats;
    };
    return {
        read: (path) => {
            const stats = stat(path);
            if (stats === undefined)
                return undefined;
            if (!stats.isFile())
                throw new _scaffold_changes_js__WEBPACK_IMPORTED_MODULE_3__/* .PathProblem */ .V(path, 'not a file');
            return (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readFileSync)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(root, path));
        },
        isExecutable: (path) => ((stat(path)?.mode ?? 0) & 0o111) !== 0,
        directory: (path) => {
            const stats = stat(path);
            if (stats === undefined)
                return 'missing';
            if (!stats.isDirectory())
                throw new _scaffold_changes_js__WEBPACK_IMPORTED_MODULE_3__/* .PathProblem */ .V(path, 'not a file');
            return (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readdirSync)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(root, path)).length === 0 ? 'empty' : 'full';
        },
        list: (path) => (stat(path)?.isDirectory() ? (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readdirSync)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(root, path)).sort() : []),
    };
}
const largestEnvFile = 1024 ** 2;
/** The files of a folder on disk. */
function filesOnDisk(root) {
    return { tree: openTree(root), envFile: (file) => readEnvFile(root, file) };
}
/** Reads an env file as strict UTF-8. A link may point within the project, not out of it. */
function readEnvFile(root, file) {
    const path = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(root, file);
    const problem = envFileProblem(file);
    try {
        const stats = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.lstatSync)(path, { throwIfNoEntry: false });
        if (stats === undefined)
            return undefined;
        if (stats.isSymbolicLink() && !isInside((0,node_fs__WEBPACK_IMPORTED_MODULE_0__.realpathSync)(root), (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.realpathSync)(path)))
            return problem('NB107', `${file} is a link that leaves the project.`, 'Copy the file into the project.');
        const descriptor = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.openSync)(path, node_fs__WEBPACK_IMPORTED_MODULE_0__.constants.O_RDONLY | node_fs__WEBPACK_IMPORTED_MODULE_0__.constants.O_NONBLOCK);
        try {
            const opened = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.fstatSync)(descriptor);
            if (!opened.isFile())
                return problem('NB107', `${file} is not a regular file.`, 'Make it a text file.');
            return decodeEnvFile(file, opened.size, () => (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readFileSync)(descriptor));
        }
        finally {
            (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.closeSync)(descriptor);
        }
    }
    catch (error) {
        return problem('NB107', `${file} cannot be read (${error.code}).`, 'Check its permissions.');
    }
}
/** The text of an env file of `size` bytes, or what is wrong with it. */
function decodeEnvFile(file, size, read) {
    const problem = envFileProblem(file);
    if (size > largestEnvFile)
        return problem('NB106', `${file} is larger than 1 MiB.`, 'Env files hold settings; keep data in files of its own.');
    const bytes = read();
    if (bytes.includes(0))
        return problem('NB105', `${file} holds a NUL byte.`, 'Save it as UTF-8 text.');
    try {
        return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) };
    }
    catch {
        return problem('NB105', `${file} is not UTF-8.`, 'Save it as UTF-8 text.');
    }
}
function envFileProblem(file) {
    const position = { file, line: 1, column: 1 };
    return (code, message, fix) => ({ problem: (0,_config_diagnostics_js__WEBPACK_IMPORTED_MODULE_2__/* .diagnose */ .h4)(code, message, fix, position) });
}
function isInside(root, path) {
    const path_ = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.relative)(root, path);
    return path_ !== '..' && !path_.startsWith(`..${node_path__WEBPACK_IMPORTED_MODULE_1__.sep}`);
}
/** The files of a folder and its subfolders, sorted; links and everything that is not a regular file are left out. */
function readFolder(folder) {
    return (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readdirSync)(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(entry.parentPath, entry.name))
        .map((path) => ({
        path: (0,node_path__WEBPACK_IMPORTED_MODULE_1__.relative)(folder, path).replaceAll(node_path__WEBPACK_IMPORTED_MODULE_1__.sep, '/'),
        content: (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readFileSync)(path),
        executable: ((0,node_fs__WEBPACK_IMPORTED_MODULE_0__.lstatSync)(path).mode & 0o111) !== 0,
    }))
        .sort((a, b) => (a.path < b.path ? -1 : 1));
}
/** Names of the folders in a folder, sorted. */
function listFolders(folder) {
    return (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readdirSync)(folder, { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map(({ name }) => name)
        .sort();
}
/**
 * Applies changes in their order. Each file appears whole or not at all (written beside its place, then renamed), and a
 * new folder of `services/` too. Nothing outside the list is touched.
 */
function applyChanges(root, changes) {
    // Containers read these files as users of their own: a umask of 027 would lock nginx out.
    const umask = process.umask(0o022);
    try {
        applyInOrder(root, changes);
    }
    finally {
        process.umask(umask);
    }
}
function applyInOrder(root, changes) {
    const makeFolder = folderMaker(root);
    const staged = stageNewServices(root, changes);
    for (const change of changes) {
        const place = staged.place(change.path);
        const path = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(root, place);
        switch (change.kind) {
            case 'move':
                (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.renameSync)(path, (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(root, change.to));
                break;
            case 'delete':
                (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.rmSync)(path);
                removeEmptyFolders(root, (0,node_path__WEBPACK_IMPORTED_MODULE_1__.dirname)(change.path));
                break;
            default:
                makeFolder((0,node_path__WEBPACK_IMPORTED_MODULE_1__.dirname)(place));
                // What is staged appears by the renaming of its folder.
                if (place === change.path)
                    writeWhole(path, change.content, change.executable);
                else
                    (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.writeFileSync)(path, change.content, { mode: change.executable ? 0o755 : 0o644 });
        }
    }
    staged.finish();
}
// Makes each missing folder with one call: `recursive` would look at every level again for every file.
function folderMaker(root) {
    const made = new Set(['.']);
    const make = (folder) => {
        if (made.has(folder))
            return;
        make((0,node_path__WEBPACK_IMPORTED_MODULE_1__.dirname)(folder));
        try {
            (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.mkdirSync)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(root, folder));
        }
        catch (error) {
            if (error.code !== 'EEXIST')
                throw error;
        }
        made.add(folder);
    };
    return make;
}
function writeWhole(path, content, executable) {
    const partial = `${path}.nself-partial`;
    try {
        // A link that lies there would be written through.
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.rmSync)(partial, { force: true });
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.writeFileSync)(partial, content, { flag: 'wx', mode: executable ? 0o755 : 0o644 });
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.renameSync)(partial, path);
    }
    catch (error) {
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.rmSync)(partial, { force: true });
        throw error;
    }
}
// A service's files are collected beside services/<name> and moved there in one step: an interrupted run leaves
// no half scaffold that the next one would take for the user's own code.
function stageNewServices(root, changes) {
    const stages = new Map();
    for (const { kind, path } of changes) {
        const service = /^services\/([^./][^/]*)\//.exec(path)?.[1];
        if (kind !== 'create' || service === undefined || stages.has(service))
            continue;
        const isMoveTarget = changes.some((change) => change.kind === 'move' && change.to === `services/${service}`);
        if (isMoveTarget || (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.lstatSync)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(root, 'services', service), { throwIfNoEntry: false }) !== undefined)
            continue;
        const stage = `services/.${service}.nself-partial`;
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.rmSync)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(root, stage), { recursive: true, force: true });
        stages.set(service, stage);
    }
    return {
        place: (path) => {
            const service = /^services\/([^/]+)\//.exec(path)?.[1];
            const stage = service === undefined ? undefined : stages.get(service);
            return stage === undefined ? path : stage + path.slice(`services/${service}`.length);
        },
        finish: () => {
            for (const [service, stage] of stages)
                (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.renameSync)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(root, stage), (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(root, 'services', service));
        },
    };
}
function removeEmptyFolders(root, folder) {
    for (let current = folder; current !== '.' && (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readdirSync)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(root, current)).length === 0; current = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.dirname)(current))
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.rmdirSync)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(root, current));
}


/***/ }),

/***/ 17042:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   openTemplates: () => (/* binding */ openTemplates),
/* harmony export */   packedTemplates: () => (/* binding */ packedTemplates),
/* harmony export */   toolFolder: () => (/* binding */ toolFolder)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(73024);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(76760);
/* harmony import */ var node_url__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(73136);
/* harmony import */ var _config_diagnostics_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(24699);
/* harmony import */ var _scaffold_template_file_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(73208);
/* harmony import */ var _files_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(63058);






/** The tool's own folder, which holds `templates/`: beside `dist/` in a release, beside `action/` in a checkout. */
function toolFolder(moduleUrl) {
    let folder = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.dirname)((0,node_url__WEBPACK_IMPORTED_MODULE_2__.fileURLToPath)(moduleUrl));
    while (!(0,node_fs__WEBPACK_IMPORTED_MODULE_0__.existsSync)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, 'templates', 'services')) && folder !== (0,node_path__WEBPACK_IMPORTED_MODULE_1__.dirname)(folder))
        folder = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.dirname)(folder);
    return folder;
}
/** Where the build puts the fields of all built-in templates, which are slow to read as YAML. */
const packedTemplates = 'dist/templates.json';
// Only the bundle uses it: in a checkout, template.yml is what the next edit changes.
function packedFields(tool) {
    return import.meta.url.endsWith('.ts') ? {} : JSON.parse((0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readFileSync)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(tool, packedTemplates), 'utf8'));
}
/** Opens the built-in templates and those of a folder of the project (the `templates` input; '' for none). */
function openTemplates(tool, root, own) {
    const diagnostics = [];
    const folders = [{ folder: (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(tool, 'templates', 'services'), shown: 'templates/services' }];
    if (own !== '') {
        if ((0,node_fs__WEBPACK_IMPORTED_MODULE_0__.statSync)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(root, own), { throwIfNoEntry: false })?.isDirectory())
            folders.push({ folder: (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(root, own), shown: own });
        else
            diagnostics.push((0,_config_diagnostics_js__WEBPACK_IMPORTED_MODULE_3__/* .diagnose */ .h4)('NB603', `templates: ${own} is not a folder of the project.`, 'Name a folder that holds one folder per template.'));
    }
    const places = new Map(folders.flatMap(({ folder, shown }) => (0,_files_js__WEBPACK_IMPORTED_MODULE_5__/* .listFolders */ .uT)(folder).map((id) => [id, { folder: (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, id), shown: `${shown}/${id}` }])));
    const packed = own === '' ? packedFields(tool) : {};
    const sources = new Map([...places].map(([id, { folder, shown }]) => [
        id,
        {
            id,
            file: `${shown}/template.yml`,
            fields: () => packed[id] ?? (0,_scaffold_template_file_js__WEBPACK_IMPORTED_MODULE_4__/* .parseTemplateFields */ .N)((0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readFileSync)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, 'template.yml'), 'utf8')),
        },
    ]));
    const loaded = new Map();
    return {
        sources,
        diagnostics,
        files: (id) => {
            const known = loaded.get(id);
            if (known !== undefined)
                return known;
            const files = (0,_files_js__WEBPACK_IMPORTED_MODULE_5__/* .readFolder */ .j1)(places.get(id)?.folder ?? '').filter(({ path }) => path !== 'template.yml');
            loaded.set(id, files);
            return files;
        },
        nginx: () => Object.fromEntries((0,_files_js__WEBPACK_IMPORTED_MODULE_5__/* .readFolder */ .j1)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(tool, 'templates', 'nginx')).map(({ path, content }) => [path.replace(/\.liquid$/, ''), content.toString('utf8')])),
    };
}


/***/ }),

/***/ 93017:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   H5: () => (/* binding */ parseRateLimit),
/* harmony export */   J4: () => (/* binding */ parseDomains),
/* harmony export */   Kq: () => (/* binding */ isHostname),
/* harmony export */   Kx: () => (/* binding */ parseHealthCheck),
/* harmony export */   Oh: () => (/* binding */ parseCpu),
/* harmony export */   Pw: () => (/* binding */ parseMemory),
/* harmony export */   VA: () => (/* binding */ parseBodySize),
/* harmony export */   ZG: () => (/* binding */ parseRoute),
/* harmony export */   ZZ: () => (/* binding */ parseTimeout),
/* harmony export */   fJ: () => (/* binding */ fail),
/* harmony export */   iO: () => (/* binding */ isFullDomain),
/* harmony export */   ok: () => (/* binding */ ok),
/* harmony export */   yG: () => (/* binding */ parseBoolean),
/* harmony export */   z2: () => (/* binding */ parseWhole)
/* harmony export */ });
/* harmony import */ var _diagnostics_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(24699);

const ok = (value) => ({ ok: true, value });
const fail = (problem, fix, offset = 0) => ({ ok: false, problem, fix, offset });
const mebibyte = 1024 ** 2;
const gibibyte = 1024 ** 3;
const units = { k: 1024, m: mebibyte, g: gibibyte, t: 1024 ** 4 };
/** Reads `512M`, `512m`, `1G`, `1.5Gi`, `512MB`. Binary units, as in Docker; the smallest limit Docker accepts is 6 MiB. */
function parseMemory(text) {
    const match = /^(\d+(?:\.\d+)?)\s*([kmgt])?(i?b?)?$/i.exec(text);
    const fix = 'Write a size with its unit, such as 512M, 1G or 1.5Gi.';
    if (match === null)
        return fail(`${(0,_diagnostics_js__WEBPACK_IMPORTED_MODULE_0__/* .quote */ .hD)(text)} is not a memory size.`, fix);
    if (match[2] === undefined)
        return fail(`${(0,_diagnostics_js__WEBPACK_IMPORTED_MODULE_0__/* .quote */ .hD)(text)} has no unit.`, `Write ${match[1]}M for mebibytes or ${match[1]}G for gibibytes.`);
    const bytes = Math.round(Number(match[1]) * units[match[2].toLowerCase()]);
    if (bytes < 6 * mebibyte)
        return fail(`${(0,_diagnostics_js__WEBPACK_IMPORTED_MODULE_0__/* .quote */ .hD)(text)} is less than the 6M that Docker accepts.`, fix);
    if (bytes > 2 ** 50)
        return fail(`${(0,_diagnostics_js__WEBPACK_IMPORTED_MODULE_0__/* .quote */ .hD)(text)} is more than any machine has.`, fix);
    return ok({ text: formatMemory(bytes), bytes });
}
function formatMemory(bytes) {
    if (bytes % gibibyte === 0)
        return `${bytes / gibibyte}G`;
    if (bytes % mebibyte === 0)
        return `${bytes / mebibyte}M`;
    return `${Math.ceil(bytes / 1024)}K`;
}
/** Reads a positive number of CPUs, at most 1024 with three decimals. */
function parseCpu(text) {
    const fix = 'Write a number of CPUs, such as 0.5 or 2.';
    if (!/^(\d+(\.\d+)?|\.\d+)$/.test(text))
        return fail(`${(0,_diagnostics_js__WEBPACK_IMPORTED_MODULE_0__/* .quote */ .hD)(text)} is not a number of CPUs.`, fix);
    const value = Number(text);
    if (value < 0.01 || value > 1024)
        return fail(`${(0,_diagnostics_js__WEBPACK_IMPORTED_MODULE_0__/* .quote */ .hD)(text)} is not between 0.01 and 1024.`, fix);
    return ok(Math.round(value * 1000) / 1000);
}
function parseWhole(text, least, most, what) {
    const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    if (value >= least && value <= most)
        return ok(value);
    return fail(`${(0,_diagnostics_js__WEBPACK_IMPORTED_MODULE_0__/* .quote */ .hD)(text)} is not ${what}.`, `Write a whole number from ${least} to ${most}.`);
}
const yes = new Set(['true', '1', 'yes', 'on', 'enabled']);
const no = new Set(['false', '0', 'no', 'off', 'disabled']);
/** Reads a boolean in any of nself's spellings. */
function parseBoolean(text) {
    const word = text.toLowerCase();
    if (yes.has(word))
        return ok(true);
    if (no.has(word))
        return ok(false);
    return fail(`${(0,_diagnostics_js__WEBPACK_IMPORTED_MODULE_0__/* .quote */ .hD)(text)} is neither true nor false.`, 'Write true or false.');
}
/** Reads `100` (per minute), `100r/m`, `5r/s`. */
function parseRateLimit(text) {
    const match = /^(\d{1,7})(?:\s*r?\/(m|s|min|minute|sec|second))?$/i.exec(text);
    const fix = 'Write requests per minute (100 or 100r/m) or per second (5r/s), at least 1.';
    const count = Number(match?.[1]);
    if (match === null || count < 1 || count > 1_000_000)
        return fail(`${(0,_diagnostics_js__WEBPACK_IMPORTED_MODULE_0__/* .quote */ .hD)(text)} is not a rate limit.`, fix);
    return ok({ count, per: match[2]?.toLowerCase().startsWith('s') ? 'second' : 'minute' });
}
/** Reads the largest request body that nginx takes: `100m`, `1g`, `0` for any. */
function parseBodySize(text) {
    return /^\d{1,6}[kmg]?$/i.test(text) ? ok(text.toLowerCase()) : fail(`${(0,_diagnostics_js__WEBPACK_IMPORTED_MODULE_0__/* .quote */ .hD)(text)} is not a size.`, 'Write a size such as 100M.');
}
/** Reads how long nginx waits for a service: `90`, `90s`, `5m`, `1h`; from one second to a day, in seconds. */
function parseTimeout(text) {
    const match = /^(\d{1,5})(s|m|h)?$/i.exec(text);
    const unit = { s: 1, m: 60, h: 3600 }[match?.[2]?.toLowerCase() ?? 's'];
    const seconds = Number(match?.[1]) * unit;
    return seconds >= 1 && seconds <= 86_400
        ? ok(seconds)
        : fail(`${(0,_diagnostics_js__WEBPACK_IMPORTED_MODULE_0__/* .quote */ .hD)(text)} is not a time between a second and a day.`, 'Write a time such as 90s, 5m or 1h.');
}
/** Reads a path, `CMD …`, `CMD-SHELL …` or `disabled`. */
function parseHealthCheck(text) {
    if (/^(disabled|none|false|off)$/i.test(text))
        return ok({ kind: 'disabled' });
    const shell = /^CMD-SHELL\s+(\S.*)$/s.exec(text);
    if (shell !== null)
        return ok({ kind: 'shell', script: shell[1] });
    const exec = /^CMD\s+(\S.*)$/s.exec(text);
    if (exec !== null)
        return ok({ kind: 'exec', argv: exec[1].trim().split(/\s+/) });
    // No query and no escapes: the path is also a route of the service, and travels through a shell and a request line.
    if (/^\/[A-Za-z0-9._~/-]{0,255}$/.test(text))
        return ok({ kind: 'path', path: text });
    return fail(`${(0,_diagnostics_js__WEBPACK_IMPORTED_MODULE_0__/* .quote */ .hD)(text)} is neither a path nor a command.`, text.startsWith('/')
        ? 'Use a plain URL path such as /health.'
        : 'Write a path such as /health, "CMD program argument", "CMD-SHELL script" or disabled.');
}
const label = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
const hostname = new RegExp(`^${label}(?:\\.${label})*$`);
/** True for a legal lower-case host name of at most 253 characters (RFC 1123); `localhost` is one. */
function isHostname(text) {
    return text.length <= 253 && hostname.test(text);
}
/** Full domains end in a name of two letters or more: `api.example.com` is one, `api` and `api.v2` are not. */
function isFullDomain(route) {
    return /\.[a-z]{2,}$/i.test(route);
}
function leadOf(piece) {
    return piece.length - piece.trimStart().length;
}
/** Reads comma separated full domains; the first is the canonical one. */
function parseDomains(text) {
    const domains = [];
    let offset = 0;
    for (const piece of text.split(',')) {
        const domain = piece.trim().toLowerCase();
        // A single word is no domain, and some mean something else to nginx: `default`, `include`.
        if (!isHostname(domain) || !(domain.includes('.') || domain === 'localhost'))
            return fail(`${(0,_diagnostics_js__WEBPACK_IMPORTED_MODULE_0__/* .quote */ .hD)(piece.trim())} is not a domain.`, 'Write a domain such as api.example.com, without scheme, port or path.', offset + leadOf(piece));
        if (!domains.includes(domain))
            domains.push(domain);
        offset += piece.length + 1;
    }
    return ok(domains);
}
/** Reads a route (`api`, `api.v2`) or full domains (`api.example.com`), comma separated, into domains under `baseDomain`. */
function parseRoute(text, baseDomain) {
    const domains = [];
    let offset = 0;
    for (const piece of text.split(',')) {
        const route = piece.trim().toLowerCase();
        const domain = isFullDomain(route) ? route : `${route}.${baseDomain}`;
        if (route === '' || !isHostname(domain))
            return fail(`${(0,_diagnostics_js__WEBPACK_IMPORTED_MODULE_0__/* .quote */ .hD)(piece.trim())} is not a route or a domain.`, 'Write a prefix such as api, or a full domain such as api.example.com: letters, digits, hyphens and dots.', offset + leadOf(piece));
        if (!domains.includes(domain))
            domains.push(domain);
        offset += piece.length + 1;
    }
    return ok(domains);
}


/***/ }),

/***/ 92514:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   V: () => (/* binding */ PathProblem)
/* harmony export */ });
/** A place that is not what it should be: a symbolic link on the way, or a folder where a file belongs. */
class PathProblem extends Error {
    path;
    reason;
    constructor(path, reason) {
        super(`${path}: ${reason}`);
        this.path = path;
        this.reason = reason;
    }
}


/***/ }),

/***/ 73208:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   N: () => (/* binding */ parseTemplateFields),
/* harmony export */   x: () => (/* binding */ readTemplate)
/* harmony export */ });
/* harmony import */ var yaml__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(38815);
/* harmony import */ var _config_diagnostics_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(24699);
/* harmony import */ var _config_values_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(93017);



// Far above what a service of one process needs, far below what a fork bomb makes.
const defaultPids = 100;
/** Thrown inside this module only; becomes one diagnostic with the file's name. */
class Invalid extends Error {
}
/** The fields of a `template.yml`, not yet checked. Throws a sentence about YAML that cannot be read. */
function parseTemplateFields(text) {
    const document = (0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .parseDocument */ .Tp)(text);
    if (document.errors.length > 0)
        throw new Invalid(document.errors[0]?.message.split('\n')[0] ?? 'is not YAML');
    const fields = document.toJS();
    if (fields === null || typeof fields !== 'object' || Array.isArray(fields))
        throw new Invalid('is not a mapping');
    return fields;
}
/**
 * Checks the description of a template. `placeholderOf` answers with the template whose files stand in
 * (`placeholder: custom`), from which every absent key is taken then.
 */
function readTemplate(file, read, id, placeholderOf) {
    try {
        return { template: checkTemplate(read(), id, placeholderOf), diagnostics: [] };
    }
    catch (error) {
        if (!(error instanceof Invalid))
            throw error;
        return {
            diagnostics: [
                (0,_config_diagnostics_js__WEBPACK_IMPORTED_MODULE_1__/* .diagnose */ .h4)('NB510', `${file}: ${error.message}.`, 'See CONTRIBUTING.md for the keys of a template.', { file, line: 1, column: 1 }),
            ],
        };
    }
}
function checkTemplate(fields, id, placeholderOf) {
    const known = new Set('id version title description language framework image aliases kind defaults minimumMemory needs stopGracePeriod startPeriod readOnly tmpfs pids probe dev seed test lint proof verified placeholder'.split(' '));
    const unknown = Object.keys(fields).find((key) => !known.has(key));
    if (unknown !== undefined)
        throw new Invalid(`unknown key ${unknown}`);
    if (fields.id !== id)
        throw new Invalid(`id is not ${id}, the name of its folder`);
    const placeholder = fields.placeholder === undefined ? undefined : string(fields, 'placeholder');
    const base = placeholder === undefined ? undefined : placeholderOf(placeholder);
    if (placeholder !== undefined && base === undefined)
        throw new Invalid(`placeholder ${placeholder} is not a template with files`);
    const or = (key, read, fallback) => {
        if (fields[key] !== undefined)
            return read(key);
        if (fallback === undefined)
            throw new Invalid(`${key} is missing`);
        return fallback;
    };
    const defaults = (fields.defaults ?? {});
    const steps = fields.proof === undefined ? base?.proof : proof(fields.proof);
    const defaultMemory = memory(String(defaults.memory ?? '256M'));
    return {
        id,
        version: version(string(fields, 'version')),
        title: string(fields, 'title'),
        description: string(fields, 'description'),
        language: string(fields, 'language'),
        framework: or('framework', (key) => string(fields, key), base?.framework),
        image: or('image', (key) => string(fields, key), base?.image),
        aliases: or('aliases', (key) => strings(fields, key), []),
        kind: oneOf(fields, 'kind', ['web', 'worker', 'grpc', 'websocket']),
        memory: defaultMemory,
        cpu: Number(defaults.cpu ?? 0.25),
        minimumMemory: or('minimumMemory', (key) => memory(string(fields, key)), base === undefined ? undefined : defaultMemory),
        needs: or('needs', (key) => strings(fields, key), []).map((need) => oneOf({ needs: need }, 'needs', ['redis', 'postgres'])),
        stopGracePeriod: or('stopGracePeriod', (key) => duration(fields, key), base?.stopGracePeriod),
        startPeriod: or('startPeriod', (key) => duration(fields, key), base?.startPeriod),
        readOnly: or('readOnly', (key) => fields[key] === true, base?.readOnly),
        tmpfs: or('tmpfs', (key) => strings(fields, key), base?.tmpfs ?? ['/tmp']),
        pids: or('pids', (key) => number(fields, key), base?.pids ?? defaultPids),
        probe: or('probe', (key) => (fields[key] === 'bash' ? 'bash' : strings(fields, key)), base?.probe),
        dev: or('dev', (key) => dev(fields[key]), base?.dev ?? { watch: [] }),
        seed: or('seed', (key) => strings(fields, key), base?.seed ?? []),
        test: or('test', (key) => strings(fields, key), base?.test ?? []),
        lint: or('lint', (key) => strings(fields, key), base?.lint ?? []),
        ...(steps === undefined ? {} : { proof: steps }),
        ...(fields.verified === undefined ? {} : { verified: verified(fields.verified) }),
        ...(placeholder === undefined ? {} : { placeholder }),
    };
}
function string(fields, key) {
    const value = fields[key];
    if (typeof value !== 'string' || value === '')
        throw new Invalid(`${key} is not a text`);
    return value;
}
function strings(fields, key) {
    const value = fields[key];
    if (!Array.isArray(value) || !value.every((item) => typeof item === 'string'))
        throw new Invalid(`${key} is not a list of texts`);
    return value;
}
function oneOf(fields, key, choices) {
    const value = choices.find((choice) => choice === fields[key]);
    if (value === undefined)
        throw new Invalid(`${key} is not one of ${choices.join(', ')}`);
    return value;
}
function memory(text) {
    const parsed = (0,_config_values_js__WEBPACK_IMPORTED_MODULE_2__/* .parseMemory */ .Pw)(text);
    if (!parsed.ok)
        throw new Invalid(`memory: ${parsed.problem}`);
    return parsed.value;
}
function version(text) {
    if (!/^\d+\.\d+\.\d+$/.test(text))
        throw new Invalid('version is not major.minor.patch');
    return text;
}
function duration(fields, key) {
    const text = string(fields, key);
    if (!/^\d+s$/.test(text))
        throw new Invalid(`${key} is not a number of seconds such as 30s`);
    return text;
}
function dev(fields) {
    const watch = (fields.watch ?? []);
    const rules = watch.map((rule) => ({
        action: oneOf(rule, 'action', ['sync', 'rebuild', 'restart', 'sync+restart']),
        path: string(rule, 'path'),
        ...(rule.target === undefined ? {} : { target: string(rule, 'target') }),
        ...(rule.ignore === undefined ? {} : { ignore: strings(rule, 'ignore') }),
    }));
    return { ...(fields.target === undefined ? {} : { target: string(fields, 'target') }), watch: rules };
}
function proof(steps) {
    if (!Array.isArray(steps))
        throw new Invalid('proof is not a list');
    return steps.map((step) => {
        const [action = ''] = Object.keys(step);
        if (action === 'environment')
            return { environment: step.environment };
        if (action === 'exec')
            return { exec: strings(step, 'exec') };
        if (action === 'row')
            return { row: string(step, 'row') };
        if (action === 'key')
            return { key: string(step, 'key') };
        if (action === 'request') {
            const { json, headers } = step;
            const request = string(step, 'request');
            return { request, json, headers: (headers ?? {}), status: number(step, 'status') };
        }
        if (action === 'start')
            return {
                start: string(step, 'start'),
                command: strings(step, 'command'),
                port: number(step, 'port'),
                variable: string(step, 'variable'),
            };
        throw new Invalid(`proof: ${action || 'a step'} is not one of start, environment, request, exec, row, key`);
    });
}
function verified(fields) {
    return { by: strings(fields, 'by'), missing: strings(fields, 'missing') };
}
function number(fields, key) {
    const value = fields[key];
    if (typeof value !== 'number')
        throw new Invalid(`${key} is not a number`);
    return value;
}


/***/ })

};
