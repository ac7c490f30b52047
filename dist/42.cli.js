export const id = 42;
export const ids = [42];
export const modules = {

/***/ 3058:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   SF: () => (/* binding */ readEnvFile),
/* harmony export */   YF: () => (/* binding */ applyChanges),
/* harmony export */   j1: () => (/* binding */ readFolder),
/* harmony export */   rB: () => (/* binding */ openTree),
/* harmony export */   uT: () => (/* binding */ listFolders)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var _config_diagnostics_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(4699);
/* harmony import */ var _scaffold_changes_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(2514);




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
/** Reads an env file as strict UTF-8. A link may point within the project, not out of it. */
function readEnvFile(root, file) {
    const path = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(root, file);
    const position = { file, line: 1, column: 1 };
    const problem = (code, message, fix) => ({ problem: (0,_config_diagnostics_js__WEBPACK_IMPORTED_MODULE_2__/* .diagnose */ .h4)(code, message, fix, position) });
    let bytes;
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
            if (opened.size > largestEnvFile)
                return problem('NB106', `${file} is larger than 1 MiB.`, 'Env files hold settings; keep data in files of its own.');
            bytes = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readFileSync)(descriptor);
        }
        finally {
            (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.closeSync)(descriptor);
        }
    }
    catch (error) {
        return problem('NB107', `${file} cannot be read (${error.code}).`, 'Check its permissions.');
    }
    if (bytes.includes(0))
        return problem('NB105', `${file} holds a NUL byte.`, 'Save it as UTF-8 text.');
    try {
        return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) };
    }
    catch {
        return problem('NB105', `${file} is not UTF-8.`, 'Save it as UTF-8 text.');
    }
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
        .map((path) => ({ path: (0,node_path__WEBPACK_IMPORTED_MODULE_1__.relative)(folder, path).replaceAll(node_path__WEBPACK_IMPORTED_MODULE_1__.sep, '/'), content: (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readFileSync)(path), executable: ((0,node_fs__WEBPACK_IMPORTED_MODULE_0__.lstatSync)(path).mode & 0o111) !== 0 }))
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
    const made = new Set();
    const makeFolder = (path) => {
        const folder = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.dirname)(path);
        if (made.has(folder))
            return;
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.mkdirSync)(folder, { recursive: true });
        made.add(folder);
    };
    const staged = stageNewServices(root, changes);
    for (const change of changes) {
        const path = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(root, staged.place(change.path));
        switch (change.kind) {
            case 'move':
                (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.renameSync)(path, (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(root, change.to));
                break;
            case 'delete':
                (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.rmSync)(path);
                removeEmptyFolders(root, (0,node_path__WEBPACK_IMPORTED_MODULE_1__.dirname)(change.path));
                break;
            default:
                makeFolder(path);
                writeWhole(path, change.content, change.executable);
        }
    }
    staged.finish();
}
function writeWhole(path, content, executable) {
    const partial = `${path}.nself-partial`;
    try {
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.writeFileSync)(partial, content, { mode: executable ? 0o755 : 0o644 });
        // An older file's permissions must not survive on the new one, nor the umask take the executable bit away.
        if (executable)
            (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.chmodSync)(partial, 0o755);
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

/***/ 7042:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   openTemplates: () => (/* binding */ openTemplates),
/* harmony export */   toolFolder: () => (/* binding */ toolFolder)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var node_url__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3136);
/* harmony import */ var _config_diagnostics_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(4699);
/* harmony import */ var _files_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(3058);





/** The tool's own folder, which holds `templates/`: beside `dist/` in a release, beside `action/` in a checkout. */
function toolFolder(moduleUrl) {
    let folder = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.dirname)((0,node_url__WEBPACK_IMPORTED_MODULE_2__.fileURLToPath)(moduleUrl));
    while (!(0,node_fs__WEBPACK_IMPORTED_MODULE_0__.existsSync)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, 'templates', 'services')) && folder !== (0,node_path__WEBPACK_IMPORTED_MODULE_1__.dirname)(folder))
        folder = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.dirname)(folder);
    return folder;
}
/** Opens the built-in templates and those of a folder of the project (the `templates` input; '' for none). */
function openTemplates(tool, root, own) {
    const folders = [(0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(tool, 'templates', 'services')];
    const diagnostics = [];
    if (own !== '') {
        const folder = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(root, own);
        if ((0,node_fs__WEBPACK_IMPORTED_MODULE_0__.statSync)(folder, { throwIfNoEntry: false })?.isDirectory())
            folders.push(folder);
        else
            diagnostics.push((0,_config_diagnostics_js__WEBPACK_IMPORTED_MODULE_3__/* .diagnose */ .h4)('NB603', `templates: ${own} is not a folder of the project.`, 'Name a folder that holds one folder per template.'));
    }
    const places = new Map();
    const sources = folders.flatMap((folder) => (0,_files_js__WEBPACK_IMPORTED_MODULE_4__/* .listFolders */ .uT)(folder).flatMap((id) => {
        const file = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, id, 'template.yml');
        if (!(0,node_fs__WEBPACK_IMPORTED_MODULE_0__.existsSync)(file))
            return [];
        places.set(id, (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, id));
        const shown = folder === folders[0] ? `templates/services/${id}/template.yml` : `${own}/${id}/template.yml`;
        return [{ id, file: shown, text: (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readFileSync)(file, 'utf8') }];
    }));
    const loaded = new Map();
    return {
        sources,
        diagnostics,
        files: (id) => {
            let files = loaded.get(id);
            if (files === undefined) {
                files = (0,_files_js__WEBPACK_IMPORTED_MODULE_4__/* .readFolder */ .j1)(places.get(id)).filter(({ path }) => path !== 'template.yml');
                loaded.set(id, files);
            }
            return files;
        },
        nginx: () => Object.fromEntries((0,_files_js__WEBPACK_IMPORTED_MODULE_4__/* .readFolder */ .j1)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(tool, 'templates', 'nginx')).map(({ path, content }) => [path.replace(/\.liquid$/, ''), content.toString('utf8')])),
    };
}


/***/ }),

/***/ 2514:
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


/***/ })

};
