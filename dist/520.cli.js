export const id = 520;
export const ids = [520,234];
export const modules = {

/***/ 17645:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   M: () => (/* binding */ prefixOf)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(73024);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(76760);


/** The project's folder inside its repository: '' or with a final `/`. Without a checkout, the workspace is taken for the repository. */
function prefixOf(root, workspace) {
    for (let folder = root;; folder = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.dirname)(folder)) {
        if ((0,node_fs__WEBPACK_IMPORTED_MODULE_0__.existsSync)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, '.git')))
            return asPrefix((0,node_path__WEBPACK_IMPORTED_MODULE_1__.relative)(folder, root));
        if (folder === workspace || folder === (0,node_path__WEBPACK_IMPORTED_MODULE_1__.dirname)(folder))
            return asPrefix((0,node_path__WEBPACK_IMPORTED_MODULE_1__.relative)(workspace ?? root, root));
    }
}
function asPrefix(path) {
    const normal = node_path__WEBPACK_IMPORTED_MODULE_1__.posix.normalize(path.split(node_path__WEBPACK_IMPORTED_MODULE_1__.sep).join('/'));
    return normal === '.' || normal === '' ? '' : `${normal.replace(/\/$/, '')}/`;
}


/***/ }),

/***/ 85232:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   J: () => (/* binding */ refused),
/* harmony export */   c: () => (/* binding */ generate)
/* harmony export */ });
/* harmony import */ var _adapters_files_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(63058);
/* harmony import */ var _render_wrapper_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(56898);
/* harmony import */ var _report_changes_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(84662);
/* harmony import */ var _report_redact_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(17234);
/* harmony import */ var _report_services_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(95995);
/* harmony import */ var _report_summary_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(20132);
/* harmony import */ var _project_prepare_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(94986);







/** Scaffolds new services and writes compose, nginx and Postgres files. After an error nothing is written. */
async function generate(context) {
    const { project, changes, edits = [], diagnostics, secrets } = await (0,_project_prepare_js__WEBPACK_IMPORTED_MODULE_3__/* .prepare */ .i)(context);
    const lost = edits.length === 0 ? '' : `Edits by hand in generated files (-), and what belongs there (+):\n\n${(0,_report_redact_js__WEBPACK_IMPORTED_MODULE_4__.redact)((0,_report_changes_js__WEBPACK_IMPORTED_MODULE_2__/* .diffsOf */ .eP)(edits), secrets)}\n`;
    if (project === undefined || changes === undefined) {
        const result = refused(diagnostics, secrets);
        return { ...result, text: lost + result.text };
    }
    (0,_adapters_files_js__WEBPACK_IMPORTED_MODULE_0__/* .applyChanges */ .YF)(context.root, changes);
    const files = (0,_report_changes_js__WEBPACK_IMPORTED_MODULE_2__/* .changedPaths */ .vl)(changes);
    const start = (0,_render_wrapper_js__WEBPACK_IMPORTED_MODULE_1__/* .startCommand */ .S)(project);
    const services = (0,_report_services_js__WEBPACK_IMPORTED_MODULE_5__/* .viewServices */ .aS)(project);
    return {
        exitCode: 0,
        diagnostics,
        secrets,
        text: `${lost}${files.length === 0 ? 'Nothing to do: every file is as it should be.' : `${files.length} files written for ${count(services.length)} (${project.environment.name}).`}\nStart the stack: ${start}\n`,
        data: { ...(0,_report_services_js__WEBPACK_IMPORTED_MODULE_5__/* .projectData */ .OJ)(project, files), start },
        summary: (0,_report_summary_js__WEBPACK_IMPORTED_MODULE_6__/* .formatSummary */ .k)({ title: 'nself: generate', project, services, files, diagnostics, start }),
    };
}
/** The result of a run that stops at its diagnostics. */
function refused(diagnostics, secrets) {
    return {
        exitCode: 2,
        diagnostics,
        secrets,
        text: 'Nothing was written.\n',
        data: { changed: false, files: [] },
        summary: (0,_report_summary_js__WEBPACK_IMPORTED_MODULE_6__/* .formatSummary */ .k)({
            title: 'nself: the configuration has errors',
            project: undefined,
            services: [],
            files: [],
            diagnostics,
            start: undefined,
        }),
    };
}
function count(services) {
    return services === 1 ? '1 service' : `${services} services`;
}


/***/ }),

/***/ 19520:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  runCommand: () => (/* binding */ runCommand)
});

// EXTERNAL MODULE: ./build/config/diagnostics.js + 1 modules
var config_diagnostics = __webpack_require__(24699);
// EXTERNAL MODULE: ./build/report/changes.js
var report_changes = __webpack_require__(84662);
// EXTERNAL MODULE: ./build/report/services.js
var report_services = __webpack_require__(95995);
// EXTERNAL MODULE: ./build/report/summary.js + 1 modules
var summary = __webpack_require__(20132);
// EXTERNAL MODULE: ./build/commands/generate.js
var generate = __webpack_require__(85232);
// EXTERNAL MODULE: ./build/commands/project/prepare.js + 1 modules
var prepare = __webpack_require__(94986);
;// CONCATENATED MODULE: ./build/commands/check.js






/** Renders in memory and lists each file that is not what `generate` would leave: exit code 3. Writes nothing. */
async function check(context) {
    const { project, changes, diagnostics, secrets } = await (0,prepare/* prepare */.i)({ ...context, handEdits: 'report' });
    if (project === undefined || changes === undefined) {
        // A file in the way is drift, too; only a wrong configuration is an error of usage.
        const isDrift = diagnostics
            .filter(({ severity }) => severity === 'error')
            .every(({ code }) => code.startsWith('NB5') && code !== 'NB510');
        return { ...(0,generate/* refused */.J)(diagnostics, secrets), exitCode: isDrift ? 3 : 2, text: '' };
    }
    const files = (0,report_changes/* changedPaths */.vl)(changes);
    const known = new Set(diagnostics.filter(({ code }) => code === 'NB501').map(({ position }) => position?.file));
    const drift = driftsOf(changes.filter(({ path }) => files.includes(path) && !known.has(path)), project);
    // Not drift, but nothing that anyone wants merged.
    const all = [...diagnostics.map((each) => (each.code === 'NB517' ? { ...each, severity: 'error' } : each)), ...drift];
    const isGood = files.length === 0 && !(0,config_diagnostics/* hasErrors */.Cs)(all);
    const services = (0,report_services/* viewServices */.aS)(project);
    return {
        exitCode: isGood ? 0 : 3,
        diagnostics: all,
        secrets,
        text: files.length === 0
            ? `Every file is as generate would leave it${isGood ? '' : ', but there are conflicts to resolve'}.\n`
            : `${files.length} files are not as generate would leave them.\n`,
        data: (0,report_services/* projectData */.OJ)(project, files),
        summary: (0,summary/* formatSummary */.k)({
            title: isGood ? 'nself: check' : 'nself: check found drift',
            project,
            services,
            files,
            diagnostics: all,
            start: undefined,
        }),
    };
}
const driftWords = {
    create: 'is missing',
    update: 'is out of date',
    delete: 'should be gone',
    move: 'should be renamed',
};
const fix = 'Run `nself-build generate` and commit the result.';
// A service that was never scaffolded is one finding, at its CS_N line, instead of one per file.
function driftsOf(changes, { services }) {
    const missing = services.filter(({ name }) => changes.some(({ kind, path }) => kind === 'create' && path === `services/${name}/Dockerfile`));
    const isPartOf = ({ path }, { name }) => path.startsWith(`services/${name}/`);
    return [
        ...missing.map((service) => {
            const count = changes.filter((change) => isPartOf(change, service)).length;
            return (0,config_diagnostics/* diagnose */.h4)('NB513', `services/${service.name} is not scaffolded: ${count} files are missing.`, fix, service.position);
        }),
        ...changes.filter((change) => !missing.some((service) => isPartOf(change, service))).map(driftOf),
    ];
}
function driftOf({ kind, path }) {
    return (0,config_diagnostics/* diagnose */.h4)('NB513', `${path} ${driftWords[kind]}.`, fix, { file: path, line: 1, column: 1 });
}

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(73024);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: external "node:child_process"
var external_node_child_process_ = __webpack_require__(31421);
;// CONCATENATED MODULE: ./build/adapters/default-branch.js

/**
 * The branch that a repository's work ends up on: the one that its remote says, else `main` or `master` where there is one, else the one that is
 * checked out. `main` outside of git.
 */
function defaultBranch(repository) {
    const git = (...args) => {
        const { status, stdout } = (0,external_node_child_process_.spawnSync)('git', args, { cwd: repository, encoding: 'utf8' });
        return status === 0 ? stdout.trim() : '';
    };
    const ofRemote = git('symbolic-ref', '--short', 'refs/remotes/origin/HEAD').replace(/^origin\//, '');
    // Sorted, so that `main` is the first.
    const [usual = ''] = git('branch', '--format=%(refname:short)', '--list', 'main', 'master').split('\n');
    return ofRemote || usual || git('symbolic-ref', '--short', 'HEAD') || 'main';
}

// EXTERNAL MODULE: ./build/adapters/files.js
var adapters_files = __webpack_require__(63058);
// EXTERNAL MODULE: ./build/adapters/prefix.js
var adapters_prefix = __webpack_require__(17645);
// EXTERNAL MODULE: ./build/render/liquid.js
var liquid = __webpack_require__(15977);
;// CONCATENATED MODULE: ./build/render/starter.js
/**
 * A starter for a project. In a folder it has a name of its own, since several projects share `.github/workflows`, and `working-directory` for
 * every workflow that it calls.
 */
function starterIn({ folder, branch }, starter) {
    const text = starter.text.replaceAll('push to main', `push to ${branch}`).replace(/(?<=^ {4}branches: \[)main\b/m, scalar(branch));
    return folder === '' ? { ...starter, text } : inFolder(folder, { ...starter, text });
}
function inFolder(folder, { file, text }) {
    const slug = folder.replace(/[^A-Za-z0-9_]+/g, '-').replace(/^-|-$/g, '');
    return {
        file: `${slug}-${file}`,
        text: text
            .replace(/^name: (.*)$/m, (_, name) => `name: ${scalar(`${name} (${folder})`)}`)
            .replace(calls, (_, uses, others, inputs = '') => {
            const own = `    with:\n      working-directory: ${scalar(folder)}\n`;
            return inputs === '' ? `${uses}${own}${others}` : `${uses}${others}${own}`;
        }),
    };
}
// A call, what its job says before its inputs, and their first line, if it has any.
const calls = /^( {4}uses: .*\n)((?:(?! {4}with:) {4}.*\n)*)( {4}with:\n)?/gm;
// Letters that YAML reads as they are, wherever they stand; all else as JSON, which is YAML.
const scalar = (text) => (/^[A-Za-z][\w ./()-]*$/.test(text) ? text : JSON.stringify(text));

// EXTERNAL MODULE: ./build/scaffold/lock.js
var lock = __webpack_require__(60508);
;// CONCATENATED MODULE: ./build/commands/init.js











/** Lines that keep secrets, certificates and local settings out of git. */
const ignored = ['.env.local', '.env.secrets', 'ssl/', 'deploy/*/ssl/'];
/** Env files that say what a project is; those of one machine, secrets and examples do not. */
const settings = /^\.env(?:\.(?!local$|secrets$|.*(?:example|sample|template))[\w-]+)?$/;
/**
 * Makes a repository ready: a commented `.env.dev` where there are no env files yet, `.gitignore` lines, the starter workflows. In a subfolder of
 * a repository the workflows go where GitHub looks for them, and name the subfolder. A project whose lines are there already is generated, too,
 * if nothing of it is there yet. Never changes what is there.
 */
async function init(context) {
    const { root, tool, outer } = context;
    const prefix = (0,adapters_prefix/* prefixOf */.M)(root, outer.GITHUB_WORKSPACE);
    const repository = (0,external_node_path_.resolve)(root, (0,external_node_path_.relative)(prefix, ''));
    const tree = (0,adapters_files/* openTree */.rB)(repository);
    const changes = [];
    const diagnostics = [];
    const offer = (path, content) => {
        if (tree.read(path) === undefined)
            changes.push({ kind: 'create', path, content: Buffer.from(content), executable: false });
        else
            diagnostics.push((0,config_diagnostics/* diagnose */.h4)('NB514', `${path} is there already, and stays as it is.`, 'Compare it with the documentation if you want more of it.'));
    };
    const env = (0,liquid/* createRenderer */.K)({ env: (0,external_node_fs_.readFileSync)((0,external_node_path_.join)(tool, 'templates', 'init', 'env.dev.liquid'), 'utf8') })('env', {
        project: projectName(root),
    });
    const present = tree.read(`${prefix}.env.dev`);
    // Its own, untouched, is still to be looked through.
    const hasSettings = (0,external_node_fs_.readdirSync)(root).some((file) => settings.test(file) && !(file === '.env.dev' && present?.toString() === env));
    if (!hasSettings || present !== undefined)
        offer(`${prefix}.env.dev`, env);
    const starters = (0,external_node_fs_.readdirSync)((0,external_node_path_.join)(tool, 'workflows')).filter((file) => file.endsWith('.yml'));
    const place = { folder: prefix.slice(0, -1), branch: defaultBranch(repository) };
    for (const starter of starters.sort()) {
        const { file, text } = starterIn(place, { file: starter, text: (0,external_node_fs_.readFileSync)((0,external_node_path_.join)(tool, 'workflows', starter), 'utf8') });
        offer(`.github/workflows/${file}`, text);
    }
    changes.push(...ignoreLines(`${prefix}.gitignore`, tree.read(`${prefix}.gitignore`)));
    (0,adapters_files/* applyChanges */.YF)(repository, changes);
    const generated = hasSettings ? await generateFirst(context) : undefined;
    const files = [...changes.map(({ path }) => path), ...filesOf(generated).map((file) => `${prefix}${file}`)].sort();
    return {
        exitCode: 0,
        diagnostics: [...diagnostics, ...(generated?.diagnostics ?? [])],
        secrets: generated?.secrets ?? [],
        text: `${files.map((file) => `wrote ${file}\n`).join('')}${generated?.text ?? ''}${nextSteps(prefix, hasSettings, generated !== undefined)}`,
        data: { changed: files.length > 0, files },
        summary: `## nself: init\n\n${files.map((file) => `- \`${file}\`\n`).join('')}`,
    };
}
/** The first `generate` of a project; nothing when there are files that it could get in the way of, or when its lines have errors. */
async function generateFirst(context) {
    const { changes = [] } = await (0,prepare/* prepare */.i)({ ...context, handEdits: 'report' });
    const isFirst = changes.length > 0 && changes.every(({ kind }) => kind === 'create') && (0,adapters_files/* openTree */.rB)(context.root).read(lock/* lockPath */.HZ) === undefined;
    return isFirst ? (0,generate/* generate */.c)(context) : undefined;
}
const filesOf = (result) => (result?.data.files ?? []);
function nextSteps(prefix, hasSettings, isGenerated) {
    const steps = [
        ...(hasSettings ? [] : [`Look through ${prefix}.env.dev: which core services, which services of your own.`]),
        ...(isGenerated ? [] : ['nself-build generate']),
        'Commit everything, and push: the workflows check and build from then on.',
    ];
    return `Next:
${steps.map((step, index) => `  ${index + 1}. ${step}\n`).join('')}For pull requests of the update workflow, allow Actions to create them: Settings > Actions > General.
For deploys, make the environments staging and production with NSELF_HOST, NSELF_KNOWN_HOSTS and NSELF_KEY: docs/workflows.md.
`;
}
function ignoreLines(path, before) {
    const text = before?.toString('utf8') ?? '';
    const present = new Set(text.split(/\r?\n/).map((line) => line.trim().replace(/^\//, '')));
    const missing = ignored.filter((line) => !present.has(line));
    if (missing.length === 0)
        return [];
    const gap = text === '' ? '' : text.endsWith('\n') ? '\n' : '\n\n';
    const content = Buffer.concat([
        before ?? Buffer.alloc(0),
        Buffer.from(`${gap}# nself: secrets, certificates and local settings\n${missing.join('\n')}\n`),
    ]);
    return [
        before === undefined
            ? { kind: 'create', path, content, executable: false }
            : { kind: 'update', path, content, executable: false, before },
    ];
}
function projectName(root) {
    const name = (0,external_node_path_.basename)(root)
        .toLowerCase()
        .replace(/[^a-z0-9_-]+/g, '-')
        .replace(/^[-_]+|[-_]+$/g, '')
        .slice(0, 40);
    return name === '' ? 'myapp' : name;
}

// EXTERNAL MODULE: ./build/render/wrapper.js
var wrapper = __webpack_require__(56898);
// EXTERNAL MODULE: ./build/report/redact.js
var redact = __webpack_require__(17234);
// EXTERNAL MODULE: ./build/report/table.js
var table = __webpack_require__(71799);
// EXTERNAL MODULE: ./build/commands/project/read-project.js + 13 modules
var read_project = __webpack_require__(9727);
;// CONCATENATED MODULE: ./build/commands/plan.js










/** Shows the resolved services, what `generate` would do, as a diff, and with a registry what `build` would do. Writes nothing. */
async function plan(context) {
    const { project, changes, catalogue, diagnostics: found, secrets, } = await (0,prepare/* prepare */.i)({
        ...context,
        handEdits: context.handEdits === 'stop' ? 'report' : context.handEdits,
    });
    const diagnostics = [...found];
    if (project === undefined || changes === undefined || catalogue === undefined)
        return (0,generate/* refused */.J)(diagnostics, secrets);
    const services = (0,report_services/* viewServices */.aS)(project, (0,read_project/* readDomains */._f)(context, catalogue, project));
    const files = (0,report_changes/* changedPaths */.vl)(changes);
    const diff = (0,redact.redact)((0,report_changes/* describeChanges */.DT)(changes), secrets);
    // Loaded when it is asked for, as `build` is.
    const images = context.inputs.registry === '' ? undefined : await (await Promise.all(/* import() */[__webpack_require__.e(421), __webpack_require__.e(785), __webpack_require__.e(597)]).then(__webpack_require__.bind(__webpack_require__, 77597))).planBuilds(context, project, diagnostics);
    if ((0,config_diagnostics/* hasErrors */.Cs)(diagnostics))
        return (0,generate/* refused */.J)(diagnostics, secrets);
    return {
        exitCode: images?.isComplete === false ? 1 : 0,
        diagnostics,
        secrets,
        text: `${(0,table/* textTable */.ed)([...report_services/* serviceColumns */.NX], services.map(report_services/* serviceRow */.gp))}\n${images === undefined ? '' : `${images.text}\n`}${diff}`,
        data: {
            ...(0,report_services/* projectData */.OJ)(project, files),
            services,
            changes: changes.map((change) => change.kind === 'move' ? { kind: change.kind, path: change.path, to: change.to } : { kind: change.kind, path: change.path }),
            diff,
            start: (0,wrapper/* startCommand */.S)(project),
            ...images?.data,
        },
        summary: `${(0,summary/* formatSummary */.k)({ title: 'nself: plan', project, services, files, diagnostics, start: undefined })}${images === undefined ? '' : `\n### Images\n\n${images.markdown}`}`,
    };
}

;// CONCATENATED MODULE: ./build/commands/templates.js



const columns = ['id', 'aliases', 'title', 'kind', 'framework', 'image', 'memory', 'cpu', 'state'];
/** Lists the catalogue: the built-in templates and the project's own. */
function templates(context) {
    const { catalogue, diagnostics } = (0,read_project/* openCatalogue */.GP)(context);
    const all = catalogue.all();
    return {
        exitCode: (0,config_diagnostics/* hasErrors */.Cs)(diagnostics) ? 2 : 0,
        diagnostics,
        secrets: [],
        text: (0,table/* textTable */.ed)(columns, all.map(row)),
        data: { templates: all.map(view) },
        summary: `## nself: templates\n\n${(0,table/* markdownTable */.Qj)(columns, all.map(row))}`,
    };
}
function row(template) {
    const { id, aliases, title, kind, framework, image, memory, cpu } = template;
    return [id, aliases.join(' ') || '-', title, kind, framework, image, memory.text, String(cpu), stateOf(template)];
}
/** `unverified` has files that nobody could build where this version was made; docs/templates.md says what was tried instead. */
function stateOf({ placeholder, verified }) {
    if (placeholder !== undefined)
        return 'placeholder';
    return verified === undefined ? 'ready' : 'unverified';
}
function view(template) {
    const { id, version, title, description, language, framework, image, aliases, kind, memory, cpu, needs, verified } = template;
    return {
        id,
        version,
        title,
        description,
        language,
        framework,
        image,
        aliases,
        kind,
        memory: memory.text,
        cpu,
        needs,
        state: stateOf(template),
        ...(verified === undefined ? {} : { verified }),
    };
}

;// CONCATENATED MODULE: ./build/commands/index.js





const commands = {
    generate: generate/* generate */.c,
    check: check,
    plan: plan,
    // Loaded when they are asked for: they bring the Dockerfile parser, the registry client and the GitHub client along.
    build: async (context) => (await Promise.all(/* import() */[__webpack_require__.e(421), __webpack_require__.e(785), __webpack_require__.e(359)]).then(__webpack_require__.bind(__webpack_require__, 94359))).build(context),
    'pull-request': async (context) => (await __webpack_require__.e(/* import() */ 2).then(__webpack_require__.bind(__webpack_require__, 49002))).pullRequest(context),
    deploy: async (context) => (await Promise.all(/* import() */[__webpack_require__.e(118), __webpack_require__.e(873), __webpack_require__.e(309)]).then(__webpack_require__.bind(__webpack_require__, 77309))).deploy(context),
    rollback: async (context) => (await Promise.all(/* import() */[__webpack_require__.e(118), __webpack_require__.e(873), __webpack_require__.e(595)]).then(__webpack_require__.bind(__webpack_require__, 73595))).rollback(context),
    status: async (context) => (await Promise.all(/* import() */[__webpack_require__.e(118), __webpack_require__.e(873), __webpack_require__.e(498)]).then(__webpack_require__.bind(__webpack_require__, 72498))).status(context),
    init: init,
    templates: templates,
};
/** Runs a command; the one way into them for both doors. */
async function runCommand(name, context) {
    return commands[name](context);
}


/***/ }),

/***/ 34872:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  X: () => (/* binding */ planChanges),
  h: () => (/* binding */ readHandWritten)
});

// EXTERNAL MODULE: ./build/config/diagnostics.js + 1 modules
var config_diagnostics = __webpack_require__(24699);
// EXTERNAL MODULE: ./build/render/compose/layout.js
var compose_layout = __webpack_require__(95858);
// EXTERNAL MODULE: ./build/render/bake.js
var bake = __webpack_require__(52800);
// EXTERNAL MODULE: ./build/render/header.js
var header = __webpack_require__(68156);
// EXTERNAL MODULE: ./build/render/yaml.js
var yaml = __webpack_require__(60198);
// EXTERNAL MODULE: ./build/render/compose/core-services.js + 1 modules
var core_services = __webpack_require__(6931);
// EXTERNAL MODULE: ./build/render/compose/custom-service.js + 1 modules
var custom_service = __webpack_require__(36613);
;// CONCATENATED MODULE: ./build/render/compose/index.js





/** Renders `docker-compose.yml`, or `docker-compose.custom.yml` beside an nself CLI that runs the core itself. */
function renderCompose(project, nginxFiles) {
    const layout = (0,compose_layout/* layoutOf */.a)(project.environment);
    const external = project.core === 'external';
    const path = `${layout.directory}${external ? 'docker-compose.custom.yml' : 'docker-compose.yml'}`;
    const custom = Object.fromEntries(project.services.map((service) => [service.host, (0,custom_service/* customService */.T)(project, service, layout)]));
    const services = { ...(external ? (0,core_services/* postgresInit */.yo)(project) : (0,core_services/* coreServices */.mx)(project, nginxFiles)), ...custom };
    const compose = {
        name: external ? `${project.name}-custom` : project.name,
        services,
        networks: networks(project, external),
        ...volumes(project, external),
    };
    return { path, content: (0,header/* withHeader */.w)((0,yaml/* toYaml */.fE)(compose), '#', extendHint(layout)), executable: false };
}
function extendHint({ directory }) {
    return `change the CS_N lines, or add ${directory}docker-compose.override.yml, which is yours.`;
}
function networks(project, external) {
    const joined = new Set(project.services.flatMap(({ networks }) => networks));
    return {
        default: { name: `${project.name}_network`, ...(external ? { external: true } : {}) },
        ...Object.fromEntries([...joined].sort().map((name) => [name, { name, external: true }])),
    };
}
function volumes(project, external) {
    const own = project.services.flatMap(({ volumes }) => volumes.filter((volume) => !volume.startsWith('./')).map((volume) => volume.slice(0, volume.indexOf(':'))));
    const names = [...new Set([...(external ? [] : (0,core_services/* coreVolumes */.rF)(project)), ...own])].sort();
    return names.length === 0 ? {} : { volumes: Object.fromEntries(names.map((name) => [name, null])) };
}

// EXTERNAL MODULE: ./build/render/local-certificates.js
var local_certificates = __webpack_require__(12587);
// EXTERNAL MODULE: ./build/render/nginx.js
var render_nginx = __webpack_require__(32605);
// EXTERNAL MODULE: ./build/render/postgres.js
var postgres = __webpack_require__(22090);
// EXTERNAL MODULE: ./build/render/wrapper.js
var wrapper = __webpack_require__(56898);
;// CONCATENATED MODULE: ./build/render/index.js






/** Renders every tool-owned file of one environment, sorted by path. Equal projects give equal bytes. */
function renderProject(project, render, handWritten) {
    const nginx = (0,render_nginx/* renderNginx */.F)(project, render, handWritten);
    const files = [
        renderCompose(project, nginx),
        (0,wrapper/* renderWrapper */._)(project),
        ...(0,bake/* renderBake */.cX)(project),
        ...(0,postgres/* renderPostgres */.K)(project),
        ...nginx,
        ...(0,local_certificates/* renderLocalCertificates */.C)(project, render, handWritten),
    ];
    return files.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}

// EXTERNAL MODULE: ./build/render/liquid.js
var render_liquid = __webpack_require__(15977);
// EXTERNAL MODULE: ./build/render/sites.js
var sites = __webpack_require__(64781);
// EXTERNAL MODULE: ./build/scaffold/merge/markers.js
var markers = __webpack_require__(55215);
// EXTERNAL MODULE: ./build/scaffold/merge/text.js
var merge_text = __webpack_require__(88645);
// EXTERNAL MODULE: ./build/scaffold/render-scaffold.js + 1 modules
var render_scaffold = __webpack_require__(75895);
;// CONCATENATED MODULE: ./build/scaffold/decide-file.js



/** The decision table of design section 5. Compares, and leaves the merge of a file that both sides changed to its caller. */
function decideFile(file) {
    const { path, ours, old, next, isEjected } = file;
    if (isEjected)
        return { kind: 'settled', lock: next && { ...(old ?? track(next)), state: 'ejected' } };
    if (next === undefined)
        return decideDropped(file);
    if (ours === undefined) {
        if (old === undefined)
            return { kind: 'settled', change: { kind: 'create', path, content: next.content, executable: next.executable }, lock: track(next) };
        const lock = { ...old, class: next.class, state: 'deleted' };
        return old.base === next.hash ? { kind: 'settled', lock } : { kind: 'settled', lock, kept: 'deleted' };
    }
    if (old === undefined)
        return sameContent(ours, next.content) ? { kind: 'settled', lock: track(next) } : { kind: 'settled', kept: 'taken' };
    const line = old.state === 'conflict' ? (0,markers/* firstMarker */.dj)(ours.toString('utf8')) : undefined;
    if (line !== undefined)
        return { kind: 'unresolved', line, lock: { ...old, class: next.class } };
    if (sameContent(ours, next.content))
        return { kind: 'settled', change: written(file, ours), lock: track(next) };
    if (isPristine(ours, old))
        return { kind: 'settled', change: written(file, asOurs(ours, next.content)), lock: track(next) };
    if (old.base === next.hash)
        return { kind: 'settled', change: written(file, ours), lock: track(next) };
    if (next.class === 'seed')
        return { kind: 'settled', lock: { ...old, class: 'seed', state: 'tracked' }, kept: 'seed' };
    return { kind: 'merge', ours, old, next };
}
function decideDropped({ path, ours, old }) {
    if (ours === undefined || old === undefined)
        return { kind: 'settled' };
    return isPristine(ours, old) ? { kind: 'settled', change: { kind: 'delete', path, before: ours } } : { kind: 'settled', kept: 'dropped' };
}
/** The lock entry of a file that holds what the template gives, and whatever the user changed in it. */
function track(file) {
    return { class: file.class, mode: file.executable ? '755' : '644', state: 'tracked', base: file.hash };
}
/** The change that leaves a file with this content, and with the executable bit of whichever side changed it; none when it is so. */
function written({ path, ours, isExecutable, old, next }, content) {
    if (ours === undefined || next === undefined)
        return undefined;
    const isUsers = old !== undefined && isExecutable !== (old.mode === '755');
    const executable = isUsers ? isExecutable : next.executable;
    return executable === isExecutable && content.equals(ours) ? undefined : { kind: 'update', path, content, executable, before: ours };
}
/** Whether the user left a file as the template gave it. A checkout that turned line endings around changed nothing. */
function isPristine(ours, { base }) {
    if ((0,render_scaffold/* hashOf */.qQ)(ours) === base)
        return true;
    const text = ours.includes('\r\n') ? (0,merge_text/* decode */.D4)(ours) : undefined;
    return text !== undefined && (0,render_scaffold/* hashOf */.qQ)((0,merge_text/* plain */.pj)(text)) === base;
}
/** Whether two files hold the same, whatever ends their lines. */
function sameContent(a, b) {
    return a.equals(b) || (0,merge_text/* sameLines */.mH)(a, b);
}
function asOurs(ours, content) {
    const [style, text] = [(0,merge_text/* decode */.D4)(ours), (0,merge_text/* decode */.D4)(content)];
    return style === undefined || text === undefined ? content : (0,merge_text/* inStyleOf */.SP)(style, (0,merge_text/* plain */.pj)(text));
}

// EXTERNAL MODULE: ./build/scaffold/lock.js
var scaffold_lock = __webpack_require__(60508);
;// CONCATENATED MODULE: ./build/scaffold/bases.js


/** The pristine text with this hash; nothing when it is missing or was changed. */
function bases_readBase(tree, hash) {
    const content = tree.read((0,scaffold_lock/* basePath */.Jp)(hash));
    if (content === undefined || (0,render_scaffold/* hashOf */.qQ)(content) === hash)
        return content;
    // A checkout may have turned the line endings around.
    const turned = Buffer.from(content.toString('utf8').replaceAll('\r\n', '\n'));
    return (0,render_scaffold/* hashOf */.qQ)(turned) === hash ? turned : undefined;
}
/** Writes the bases that the new lock refers to, and removes those that only the old one did. */
function baseChanges(before, after, fresh, tree) {
    const needed = basesOf(after);
    const created = [...fresh].flatMap(([hash, content]) => {
        const path = (0,scaffold_lock/* basePath */.Jp)(hash);
        return needed.has(hash) && bases_readBase(tree, hash) === undefined ? [write(path, content, tree.read(path))] : [];
    });
    const released = [...basesOf(before)].flatMap((hash) => {
        const path = (0,scaffold_lock/* basePath */.Jp)(hash);
        const content = needed.has(hash) ? undefined : tree.read(path);
        return content === undefined ? [] : [{ kind: 'delete', path, before: content }];
    });
    return [...created, ...released];
}
function write(path, content, before) {
    return before === undefined
        ? { kind: 'create', path, content, executable: false }
        : { kind: 'update', path, content, executable: false, before };
}
function basesOf({ services }) {
    return new Set(Object.values(services).flatMap(({ files }) => Object.values(files).map(({ base }) => base)));
}

;// CONCATENATED MODULE: ./build/scaffold/find-renamed.js

/**
 * Same slot and template, new name, and its files in one of the two directories, with nothing in the other: the service was renamed.
 * One that was without a line for a while is another matter: its slot was free.
 */
function findRenamed({ name, slot, template }, remaining, named, tree) {
    if (remaining.has(name))
        return undefined;
    const to = `services/${name}`;
    const now = tree.directory(to);
    for (const [from, locked] of remaining) {
        if (locked.slot !== slot || locked.template !== template.id || locked.orphaned || named.has(from))
            continue;
        const path = `services/${from}`;
        const before = tree.directory(path);
        if (now === 'missing' && before === 'full')
            return { from, directory: path, moves: [{ kind: 'move', path, to }] };
        if (now === 'full' && before === 'missing' && isMostlyIn(to, locked, tree))
            return { from, directory: to, moves: [] };
    }
    return undefined;
}
// Someone else's code in a directory of that name would hold few of the template's files to the byte.
function isMostlyIn(directory, { files }, tree) {
    const all = Object.entries(files);
    const pristine = all.filter(([path, file]) => {
        const ours = tree.read(`${directory}/${path}`);
        return ours !== undefined && isPristine(ours, file);
    });
    return pristine.length * 2 > all.length;
}

// EXTERNAL MODULE: ./build/scaffold/notices.js
var notices = __webpack_require__(77614);
// EXTERNAL MODULE: ./build/scaffold/merge/versions.js
var versions = __webpack_require__(64591);
;// CONCATENATED MODULE: ./build/scaffold/plan-service.js




/** Plans one service whose files lie in `directory`, which differs from its own while it is being renamed. */
async function planService(service, locked, directory, surroundings) {
    const { project, tree, config, renderService } = surroundings;
    const { id, version } = service.template;
    const inputs = { name: service.name, port: service.port, project: project.name };
    const entry = { slot: service.slot, template: id, version, inputs, orphaned: false };
    if (tree.directory(directory) !== 'full')
        return firstWrite(service, entry, renderService(service), surroundings);
    if (locked === undefined)
        return adopt(service, entry, renderService(service), surroundings);
    const untouched = { changes: [], locked, diagnostics: [], rendered: [] };
    if (locked.template !== id)
        return { ...untouched, diagnostics: [(0,notices/* frameworkNotice */.B1)(service, locked)] };
    const attached = { ...locked, slot: service.slot, orphaned: false };
    if (isSettled(service, locked, inputs, config))
        return { ...untouched, locked: attached };
    if (surroundings.scope !== undefined && 'without' in surroundings.scope && surroundings.scope.without.includes(service.name))
        return { ...untouched, locked: attached };
    if (config.skip[service.name] === version && locked.version !== version)
        return { ...untouched, locked: attached, diagnostics: [(0,notices/* skippedNotice */.$8)(service, locked)] };
    // Else two people with different versions would undo each other's updates, in silence.
    if (((0,versions/* compareVersions */.Zy)(locked.version, version) ?? 0) > 0)
        return { ...untouched, locked: attached, diagnostics: [(0,notices/* newerNotice */.e3)(service, locked)] };
    return update(service, entry, locked, directory, surroundings);
}
// Nothing new from the template, and nothing that waits for the user.
function isSettled({ name, template }, { version, inputs, files }, wanted, config) {
    if (version !== template.version || inputs.name !== wanted.name || inputs.port !== wanted.port || inputs.project !== wanted.project)
        return false;
    return Object.entries(files).every(([path, { state }]) => state !== 'kept' && state !== 'conflict' && (state === 'ejected') === config.isEjected(`services/${name}/${path}`));
}
function firstWrite({ name }, entry, rendered, { config }) {
    const isWritten = ({ path }) => !config.isEjected(`services/${name}/${path}`);
    const changes = rendered.filter(isWritten).map(({ path, content, executable }) => {
        return { kind: 'create', path: `services/${name}/${path}`, content, executable };
    });
    return { changes, locked: { ...entry, files: trackAll(rendered, isWritten) }, diagnostics: [], rendered };
}
// Code that was there before: files that equal the template's are followed from now on, nothing else is touched or added.
function adopt(service, entry, rendered, { tree, config }) {
    const isFollowed = ({ path }) => !config.isEjected(`services/${service.name}/${path}`);
    const isSame = rendered.filter(isFollowed).every(({ path, content }) => {
        const ours = tree.read(`services/${service.name}/${path}`);
        return ours !== undefined && sameContent(ours, content);
    });
    return isSame
        ? { changes: [], locked: { ...entry, files: trackAll(rendered, isFollowed) }, diagnostics: [], rendered }
        : { changes: [], locked: undefined, diagnostics: [(0,notices/* foreignNotice */.TM)(service)], rendered: [] };
}
function trackAll(files, isFollowed) {
    return Object.fromEntries(files.map((file) => [file.path, isFollowed(file) ? track(file) : { ...track(file), state: 'ejected' }]));
}
async function update(service, entry, locked, directory, surroundings) {
    const { tree, config, renderService } = surroundings;
    const rendered = renderService(service);
    const wanted = new Map(rendered.map((file) => [file.path, file]));
    const before = new Map(Object.entries(locked.files));
    // Where the copy is lost, another file may be the same.
    const readBase = (hash) => bases_readBase(tree, hash) ?? rendered.find((file) => file.hash === hash)?.content;
    const changes = [];
    const diagnostics = [];
    const files = {};
    for (const name of [...new Set([...before.keys(), ...wanted.keys()])].sort()) {
        const path = `services/${service.name}/${name}`;
        const place = `${directory}/${name}`;
        const isEjected = config.isEjected(path);
        // An ejected file may be anything, a link too.
        const ours = isEjected ? undefined : tree.read(place);
        const isExecutable = ours !== undefined && tree.isExecutable(place);
        const file = { path, ours, isExecutable, old: before.get(name), next: wanted.get(name), isEjected };
        const outcome = await resolve(file, decideFile(file), (0,notices/* updateOf */.xe)(service, locked), service, { ...surroundings, readBase });
        if (outcome.change !== undefined)
            changes.push(outcome.change);
        if (outcome.lock !== undefined)
            files[name] = outcome.lock;
        diagnostics.push(...outcome.diagnostics);
    }
    return { changes, locked: { ...entry, files }, diagnostics, rendered };
}
async function resolve(file, decision, update, service, { readBase, onConflict }) {
    const { path } = file;
    if (decision.kind === 'settled')
        return { ...decision, diagnostics: decision.kept === undefined ? [] : [(0,notices/* keptNotice */.lU)(path, decision.kept, update)] };
    if (decision.kind === 'unresolved')
        return { lock: decision.lock, diagnostics: [(0,notices/* markersNotice */.o3)(path, decision.line)] };
    const { ours, old, next } = decision;
    const waiting = { ...old, class: next.class, state: 'kept' };
    const base = readBase(old.base);
    if (base === undefined)
        return { lock: waiting, diagnostics: [(0,notices/* missingBaseNotice */.oy)(path, update)] };
    // Loaded here: few runs merge anything.
    const { mergeFile } = await Promise.all(/* import() */[__webpack_require__.e(934), __webpack_require__.e(798)]).then(__webpack_require__.bind(__webpack_require__, 36798));
    const { id, version } = service.template;
    const merge = mergeFile({ path, base, ours, theirs: next.content }, { theirs: `template ${id} ${version}` });
    switch (merge.kind) {
        case 'clean':
            return { change: written(file, merge.content), lock: track(next), diagnostics: [] };
        case 'binary':
            return { lock: { ...waiting, state: 'tracked' }, diagnostics: [(0,notices/* keptNotice */.lU)(path, 'binary', update)] };
        case 'unresolved':
            return { lock: { ...old, class: next.class, state: 'conflict' }, diagnostics: [(0,notices/* markersNotice */.o3)(path, merge.line)] };
        case 'conflict':
            return onConflict === 'keep'
                ? { lock: waiting, diagnostics: [(0,notices/* conflictNotice */.HE)(path, merge.lines, update)] }
                : {
                    change: written(file, merge.content),
                    lock: { ...track(next), state: 'conflict' },
                    diagnostics: [(0,notices/* markersNotice */.o3)(path, merge.lines[0] ?? 1)],
                };
    }
}

;// CONCATENATED MODULE: ./build/scaffold/plan-scaffolds.js




/**
 * Decides what happens to every scaffolded file. Nothing of the user's is lost: a file is written where nothing is, replaced while
 * it equals the pristine base that the lock records, and merged with it otherwise.
 */
async function planScaffolds(lock, surroundings) {
    const { project, named, tree, scope } = surroundings;
    const only = scope !== undefined && 'only' in scope ? scope.only : undefined;
    const changes = [];
    const diagnostics = [];
    const services = {};
    const remaining = new Map(Object.entries(lock.services));
    const bases = new Map();
    for (const service of project.services.filter(isScaffolded)) {
        if (only !== undefined && service.name !== only)
            continue;
        const renamed = findRenamed(service, remaining, named, tree);
        const previous = renamed?.from ?? service.name;
        const locked = remaining.get(previous);
        remaining.delete(previous);
        if (renamed !== undefined) {
            changes.push(...renamed.moves);
            diagnostics.push((0,notices/* renamedNotice */.$v)(service, renamed));
        }
        const plan = await planService(service, locked, renamed?.directory ?? `services/${service.name}`, surroundings);
        changes.push(...plan.changes);
        diagnostics.push(...plan.diagnostics);
        for (const { hash, content } of plan.rendered)
            bases.set(hash, content);
        if (plan.locked !== undefined)
            services[service.name] = plan.locked;
    }
    for (const [name, locked] of remaining) {
        if (only !== undefined) {
            services[name] = locked;
            continue;
        }
        if (tree.directory(`services/${name}`) === 'missing')
            continue;
        services[name] = { ...locked, orphaned: true };
        diagnostics.push((0,notices/* orphanedNotice */.Sl)(name, locked));
    }
    const after = { services };
    changes.push(...baseChanges(lock, after, bases, tree));
    return { changes, lock: after, diagnostics: [...diagnostics, ...unusedConfig(after, surroundings)] };
}
/** A ready image or a build context elsewhere leaves nothing to scaffold. */
function isScaffolded({ name, build }) {
    return build !== undefined && build.context === `services/${name}`;
}
function unusedConfig({ services }, { config }) {
    const files = Object.entries(services).flatMap(([name, { files }]) => Object.keys(files).map((path) => `services/${name}/${path}`));
    return config.unused(Object.keys(services), files);
}

// EXTERNAL MODULE: ./build/scaffold/plan-tool-files.js
var plan_tool_files = __webpack_require__(54221);
// EXTERNAL MODULE: ./build/scaffold/scaffold-config.js
var scaffold_config = __webpack_require__(21432);
;// CONCATENATED MODULE: ./build/commands/project/plan-changes.js











/** Renders the project in memory and compares it with the tree. */
async function planChanges(project, tree, library, context) {
    const { directory } = (0,compose_layout/* layoutOf */.a)(project.environment);
    const handWritten = readHandWritten(tree, `${directory}nginx/conf.d`);
    const rendered = renderProject(project, (0,render_liquid/* createRenderer */.K)(library.nginx()), handWritten);
    const folders = project.core === 'external' ? ['nginx/sites'] : ['nginx/sites', 'nginx/includes', 'nginx/conf.d', 'nginx/acme', 'postgres/init'];
    const tools = (0,plan_tool_files/* planToolFiles */.B)(rendered, folders.map((folder) => directory + folder), tree, context.handEdits);
    const scaffolds = await planServices(project, tree, library, context);
    if (context.scope !== undefined && 'only' in context.scope)
        return { ...scaffolds, edits: [] };
    return {
        changes: [...scaffolds.changes, ...tools.changes],
        diagnostics: [...tools.diagnostics, ...scaffolds.diagnostics, ...handWrittenNotices(project, handWritten)],
        edits: tools.edits,
    };
}
async function planServices(project, tree, library, { inputs, scope, reference }) {
    const lockFile = tree.read(scaffold_lock/* lockPath */.HZ);
    const read = lockFile === undefined ? { diagnostics: [] } : (0,scaffold_lock/* parseLock */.PG)(lockFile.toString('utf8'));
    const { lock = scaffold_lock/* emptyLock */.Vc } = read;
    const configFile = tree.read(scaffold_config/* configPath */.eQ);
    const { config, diagnostics: problems } = configFile === undefined ? { config: scaffold_config/* emptyConfig */.i4, diagnostics: [] } : (0,scaffold_config/* parseScaffoldConfig */.cV)(configFile.toString('utf8'));
    const diagnostics = [...read.diagnostics, ...problems];
    if ((0,config_diagnostics/* hasErrors */.Cs)(diagnostics))
        return { changes: [], diagnostics };
    const shared = asReference(project, reference);
    const named = new Set([...project.services, ...(reference?.services ?? [])].map(({ name }) => name));
    const renderService = serviceRenderer(shared, library);
    const plan = await planScaffolds(lock, { project: shared, named, tree, config, onConflict: inputs.onConflict, scope, renderService });
    const merged = mergeLocks(project, lock, plan.lock);
    const content = Buffer.from((0,scaffold_lock/* formatLock */.X5)(merged));
    const lockChange = lockFile === undefined
        ? [{ kind: 'create', path: scaffold_lock/* lockPath */.HZ, content, executable: false }]
        : sameContent(lockFile, content)
            ? []
            : [{ kind: 'update', path: scaffold_lock/* lockPath */.HZ, content, executable: false, before: lockFile }];
    // The lock comes last: until it is written, nothing counts as scaffolded.
    return {
        changes: [...plan.changes, ...lockChange],
        diagnostics: [...plan.diagnostics.filter(({ code }) => code !== 'NB505' || isReference(project)), ...diagnostics],
    };
}
// Development is the reference for which services exist: another environment that leaves one out does not orphan it.
function isReference(project) {
    return project.environment.kind === 'development';
}
// Else a port of one environment would be written over another's, run by run.
function asReference(project, reference) {
    if (reference === undefined)
        return project;
    const shared = new Map(reference.services.filter(({ build }) => build !== undefined).map((service) => [service.name, service]));
    return { ...project, name: reference.name, services: project.services.map((service) => shared.get(service.name) ?? service) };
}
function mergeLocks(project, before, after) {
    if (isReference(project))
        return after;
    return {
        services: Object.fromEntries(Object.entries(after.services).map(([name, service]) => [name, service.orphaned ? (before.services[name] ?? service) : service])),
    };
}
function serviceRenderer(project, library) {
    const renderers = new Map();
    const hashes = new Map();
    return ({ name, port, template }) => {
        const source = { id: template.placeholder ?? template.id };
        const files = library.files(source.id);
        let render = renderers.get(source.id);
        if (render === undefined) {
            const liquid = files.filter(({ path }) => path.endsWith('.liquid'));
            render = (0,render_liquid/* createRenderer */.K)(Object.fromEntries(liquid.map(({ path, content }) => [(0,render_scaffold/* templateKey */.AY)(source, path), content.toString('utf8')])));
            renderers.set(source.id, render);
        }
        return (0,render_scaffold/* renderScaffold */.Li)({ ...template, id: source.id }, files, { name, port, project: project.name }, render, hashes);
    };
}
/** The names that hand-written nginx files serve: name → file. */
function readHandWritten(tree, folder) {
    const names = new Map();
    for (const file of tree.list(folder)) {
        if (!file.endsWith('.conf') || file === 'default.conf')
            continue;
        const text = tree.read(`${folder}/${file}`)?.toString('utf8') ?? '';
        for (const name of (0,sites/* serverNamesIn */.LD)(text))
            if (!names.has(name))
                names.set(name, `${folder}/${file}`);
    }
    return names;
}
function handWrittenNotices(project, handWritten) {
    return (0,sites/* sitesOf */.Yc)(project, new Map())
        .flatMap(({ domains }) => domains)
        .flatMap((domain) => {
        const file = handWritten.get(domain);
        return file === undefined
            ? []
            : [
                (0,config_diagnostics/* diagnose */.h4)('NB509', `${domain} is served by ${file}; the generated site leaves it out.`, 'Remove the server_name there to get the generated site.', { file, line: 1, column: 1 }),
            ];
    });
}


/***/ }),

/***/ 94986:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  i: () => (/* binding */ prepare)
});

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(73024);
// EXTERNAL MODULE: ./build/adapters/files.js
var adapters_files = __webpack_require__(63058);
// EXTERNAL MODULE: ./build/config/diagnostics.js + 1 modules
var config_diagnostics = __webpack_require__(24699);
// EXTERNAL MODULE: ./build/scaffold/changes.js
var changes = __webpack_require__(92514);
// EXTERNAL MODULE: ./build/scaffold/plan-tool-files.js
var plan_tool_files = __webpack_require__(54221);
// EXTERNAL MODULE: ./build/scaffold/scaffold-config.js
var scaffold_config = __webpack_require__(21432);
;// CONCATENATED MODULE: ./build/scaffold/stages.js
/**
 * A Dockerfile of the user's own need not have the template's development stage: where it is missing, the last stage is
 * built instead, as everywhere but in development.
 */
function withExistingStages(project, tree) {
    return { ...project, services: project.services.map((service) => withExistingStage(service, tree)) };
}
function withExistingStage(service, tree) {
    const { build, template } = service;
    if (build?.target === undefined || build.target !== template.dev.target)
        return service;
    const dockerfile = tree.read(`${build.context}/${build.dockerfile}`)?.toString('utf8');
    if (dockerfile === undefined || hasStage(dockerfile, build.target))
        return service;
    return { ...service, build: { ...build, target: undefined } };
}
function hasStage(dockerfile, stage) {
    return [...dockerfile.matchAll(/^\s*FROM\s.*\sAS\s+(\S+)\s*$/gim)].some(([, name]) => name?.toLowerCase() === stage);
}

// EXTERNAL MODULE: ./build/commands/project/plan-changes.js + 7 modules
var plan_changes = __webpack_require__(34872);
// EXTERNAL MODULE: ./build/commands/project/read-project.js + 13 modules
var read_project = __webpack_require__(9727);
;// CONCATENATED MODULE: ./build/commands/project/prepare.js









/** Reads the configuration, renders everything in memory and compares it with the disk, or with other files. Writes nothing. */
async function prepare(context, files) {
    const { root, inputs } = context;
    if (files === undefined && !(0,external_node_fs_.statSync)(root, { throwIfNoEntry: false })?.isDirectory())
        return {
            diagnostics: [
                (0,config_diagnostics/* diagnose */.h4)('NB604', `${inputs.workingDirectory} is not a directory.`, 'Set --working-directory to the folder with the env files.'),
            ],
            secrets: [],
        };
    const { library, catalogue, diagnostics } = (0,read_project/* openCatalogue */.GP)(context);
    const read = (0,read_project/* readProject */.Wh)(context, catalogue, inputs.environment, files);
    for (const diagnostic of read.diagnostics)
        diagnostics.push(diagnostic);
    const { secrets } = read;
    const { tree } = files ?? (0,adapters_files/* filesOnDisk */.Ed)(root);
    try {
        const project = read.project === undefined ? undefined : withExistingStages(read.project, tree);
        const planned = project === undefined
            ? reportEdits(tree, context)
            : await (0,plan_changes/* planChanges */.X)(project, tree, library, { ...context, reference: referenceOf(project, context, catalogue, files) });
        diagnostics.push(...planned.diagnostics);
        const result = { diagnostics: (0,config_diagnostics/* sortDiagnostics */.Ds)(diagnostics), secrets, edits: planned.edits };
        return project === undefined || (0,config_diagnostics/* hasErrors */.Cs)(diagnostics) ? result : { ...result, project, changes: planned.changes, catalogue };
    }
    catch (error) {
        if (!(error instanceof changes/* PathProblem */.V))
            throw error;
        diagnostics.push(pathDiagnostic(error));
        return { diagnostics: (0,config_diagnostics/* sortDiagnostics */.Ds)(diagnostics), secrets };
    }
}
// Development decides what a scaffold is called and renders: all environments share it.
function referenceOf({ environment }, context, catalogue, files) {
    return environment.kind === 'development' ? undefined : (0,read_project/* readProject */.Wh)(context, catalogue, 'development', files).project;
}
// With an invalid configuration nothing can be rendered, but a hand-edited file can be named in the same run.
function reportEdits(tree, { handEdits }) {
    return { changes: [], edits: [], diagnostics: handEdits === 'overwrite' ? [] : (0,plan_tool_files/* findEditedFiles */.w)(tree, handEdits) };
}
function linkFix(path) {
    const replace = 'Replace it by a real file or folder';
    return /^services\/[^./][^/]*\/./.test(path) ? `${replace}, or list it under eject in ${scaffold_config/* configPath */.eQ}.` : `${replace}.`;
}
function pathDiagnostic({ path, reason }) {
    return reason === 'link'
        ? (0,config_diagnostics/* diagnose */.h4)('NB508', `${path} is a symbolic link; nothing is read or written through links.`, linkFix(path), {
            file: path,
            line: 1,
            column: 1,
        })
        : (0,config_diagnostics/* diagnose */.h4)('NB512', `${path} is not what it should be: a file where a folder belongs, or the other way round.`, 'Move it away.', {
            file: path,
            line: 1,
            column: 1,
        });
}


/***/ }),

/***/ 9727:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  GP: () => (/* binding */ openCatalogue),
  _f: () => (/* binding */ readDomains),
  Wh: () => (/* binding */ readProject)
});

// EXTERNAL MODULE: ./build/adapters/files.js
var adapters_files = __webpack_require__(63058);
// EXTERNAL MODULE: ./build/adapters/templates.js
var templates = __webpack_require__(17042);
// EXTERNAL MODULE: ./build/config/checks.js
var checks = __webpack_require__(38202);
// EXTERNAL MODULE: external "node:net"
var external_node_net_ = __webpack_require__(77030);
// EXTERNAL MODULE: ./build/config/diagnostics.js + 1 modules
var config_diagnostics = __webpack_require__(24699);
// EXTERNAL MODULE: ./build/config/modifier-values.js
var modifier_values = __webpack_require__(69461);
// EXTERNAL MODULE: ./build/config/values.js
var values = __webpack_require__(93017);
;// CONCATENATED MODULE: ./build/config/tls.js



const modes = ['local', 'custom', 'letsencrypt', 'none'];
const twoYears = 63_072_000;
/** Reads `SSL_MODE` and what belongs to it. `nginx` is what the proxies in front were read into. */
function readTls(settings, environment, nginx) {
    const tls = settings.read('NB410', parseMode, 'SSL_MODE') ?? (environment.kind === 'development' ? 'local' : 'letsencrypt');
    const hstsSeconds = settings.read('NB413', (text) => (0,values/* parseWhole */.z2)(text, 0, 2 * twoYears, 'a number of seconds'), 'HSTS_MAX_AGE') ??
        (environment.kind === 'production' ? twoYears : 0);
    if (nginx !== undefined)
        settings.report(...checkProxies(settings, environment, nginx, tls));
    return { tls, hstsSeconds: tls === 'none' ? 0 : hstsSeconds, acme: tls === 'letsencrypt' ? readAcme(settings) : undefined };
}
function parseMode(text) {
    const mode = modes.find((each) => each === text.toLowerCase());
    return mode === undefined ? (0,values/* fail */.fJ)(`${(0,config_diagnostics/* quote */.hD)(text)} is not a mode.`, `Write one of ${modes.join(', ')}.`) : (0,values.ok)(mode);
}
function readAcme(settings) {
    const dnsProvider = settings.read('NB413', parseProvider, 'ACME_DNS_PROVIDER');
    return {
        image: `goacme/lego:${settings.read('NB413', parseTag, 'ACME_CLIENT_VERSION') ?? 'v5.4.1'}`,
        directory: settings.read('NB413', parseDirectory, 'ACME_DIRECTORY') ?? 'https://acme-v02.api.letsencrypt.org/directory',
        email: settings.read('NB413', parseEmail, 'ACME_EMAIL'),
        dnsProvider,
        dnsVariables: settings.read('NB413', (0,modifier_values/* parseList */.E1)(modifier_values/* parseVariableName */.fK), 'ACME_DNS_ENV') ?? [],
    };
}
function parseTag(text) {
    return /^v?5[\w.-]{0,60}$/.test(text) ? (0,values.ok)(text) : (0,values/* fail */.fJ)(`${(0,config_diagnostics/* quote */.hD)(text)} is not a version 5 of lego.`, 'Write a tag such as v5.4.1.');
}
function parseDirectory(text) {
    return /^https:\/\/[\w.-]+(:\d{1,5})?(\/[\w./~-]*)?$/.test(text)
        ? (0,values.ok)(text)
        : (0,values/* fail */.fJ)(`${(0,config_diagnostics/* quote */.hD)(text)} is not the address of an ACME directory.`, 'Write an https address, such as https://acme-v02.api.letsencrypt.org/directory.');
}
function parseEmail(text) {
    return /^[\w.+-]{1,64}@[A-Za-z0-9.-]{1,190}$/.test(text)
        ? (0,values.ok)(text)
        : (0,values/* fail */.fJ)(`${(0,config_diagnostics/* quote */.hD)(text)} is not an email address.`, 'Write an address such as ops@example.com.');
}
function parseProvider(text) {
    return /^[a-z0-9][a-z0-9-]{0,40}$/.test(text)
        ? (0,values.ok)(text)
        : (0,values/* fail */.fJ)(`${(0,config_diagnostics/* quote */.hD)(text)} is not a DNS provider.`, 'Write a name that lego knows, such as cloudflare: https://go-acme.github.io/lego/dns/.');
}
// Whoever is trusted may claim any client address, so that rate limits count what it says.
function checkProxies(settings, environment, { trustedProxies }, tls) {
    const entry = settings.variables.entries.get('TRUSTED_PROXIES');
    const everyone = trustedProxies.find((network) => /\/0$/.test(network));
    if (everyone !== undefined)
        return [
            (0,config_diagnostics/* diagnose */.h4)('NB415', `TRUSTED_PROXIES: ${everyone} is everyone: each client could claim any address, and evade rate limits.`, 'Name the networks of the proxy only.', entry?.valuePosition),
        ];
    if (tls !== 'none' || trustedProxies.length > 0 || environment.kind === 'development')
        return [];
    return [
        (0,config_diagnostics/* diagnose */.h4)('NB414', 'SSL_MODE is none, but TRUSTED_PROXIES is not set: all clients look like the proxy, share its rate limit, and seem to use HTTP.', 'Set TRUSTED_PROXIES to the networks of the proxy in front, such as 10.0.0.0/8.', settings.variables.entries.get('SSL_MODE')?.valuePosition),
    ];
}

;// CONCATENATED MODULE: ./build/config/core.js




/** Reads the core services by their nself variables and defaults (versions: nself 1.4, images.yaml). */
function readCore(settings, environment, projectName, baseDomain, demand) {
    const postgres = settings.flag('POSTGRES_ENABLED') === false ? undefined : readPostgres(settings, projectName);
    if (postgres === undefined && demand.database !== undefined)
        settings.report(offButNeeded('NB406', 'Postgres', 'POSTGRES_ENABLED', demand.database, settings));
    const redisFlag = settings.flag('REDIS_ENABLED');
    if (redisFlag === false && demand.redis !== undefined)
        settings.report(offButNeeded('NB405', 'Redis', 'REDIS_ENABLED', demand.redis, settings));
    const redis = redisFlag === true || (redisFlag === undefined && demand.redis !== undefined)
        ? readService(settings, 'REDIS', 'redis', '7-alpine', 6379)
        : undefined;
    const hasura = enabledUnless(settings, 'HASURA', postgres)
        ? readService(settings, 'HASURA', 'hasura/graphql-engine', 'v2.44.0', 8080)
        : undefined;
    const auth = !demand.replacesAuth && enabledUnless(settings, 'AUTH', postgres)
        ? readService(settings, 'AUTH', 'nhost/hasura-auth', '0.36.0', 4000)
        : undefined;
    const minio = settings.flag('MINIO_ENABLED', 'STORAGE_ENABLED')
        ? {
            ...readService(settings, 'MINIO', 'pgsty/minio', 'latest', 9000),
            consolePort: readPort(settings, 9001, 'MINIO_CONSOLE_PORT'),
            bucket: settings.read('NB407', parseBucket, 'S3_BUCKET') ?? bucketName(`${projectName}-storage`),
        }
        : undefined;
    // Mail that never leaves the machine is for development; elsewhere it would swallow real mail.
    const mailpit = environment.kind === 'development' && settings.flag('MAILPIT_ENABLED')
        ? {
            ...readService(settings, 'MAILPIT', 'axllent/mailpit', 'latest', 8025, 'MAILPIT_UI_PORT'),
            smtpPort: readPort(settings, 1025, 'MAILPIT_SMTP_PORT'),
        }
        : undefined;
    const nginx = settings.flag('NGINX_ENABLED') === false ? undefined : readNginx(settings, environment);
    const sites = [
        { service: 'hasura', on: hasura, port: 8080, variables: ['HASURA_ROUTE'], routes: ['api', 'hasura'] },
        { service: 'auth', on: auth, port: 4000, variables: ['AUTH_ROUTE'], routes: ['auth', 'hasura-auth'] },
        { service: 'minio', on: minio, port: 9000, variables: ['STORAGE_ROUTE'], routes: ['storage', 'minio'] },
        { service: 'mailpit', on: mailpit, port: 8025, variables: ['MAILPIT_ROUTE', 'MAIL_ROUTE'], routes: ['mail', 'mailpit'] },
    ];
    const taken = new Map([...demand.domains].map(([domain, name]) => [domain, `your service ${name}`]));
    const coreSites = sites.flatMap(({ service, on, port, variables, routes }) => {
        if (on === undefined)
            return [];
        const domain = readSiteDomain(settings, service, variables, routes, baseDomain, taken);
        if (domain !== undefined)
            taken.set(domain, service);
        return domain === undefined ? [] : [{ service, domain, port }];
    });
    return { postgres, redis, hasura, auth, minio, mailpit, nginx, ...readTls(settings, environment, nginx), coreSites };
}
function offButNeeded(code, what, variable, needer, settings) {
    return (0,config_diagnostics/* diagnose */.h4)(code, `${variable} is false, but ${needer} needs ${what}.`, `Set ${variable}=true, or remove what needs it.`, settings.variables.entries.get(variable)?.valuePosition);
}
// Hasura and its auth service keep their state in Postgres: off by default without it, an error when asked for.
function enabledUnless(settings, name, postgres) {
    const flag = settings.flag(`${name}_ENABLED`);
    if (flag === true && postgres === undefined) {
        settings.report((0,config_diagnostics/* diagnose */.h4)('NB411', `${name}_ENABLED is true, but it needs Postgres.`, 'Set POSTGRES_ENABLED=true.', settings.variables.entries.get(`${name}_ENABLED`)?.valuePosition));
        return false;
    }
    return flag ?? postgres !== undefined;
}
function readPort(settings, byDefault, ...names) {
    return settings.read('NB407', (text) => (0,values/* parseWhole */.z2)(text, 1, 65535, 'a port'), ...names) ?? byDefault;
}
function readService(settings, name, repository, version, port, portName = `${name}_PORT`) {
    return { image: readImage(settings, name, repository, version), publishedPort: readPort(settings, port, portName) };
}
function readImage(settings, name, repository, version) {
    return `${repository}:${settings.read('NB407', core_parseTag, `${name}_VERSION`) ?? version}`;
}
function core_parseTag(text) {
    return /^\w[\w.-]{0,127}$/.test(text) ? (0,values.ok)(text) : (0,values/* fail */.fJ)(`${(0,config_diagnostics/* quote */.hD)(text)} is not an image tag.`, 'Write a version such as 16-alpine.');
}
function readPostgres(settings, projectName) {
    const identifier = (text) => /^[a-zA-Z_][\w-]{0,62}$/.test(text)
        ? (0,values.ok)(text)
        : (0,values/* fail */.fJ)(`${(0,config_diagnostics/* quote */.hD)(text)} is not a Postgres name.`, 'Use up to 63 letters, digits, _ and -, not starting with a digit.');
    return {
        ...readService(settings, 'POSTGRES', 'postgres', '16-alpine', 5432),
        user: settings.read('NB407', identifier, 'POSTGRES_USER') ?? 'postgres',
        database: settings.read('NB407', identifier, 'POSTGRES_DB') ?? projectName,
    };
}
function readNginx(settings, environment) {
    const image = readImage(settings, 'NGINX', 'nginx', '1.30-alpine');
    return {
        image,
        version: nginxVersion(image),
        httpPort: readPort(settings, 80, 'NGINX_HTTP_PORT', 'NGINX_PORT'),
        httpsPort: readPort(settings, 443, 'NGINX_HTTPS_PORT', 'NGINX_SSL_PORT'),
        bind: settings.read('NB407', parseAddress, 'NGINX_BIND_IP') ?? (environment.kind === 'development' ? '127.0.0.1' : '0.0.0.0'),
        clientMaxBodySize: settings.read('NB407', values/* parseBodySize */.VA, 'NGINX_CLIENT_MAX_BODY_SIZE') ?? '100m',
        trustedProxies: settings.read('NB407', parseNetworks, 'TRUSTED_PROXIES') ?? [],
        http3: settings.flag('NGINX_HTTP3') ?? true,
    };
}
/** The version that an nginx tag names; a tag without one (`alpine`, `latest`) means a current nginx. */
function nginxVersion(image) {
    const match = /:(\d+)\.(\d+)(?:\.(\d+))?/.exec(image);
    // A tag without a patch level moves to the newest patch.
    return match === null ? [1, 30, 0] : [Number(match[1]), Number(match[2]), match[3] === undefined ? 99 : Number(match[3])];
}
function parseAddress(text) {
    const isAddress = /^(\d{1,3}\.){3}\d{1,3}$/.test(text) && text.split('.').every((part) => Number(part) <= 255);
    return isAddress || text === '::' || text === '::1'
        ? (0,values.ok)(text)
        : (0,values/* fail */.fJ)(`${(0,config_diagnostics/* quote */.hD)(text)} is not an address.`, 'Write an IPv4 address such as 127.0.0.1 or 0.0.0.0.');
}
function parseNetworks(text) {
    const networks = text.split(/[\s,]+/).filter((part) => part !== '');
    const bad = networks.find((network) => !isNetwork(network));
    return bad === undefined
        ? (0,values.ok)(networks)
        : (0,values/* fail */.fJ)(`${(0,config_diagnostics/* quote */.hD)(bad)} is not an address or a network.`, 'Write networks such as 10.0.0.0/8, separated by commas.');
}
function isNetwork(text) {
    const [address = '', prefix, ...rest] = text.split('/');
    const bits = (0,external_node_net_.isIP)(address) === 4 ? 32 : 128;
    return (0,external_node_net_.isIP)(address) !== 0 && rest.length === 0 && (prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= bits));
}
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
function parseBucket(text) {
    return /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(text)
        ? (0,values.ok)(text)
        : (0,values/* fail */.fJ)(`${(0,config_diagnostics/* quote */.hD)(text)} is not a bucket name.`, 'Use 3 to 63 lower-case letters, digits, dots and hyphens.');
}
function bucketName(text) {
    return text.replaceAll('_', '-').slice(0, 63);
}
function readSiteDomain(settings, service, variables, routes, baseDomain, taken) {
    const chosen = settings.text(...variables);
    if (chosen !== undefined) {
        const parsed = settings.read('NB212', (text) => (0,values/* parseRoute */.ZG)(text, baseDomain), chosen.entry.key);
        const domain = parsed?.[0];
        const owner = domain === undefined ? undefined : taken.get(domain);
        if (owner === undefined)
            return domain;
        settings.report((0,config_diagnostics/* diagnose */.h4)('NB219', `${chosen.entry.key}: ${domain} already goes to ${owner}.`, 'Give one of them another route.', chosen.entry.valuePosition));
        return undefined;
    }
    const domains = routes.map((route) => `${route}.${baseDomain}`);
    const free = domains.find((domain) => !taken.has(domain));
    if (free !== domains[0])
        settings.report((0,config_diagnostics/* diagnose */.h4)('NB218', `${domains[0]} goes to ${taken.get(domains[0])}${free === undefined ? `; ${service} has no site` : `, so ${service} answers at ${free}`}.`, `Set ${variables[0]} to choose the route of ${service}.`));
    return free;
}

// EXTERNAL MODULE: ./build/config/env-file.js
var env_file = __webpack_require__(74047);
;// CONCATENATED MODULE: ./build/config/ports.js


/**
 * The port of each service: the one it names, else 8000 + N, so that adding a service never renumbers another;
 * where that is taken, a hundred more.
 */
function assignPorts(settings, definitions) {
    const ports = new Map();
    const owner = new Map();
    for (const definition of definitions) {
        const { line, modifiers, entries } = definition;
        const port = modifiers.PORT ?? line.port;
        if (port === undefined)
            continue;
        ports.set(definition, port);
        const earlier = owner.get(port);
        if (earlier === undefined)
            owner.set(port, definition);
        else {
            const entry = entries.get('PORT') ?? line.entry;
            settings.report((0,config_diagnostics/* diagnose */.h4)('NB210', `${entry.key}: port ${port} is already the port of ${earlier.line.name} (${earlier.line.entry.key}); only that one is published on the host.`, 'Give each service a port of its own, or leave the port out.', (0,env_file/* positionAt */.t)(entry, entry === line.entry ? line.offsets.port : 0)));
        }
    }
    for (const definition of definitions) {
        if (ports.has(definition))
            continue;
        const { slot, entry } = definition.line;
        const usual = 8000 + slot;
        let port = usual;
        while (owner.has(port))
            port += 100;
        if (port !== usual)
            settings.report((0,config_diagnostics/* diagnose */.h4)('NB211', `${entry.key}: port ${usual} is taken by ${owner.get(usual)?.line.name}, so ${definition.line.name} gets ${port}.`, 'Write the port into the CS_N line.', (0,env_file/* positionAt */.t)(entry, 0)));
        owner.set(port, definition);
        ports.set(definition, port);
    }
    return ports;
}
/**
 * Gives each port of the host (127.0.0.1, in development) to one service: core services come first, then services in
 * the order of N. A service that comes second is not published, and is told; two core services cannot both start.
 */
function publishPorts(settings, environment, services, core) {
    const owners = environment.kind === 'development' ? ownersOfCorePorts(settings, core) : new Map();
    return services.map((service) => {
        if (service.publishedPort === undefined)
            return service;
        const owner = owners.get(service.publishedPort);
        if (owner === undefined) {
            owners.set(service.publishedPort, service.name);
            return service;
        }
        // Two services of the user's own have been told already, at the second one's port.
        if (!services.some(({ name }) => name === owner))
            settings.report((0,config_diagnostics/* diagnose */.h4)('NB210', `CS_${service.slot}: port ${service.publishedPort} of the host goes to ${owner}, so ${service.name} is not published there.`, 'Choose another port, or move the core service with its own port variable.', service.position));
        return { ...service, publishedPort: undefined };
    });
}
function ownersOfCorePorts(settings, { postgres, redis, hasura, auth, minio, mailpit, nginx }) {
    const ports = [
        { owner: 'postgres', port: postgres?.publishedPort, variables: ['POSTGRES_PORT'] },
        { owner: 'redis', port: redis?.publishedPort, variables: ['REDIS_PORT'] },
        { owner: 'hasura', port: hasura?.publishedPort, variables: ['HASURA_PORT'] },
        { owner: 'auth', port: auth?.publishedPort, variables: ['AUTH_PORT'] },
        { owner: 'minio', port: minio?.publishedPort, variables: ['MINIO_PORT'] },
        { owner: 'the console of minio', port: minio?.consolePort, variables: ['MINIO_CONSOLE_PORT'] },
        { owner: 'mailpit', port: mailpit?.publishedPort, variables: ['MAILPIT_UI_PORT'] },
        { owner: 'the SMTP port of mailpit', port: mailpit?.smtpPort, variables: ['MAILPIT_SMTP_PORT'] },
        { owner: 'nginx', port: nginx?.httpPort, variables: ['NGINX_HTTP_PORT', 'NGINX_PORT'] },
        { owner: 'the HTTPS port of nginx', port: nginx?.httpsPort, variables: ['NGINX_HTTPS_PORT', 'NGINX_SSL_PORT'] },
    ];
    const taken = new Map();
    for (const each of ports) {
        if (each.port === undefined)
            continue;
        const first = taken.get(each.port);
        if (first === undefined)
            taken.set(each.port, each);
        else
            settings.report(samePort(settings, each.port, first, each));
    }
    return new Map([...taken].map(([port, { owner }]) => [port, owner]));
}
// Defaults do not collide, so one of the two was set, and there it is shown.
function samePort({ variables }, port, first, second) {
    const entry = [...second.variables, ...first.variables]
        .flatMap((name) => variables.entries.get(name) ?? [])
        .find(({ value }) => value !== '');
    const fix = `Set ${second.variables[0]} or ${first.variables[0]} to a port of its own.`;
    return (0,config_diagnostics/* diagnose */.h4)('NB412', `Port ${port} of the host is that of ${first.owner} and of ${second.owner}.`, fix, entry?.valuePosition);
}

;// CONCATENATED MODULE: ./build/config/service-line.js



const reserved = new Set(['postgres', 'redis', 'hasura', 'nginx', 'acme', 'minio', 'mailpit', 'postgres-init', 'minio-init']);
// Names that an nself CLI may already run beside ours (research of its compose files); they matter for `core: external` only.
const reservedBesideNself = new Set('minio-client functions meilisearch meilisearch-init typesense nself-admin mlflow backup prometheus grafana loki promtail tempo alertmanager cadvisor node-exporter postgres-exporter redis-exporter'.split(' '));
const namePattern = /^[a-z0-9]+([-_][a-z0-9]+)*$/;
const service_line_form = 'Write CS_1=name:framework, with an optional :port and :route, such as CS_1=api:fastapi:3001:api.';
/** The DNS name of a service on the compose network: `_` is not legal in host names. */
function hostOf(name) {
    return name.replaceAll('_', '-');
}
/** Reads one `CS_N` value (already expanded). Problems are reported at their field; `undefined` when no service can be made of it. */
function parseServiceLine(slot, entry, text, core) {
    const diagnostics = [];
    // Offsets in an expanded or trimmed text are not those in the file.
    const inFile = (offset) => (text === entry.value ? offset : 0);
    const at = (offset) => (0,env_file/* positionAt */.t)(entry, inFile(offset));
    const fields = text.split(':');
    if (fields.length < 2) {
        diagnostics.push((0,config_diagnostics/* diagnose */.h4)('NB201', `${entry.key}=${(0,config_diagnostics/* quote */.hD)(text)} names no framework.`, service_line_form, at(0)));
        return { diagnostics };
    }
    if (fields.length > 4) {
        const offset = fields.slice(0, 4).join(':').length;
        diagnostics.push((0,config_diagnostics/* diagnose */.h4)('NB201', `${entry.key} has ${fields.length} fields; name:framework:port:route are 4.`, service_line_form, at(offset)));
        return { diagnostics };
    }
    const [rawName = '', rawFramework = '', rawPort = '', rawRoute = ''] = fields;
    const offsets = { framework: rawName.length + 1, port: rawName.length + rawFramework.length + 2, route: text.length - rawRoute.length };
    const name = rawName.trim().toLowerCase();
    diagnostics.push(...checkName(entry, rawName.trim(), name, core));
    const framework = rawFramework.trim().toLowerCase();
    if (framework === '')
        diagnostics.push((0,config_diagnostics/* diagnose */.h4)('NB201', `${entry.key} names no framework after "${quoteless(rawName)}:".`, service_line_form, at(offsets.framework)));
    let port;
    if (rawPort.trim() !== '') {
        const parsed = (0,values/* parseWhole */.z2)(rawPort.trim(), 1, 65535, 'a port');
        if (parsed.ok)
            port = parsed.value;
        else {
            const looksLikeRoute = fields.length === 3 && /[a-z]/i.test(rawPort);
            const fix = looksLikeRoute
                ? `Leave the port empty: ${quoteless(rawName)}:${quoteless(rawFramework)}::${quoteless(rawPort)}`
                : parsed.fix;
            diagnostics.push((0,config_diagnostics/* diagnose */.h4)('NB209', `${entry.key}: ${parsed.problem}`, fix, at(offsets.port)));
        }
    }
    if (diagnostics.some(({ severity }) => severity === 'error'))
        return { diagnostics };
    const route = rawRoute.trim() === '' ? undefined : rawRoute;
    const inFileOffsets = { framework: inFile(offsets.framework), port: inFile(offsets.port), route: inFile(offsets.route) };
    return { line: { slot, entry, name, framework, port, route, offsets: inFileOffsets }, diagnostics };
}
function checkName(entry, raw, name, core) {
    const position = (0,env_file/* positionAt */.t)(entry, 0);
    if (name.length > 63 || !namePattern.test(name))
        return [
            (0,config_diagnostics/* diagnose */.h4)('NB202', `${entry.key}: ${(0,config_diagnostics/* quote */.hD)(raw)} is not a service name.`, 'Use 1 to 63 lower-case letters and digits, in words joined by single hyphens or underscores.', position),
        ];
    const host = hostOf(name);
    if (reserved.has(host) || (core === 'external' && reservedBesideNself.has(host)))
        return [
            (0,config_diagnostics/* diagnose */.h4)('NB204', `${entry.key}: the name ${name} belongs to a core service.`, `Choose another name, such as my-${name}.`, position),
        ];
    if (name !== raw)
        return [(0,config_diagnostics/* diagnose */.h4)('NB203', `${entry.key}: the name ${(0,config_diagnostics/* quote */.hD)(raw)} becomes ${name}.`, `Write ${name}.`, position)];
    return [];
}
function quoteless(text) {
    return (0,config_diagnostics/* quote */.hD)(text.trim()).slice(1, -1);
}

;// CONCATENATED MODULE: ./build/config/domains.js




/** True when some environment's domain is given, which makes a service public. */
function hasDomain(modifiers) {
    return modifiers.DEV_DOMAIN !== undefined || modifiers.STAGING_DOMAIN !== undefined || modifiers.PROD_DOMAIN !== undefined;
}
const domainModifier = { development: 'DEV_DOMAIN', staging: 'STAGING_DOMAIN', production: 'PROD_DOMAIN', custom: undefined };
/** The domains of a service in an environment: its own modifier, else the route, else the name below the base domain. */
function domainsOf(settings, definition, route, isPublic, environment, baseDomain) {
    const { line, modifiers, entries } = definition;
    const modifier = domainModifier[environment.kind];
    const chosen = modifier === undefined ? undefined : modifiers[modifier];
    if (chosen !== undefined)
        return chosen;
    const entry = entries.get('ROUTE') ?? line.entry;
    const offset = entry === line.entry ? line.offsets.route : 0;
    const parsed = (0,values/* parseRoute */.ZG)(route ?? hostOf(line.name), baseDomain);
    if (!parsed.ok) {
        // Without a route the host name is one; only a base domain that is too long can spoil it, and that has its own diagnostic.
        if (route !== undefined) {
            // An offset in an expanded text is none in the file.
            const within = entry.value.startsWith(route, offset) ? (parsed.offset ?? 0) : 0;
            settings.report((0,config_diagnostics/* diagnose */.h4)('NB212', `${entry.key}: ${parsed.problem}`, parsed.fix, (0,env_file/* positionAt */.t)(entry, offset + within)));
        }
        return [];
    }
    if (isPublic && route !== undefined && environment.kind === 'staging' && route.split(',').some((piece) => (0,values/* isFullDomain */.iO)(piece.trim())))
        settings.report((0,config_diagnostics/* diagnose */.h4)('NB214', `${entry.key}: staging claims ${parsed.value[0]}, which production has too.`, `Set CS_${line.slot}_STAGING_DOMAIN=${stagingSuggestion(parsed.value[0])}.`, (0,env_file/* positionAt */.t)(entry, offset)));
    return parsed.value;
}
function stagingSuggestion(domain) {
    const suggestion = `staging-${domain}`;
    return (0,values/* isHostname */.Kq)(suggestion) ? suggestion : 'staging.example.com';
}
/** Reports every domain that a second public service claims. */
function checkDomains(settings, definitions, services) {
    const owner = new Map();
    services.forEach((service, index) => {
        if (!service.public)
            return;
        const { line, entries } = definitions[index];
        for (const domain of service.domains) {
            const earlier = owner.get(domain);
            if (earlier === undefined) {
                owner.set(domain, service);
                continue;
            }
            const entry = domainEntry(domain, line.entry, entries);
            settings.report((0,config_diagnostics/* diagnose */.h4)('NB213', `${entry.key}: ${domain} already goes to ${earlier.name} (CS_${earlier.slot}).`, 'Give each service a route of its own, or set CS_N_PUBLIC=false.', (0,env_file/* positionAt */.t)(entry, entry === line.entry && line.route !== undefined ? line.offsets.route : 0)));
        }
    });
}
function domainEntry(domain, line, entries) {
    const candidates = ['DEV_DOMAIN', 'STAGING_DOMAIN', 'PROD_DOMAIN', 'ROUTE'].flatMap((name) => entries.get(name) ?? []);
    return (candidates.find(({ value }) => value
        .toLowerCase()
        .split(',')
        .some((piece) => piece.trim() === domain || domain.startsWith(`${piece.trim()}.`))) ?? line);
}

;// CONCATENATED MODULE: ./build/config/resolve-services.js





const defaultHealth = { kind: 'path', path: '/health' };
/** Resolves definitions against each other: unique names, ports and domains. A service that repeats a name is dropped. */
function resolveServices(settings, definitions, surroundings) {
    const unique = uniqueNames(settings, definitions);
    const ports = assignPorts(settings, unique);
    const services = unique.map((definition) => resolveService(settings, definition, ports.get(definition), surroundings));
    checkDomains(settings, unique, services);
    return services;
}
function uniqueNames(settings, definitions) {
    const first = new Map();
    return definitions.filter((definition) => {
        const { line } = definition;
        const host = hostOf(line.name);
        const earlier = first.get(host);
        if (earlier === undefined) {
            first.set(host, definition);
            return true;
        }
        const same = earlier.line.name === line.name ? `named ${line.name}` : `named ${earlier.line.name}, which is the same host name`;
        settings.report((0,config_diagnostics/* diagnose */.h4)('NB205', `${line.entry.key}: ${earlier.line.entry.key} is already ${same}.`, 'Give each service a name of its own.', (0,env_file/* positionAt */.t)(line.entry, 0)));
        return false;
    });
}
function resolveService(settings, definition, port, surroundings) {
    const { line, template, modifiers, environment } = definition;
    const { environment: current, baseDomain } = surroundings;
    const route = modifiers.ROUTE ?? line.route;
    const isPublic = modifiers.PUBLIC ?? (hasDomain(modifiers) || route !== undefined || template.kind !== 'worker');
    const replicas = modifiers.REPLICAS ?? 1;
    settings.report(...checkMemory(definition), ...checkImage(definition));
    return {
        slot: line.slot,
        name: line.name,
        host: hostOf(line.name),
        template,
        position: (0,env_file/* positionAt */.t)(line.entry, 0),
        port,
        publishedPort: current.kind === 'development' && replicas === 1 ? port : undefined,
        public: isPublic,
        route,
        domains: domainsOf(settings, definition, route, isPublic, current, baseDomain),
        memory: modifiers.MEMORY ?? template.memory,
        cpu: modifiers.CPU ?? template.cpu,
        replicas,
        health: modifiers.HEALTHCHECK ?? defaultHealth,
        rateLimit: modifiers.RATE_LIMIT,
        websocket: modifiers.WEBSOCKET ?? template.kind === 'websocket',
        bodySize: modifiers.BODY_SIZE,
        timeout: modifiers.TIMEOUT,
        tablePrefix: modifiers.TABLE_PREFIX,
        database: modifiers.DATABASE,
        redisPrefix: modifiers.REDIS_PREFIX,
        redisDatabase: modifiers.REDIS_DB,
        environment,
        ...imageOf(definition, surroundings),
        command: modifiers.COMMAND,
        envFiles: modifiers.ENV_FILE ?? [],
        passthrough: modifiers.ENV_PASSTHROUGH ?? [],
        volumes: modifiers.VOLUMES ?? [],
        dependsOn: modifiers.DEPENDS_ON ?? [],
        networks: modifiers.NETWORKS ?? [],
        migrate: modifiers.MIGRATE,
        overlap: modifiers.OVERLAP ?? (template.kind !== 'worker' || isPublic),
    };
}
function imageOf({ line, template, modifiers }, { environment, projectName, registry }) {
    if (modifiers.IMAGE !== undefined)
        return { image: modifiers.IMAGE, build: undefined };
    // A context of the user's own need not have the template's development stage.
    const devTarget = environment.kind === 'development' && modifiers.PATH === undefined ? template.dev.target : undefined;
    return {
        image: `${registry === '' ? '' : `${registry}/`}${projectName}-${hostOf(line.name)}`,
        build: {
            context: modifiers.PATH ?? `services/${line.name}`,
            dockerfile: modifiers.DOCKERFILE ?? 'Dockerfile',
            target: modifiers.BUILD_TARGET ?? devTarget,
            releaseTarget: modifiers.BUILD_TARGET,
        },
    };
}
function checkMemory({ template, modifiers, entries }) {
    const entry = entries.get('MEMORY');
    const { MEMORY: memory } = modifiers;
    if (entry === undefined || memory === undefined || memory.bytes >= template.minimumMemory.bytes)
        return [];
    return [
        (0,config_diagnostics/* diagnose */.h4)('NB302', `${entry.key}: ${template.id} needs ${template.minimumMemory.text}; with ${memory.text} it may be killed.`, `Set ${entry.key}=${template.minimumMemory.text} or more.`, (0,env_file/* positionAt */.t)(entry, 0)),
    ];
}
function checkImage({ line, modifiers, entries }) {
    if (modifiers.IMAGE === undefined)
        return [];
    return ['PATH', 'DOCKERFILE', 'BUILD_TARGET'].flatMap((name) => {
        const entry = entries.get(name);
        if (entry === undefined)
            return [];
        return [
            (0,config_diagnostics/* diagnose */.h4)('NB325', `${entry.key} has no meaning beside CS_${line.slot}_IMAGE.`, 'Keep the image or the build, not both.', entry.position),
        ];
    });
}

// EXTERNAL MODULE: ./build/config/secrets.js
var secrets = __webpack_require__(3654);
;// CONCATENATED MODULE: ./build/config/service-env.js



const reference = /\$\{([A-Za-z_][A-Za-z0-9_]*)(?:(:?[-?+])([^{}]*))?\}/g;
// Per severity: a value of a megabyte must not become a hundred thousand findings. Warnings never hide an error.
const mostFindings = 100;
const keyValue = /^\s*([A-Za-z_][A-Za-z0-9_.-]*)\s*=/;
/**
 * Reads `KEY=value,KEY=value`. A piece without `KEY=` continues the value before it, so that
 * `SUBSCRIBE_TO=a,b` is one variable; `\,` is a literal comma; commas inside `${…}` do not separate.
 */
function parseServiceEnv(entry, isDefined) {
    const errors = [];
    const repeated = [];
    const variables = new Map();
    let current;
    for (const piece of splitPieces(entry.value)) {
        if (errors.length >= mostFindings)
            break;
        const match = keyValue.exec(piece.text);
        if (match === null) {
            if (current !== undefined)
                current.text += `,${piece.text}`;
            else if (piece.text.trim() !== '')
                errors.push(
                // The text is not shown: it may be a secret without its name.
                (0,config_diagnostics/* diagnose */.h4)('NB312', `${entry.key} starts with text that has no KEY=.`, 'Write KEY=value,KEY=value.', (0,env_file/* positionAt */.t)(entry, piece.offset)));
            continue;
        }
        const key = match[1];
        const offset = piece.offset + match[0].length;
        const keyOffset = piece.offset + match[0].indexOf(key);
        current = { text: piece.text.slice(match[0].length), offset };
        if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(key)) {
            errors.push((0,config_diagnostics/* diagnose */.h4)('NB312', `${entry.key}: ${(0,config_diagnostics/* quote */.hD)(key)} is not a variable name.`, 'Use letters, digits and _, not starting with a digit.', (0,env_file/* positionAt */.t)(entry, keyOffset)));
            continue;
        }
        if (variables.has(key))
            repeated.push({ key, offset: keyOffset });
        variables.set(key, current);
    }
    const warnings = repeated
        .slice(0, mostFindings)
        .map(({ key, offset }) => (0,config_diagnostics/* diagnose */.h4)('NB314', `${entry.key} sets ${key} twice: the last one wins.`, 'Keep one of them.', (0,env_file/* positionAt */.t)(entry, offset)));
    const result = [];
    for (const [key, { text, offset }] of variables) {
        if (errors.length >= mostFindings)
            break;
        const parts = entry.quote === 'single' ? [{ literal: unescapeCommas(text) }] : splitReferences(text);
        errors.push(...checkSecret(entry, key, parts, offset));
        if (warnings.length < 2 * mostFindings)
            warnings.push(...checkLiteralReference(entry, text, offset, isDefined));
        result.push({ key, parts });
    }
    return { variables: result, diagnostics: [...errors, ...warnings] };
}
/** The value as text when it holds no reference. */
function literalOf(parts) {
    return parts.every((part) => 'literal' in part) ? parts.map((part) => ('literal' in part ? part.literal : '')).join('') : undefined;
}
function splitPieces(text) {
    const pieces = [];
    let start = 0;
    let depth = 0;
    for (let index = 0; index <= text.length; index++) {
        const character = text[index];
        if (character === '\\' && text[index + 1] === ',')
            index++;
        else if (character === '$' && text[index + 1] === '{')
            depth++;
        else if (character === '}' && depth > 0)
            depth--;
        else if (index === text.length || (character === ',' && depth === 0)) {
            pieces.push({ text: text.slice(start, index), offset: start });
            start = index + 1;
        }
    }
    return pieces;
}
function splitReferences(text) {
    const parts = [];
    let start = 0;
    for (const match of text.matchAll(reference)) {
        if (match.index > start)
            parts.push({ literal: unescapeCommas(text.slice(start, match.index)) });
        parts.push({ reference: match[0], name: match[1], operator: match[2] ?? '', operand: match[3] ?? '' });
        start = match.index + match[0].length;
    }
    if (start < text.length || parts.length === 0)
        parts.push({ literal: unescapeCommas(text.slice(start)) });
    return parts;
}
function unescapeCommas(text) {
    return text.replaceAll('\\,', ',');
}
// What CS_N_ENV holds literally ends up in docker-compose.yml, which is committed.
function checkSecret(entry, key, parts, offset) {
    const literal = literalOf(parts);
    if ((0,secrets/* isFromSecretSource */.KO)(entry) && literal !== undefined && !(0,secrets/* isHarmless */.EW)(literal))
        return [
            (0,config_diagnostics/* diagnose */.h4)('NB330', `${entry.key} sets ${key} in ${entry.position.file}, and would be written into docker-compose.yml.`, `Keep ${key}=… itself there, and write ${entry.key}=${key}=\${${key}} in .env or the environment's file.`, (0,env_file/* positionAt */.t)(entry, offset)),
        ];
    if (literal === undefined || (0,secrets/* isHarmless */.EW)(literal) || !((0,secrets/* looksSecretValue */.Wg)(literal) || ((0,secrets/* looksSecret */.n0)(key) && literal.length >= 8)))
        return [];
    return [
        (0,config_diagnostics/* diagnose */.h4)('NB313', `${entry.key} holds ${key} as literal text, which would be written into docker-compose.yml.`, `Put ${key}=… into .env.secrets and write ${key}=\${${key}} here.`, (0,env_file/* positionAt */.t)(entry, offset)),
    ];
}
// A `$NAME` or a `${` that looks like a reference and is none must not go by in silence.
function checkLiteralReference(entry, text, offset, isDefined) {
    if (entry.quote === 'single')
        return [];
    const references = new Set([...text.matchAll(reference)].map(({ index }) => index));
    return [...text.matchAll(/\$(?:\{|([A-Za-z_][A-Za-z0-9_]*))/g)]
        .filter(({ index, 1: name }) => (name === undefined ? !references.has(index) : isDefined(name)))
        .slice(0, mostFindings)
        .map(({ index, 1: name }) => (0,config_diagnostics/* diagnose */.h4)('NB315', `${entry.key}: ${name === undefined ? 'this ${ begins no reference, and' : `$${name}`} stays literal text.`, name === undefined
        ? 'Write ${NAME} or ${NAME:-default} with no reference inside, or put all of it in single quotes.'
        : `Write \${${name}} to pass the variable on.`, (0,env_file/* positionAt */.t)(entry, offset + index)));
}

;// CONCATENATED MODULE: ./build/config/modifiers.js


/** Every modifier, once: its reader, the code of its error, and its line in the reference. `ENV` is read by `service-env.ts`. */
const modifiers = {
    MEMORY: { code: 'NB301', parse: values/* parseMemory */.Pw, description: 'Memory limit: `512M`, `1G`, `1.5Gi`. Default: the template’s, else 256M.' },
    CPU: { code: 'NB303', parse: values/* parseCpu */.Oh, description: 'CPU limit: `0.5`, `2`. Default: the template’s, else 0.25.' },
    REPLICAS: {
        code: 'NB304',
        parse: (text) => (0,values/* parseWhole */.z2)(text, 1, 100, 'a number of replicas'),
        description: 'Number of containers, 1 to 100. With more than one, no port is published on the host.',
    },
    PUBLIC: {
        code: 'NB305',
        parse: values/* parseBoolean */.yG,
        description: 'Whether nginx serves the service. Default: with a route or a domain yes, else the template decides.',
    },
    DEV_DOMAIN: { code: 'NB212', parse: values/* parseDomains */.J4, description: 'Domains in development, comma separated; the first is canonical.' },
    STAGING_DOMAIN: { code: 'NB212', parse: values/* parseDomains */.J4, description: 'Domains in staging.' },
    PROD_DOMAIN: { code: 'NB212', parse: values/* parseDomains */.J4, description: 'Domains in production.' },
    HEALTHCHECK: { code: 'NB306', parse: values/* parseHealthCheck */.Kx, description: 'A path (default `/health`), `CMD …`, `CMD-SHELL …` or `disabled`.' },
    RATE_LIMIT: {
        code: 'NB307',
        parse: values/* parseRateLimit */.H5,
        description: 'Requests per client address: `100` and `100r/m` per minute, `5r/s` per second.',
    },
    TABLE_PREFIX: { code: 'NB308', parse: modifier_values/* parseTablePrefix */.oH, description: 'Passed on as TABLE_PREFIX.' },
    DATABASE: {
        code: 'NB309',
        parse: modifier_values/* parseDatabase */.Jq,
        description: 'A Postgres database of its own, created on every start when it is missing.',
    },
    REDIS_PREFIX: { code: 'NB310', parse: modifier_values/* parseRedisPrefix */.T6, description: 'Passed on as REDIS_PREFIX; switches Redis on.' },
    REDIS_DB: {
        code: 'NB311',
        parse: (text) => (0,values/* parseWhole */.z2)(text, 0, 15, 'a Redis database'),
        description: 'Redis database 0 to 15, part of REDIS_URL; switches Redis on.',
    },
    PORT: {
        code: 'NB209',
        parse: (text) => (0,values/* parseWhole */.z2)(text, 1, 65535, 'a port'),
        description: 'The port; wins over the field of the CS_N line.',
    },
    ROUTE: { code: 'NB212', parse: (0,modifier_values/* parseNonEmpty */.sR)('a route'), description: 'The route or full domain; wins over the field of the CS_N line.' },
    IMAGE: { code: 'NB316', parse: modifier_values/* parseImage */.zZ, description: 'A ready image, run instead of a build.' },
    PATH: { code: 'NB317', parse: modifier_values/* parseProjectPath */.Aw, description: 'The build context. Default: `services/<name>`.' },
    DOCKERFILE: {
        code: 'NB317',
        parse: modifier_values/* parseProjectPath */.Aw,
        description: 'The Dockerfile, relative to the build context. Default: `Dockerfile`.',
    },
    BUILD_TARGET: {
        code: 'NB318',
        parse: modifier_values/* parseBuildTarget */.RE,
        description: 'The stage to build. Default: the last; in development the template’s.',
    },
    COMMAND: { code: 'NB319', parse: modifier_values/* parseCommand */.RM, description: 'The command, split at white space.' },
    ENV_FILE: {
        code: 'NB317',
        parse: (0,modifier_values/* parseList */.E1)(modifier_values/* parseProjectPath */.Aw),
        description: 'Env files for the container, comma separated; later ones win.',
    },
    ENV_PASSTHROUGH: {
        code: 'NB324',
        parse: (0,modifier_values/* parseList */.E1)(modifier_values/* parseVariableName */.fK),
        description: 'Names of variables that the container gets as they are.',
    },
    VOLUMES: {
        code: 'NB323',
        parse: (0,modifier_values/* parseList */.E1)(modifier_values/* parseVolume */.wM),
        description: 'Comma separated `source:/target[:ro]`; a source is a path in the project or a volume name.',
    },
    DEPENDS_ON: {
        code: 'NB320',
        parse: (0,modifier_values/* parseList */.E1)(modifier_values/* parseDependency */.d6),
        description: 'Comma separated `name[:started|healthy|completed]`. Default: healthy.',
    },
    NETWORKS: { code: 'NB322', parse: (0,modifier_values/* parseList */.E1)(modifier_values/* parseNetwork */.MO), description: 'Further, existing networks named `<project>_…`.' },
    MIGRATE: {
        code: 'NB319',
        parse: modifier_values/* parseCommand */.RM,
        description: 'A command that `deploy` runs once with the new image, before traffic moves, split at white space.',
    },
    OVERLAP: {
        code: 'NB305',
        parse: values/* parseBoolean */.yG,
        description: 'Whether `deploy` may run old and new containers at the same time. Default: internal workers stop first (`false`), all others overlap (`true`).',
    },
    WEBSOCKET: { code: 'NB305', parse: values/* parseBoolean */.yG, description: '`true` keeps idle connections open for an hour. Upgrades always work.' },
    BODY_SIZE: {
        code: 'NB331',
        parse: values/* parseBodySize */.VA,
        description: 'The largest request body: `1g`, `500k`, `0` for any. Default: `NGINX_CLIENT_MAX_BODY_SIZE`, else 100m.',
    },
    TIMEOUT: {
        code: 'NB332',
        parse: values/* parseTimeout */.ZZ,
        description: 'How long nginx waits between two pieces of an answer: `90s`, `5m`. Default: 60s; WebSocket and gRPC services an hour.',
    },
};
/** The names of all modifiers, `ENV` included. */
const modifierNames = [...Object.keys(modifiers), 'ENV'].sort();

// EXTERNAL MODULE: ./build/config/suggest.js
var suggest = __webpack_require__(85813);
;// CONCATENATED MODULE: ./build/config/template.js
/** Every name that a catalogue finds, sorted, for suggestions. */
function frameworkNames(catalogue) {
    return catalogue
        .all()
        .flatMap(({ id, aliases }) => [id, ...aliases])
        .sort();
}

;// CONCATENATED MODULE: ./build/config/services.js







const slotKey = /^CS_(\d+)$/;
const modifierKey = /^CS_(\d+)_([A-Za-z0-9_]+)$/;
/** Reads every `CS_N` and `CS_N_*` of the cascade, in the order of N. */
function readDefinitions(settings, catalogue, core) {
    const { slots, groups } = groupEntries(settings);
    reportStrays(settings, slots, groups);
    reportLegacy(settings);
    return [...slots]
        .sort(([a], [b]) => a - b)
        .flatMap(([slot, entry]) => readDefinition(settings, catalogue, core, slot, entry, groups.get(slot) ?? new Map()) ?? []);
}
/** How many `CS_N` have a value. */
function countServices({ variables }) {
    return [...variables.entries.values()].filter(({ key, value }) => slotKey.test(key) && value !== '').length;
}
function groupEntries(settings) {
    const slots = new Map();
    const groups = new Map();
    for (const entry of settings.variables.entries.values()) {
        const [, digits, modifier] = slotKey.exec(entry.key) ?? modifierKey.exec(entry.key) ?? [];
        if (digits === undefined)
            continue;
        const number = Number(digits);
        if (number < 1 || number > 99 || String(number) !== digits)
            settings.report((0,config_diagnostics/* diagnose */.h4)('NB215', `${entry.key}: N is ${digits}.`, 'Use CS_1 to CS_99, without leading zeros.', entry.position));
        else if (modifier === undefined)
            slots.set(number, entry);
        else
            groups.set(number, (groups.get(number) ?? new Map()).set(modifier, entry));
    }
    return { slots, groups };
}
function readDefinition(settings, catalogue, core, slot, entry, group) {
    // An empty CS_N switches a service of a lower layer off in this environment.
    if (entry.value === '')
        return undefined;
    const modifiers = readModifiers(settings, slot, group);
    const environment = readEnvironment(settings, group.get('ENV'));
    const text = settings.text(entry.key);
    if (text === undefined)
        return undefined;
    const { line, diagnostics } = parseServiceLine(slot, entry, text.value, core);
    settings.report(...diagnostics);
    if (line === undefined)
        return undefined;
    const template = catalogue.find(line.framework);
    if (template === undefined) {
        settings.report(unknownFramework(line, catalogue));
        return undefined;
    }
    if (template.placeholder !== undefined)
        settings.report(placeholder(line, template));
    return { line, template, modifiers, entries: group, environment };
}
function placeholder({ entry, name, offsets }, template) {
    return (0,config_diagnostics/* diagnose */.h4)('NB208', `${entry.key}: this version has no files for ${template.id} yet; a blank service stands in.`, `Put your own code into services/${name}, or choose one of the finished templates (nself-build templates).`, (0,env_file/* positionAt */.t)(entry, offsets.framework));
}
function readModifiers(settings, slot, group) {
    const values = {};
    for (const name of group.keys()) {
        if (!Object.hasOwn(modifiers, name))
            continue;
        const { code, parse } = modifiers[name];
        const value = settings.read(code, parse, `CS_${slot}_${name}`);
        if (value !== undefined)
            values[name] = value;
    }
    return values;
}
function readEnvironment(settings, entry) {
    if (entry === undefined || entry.value === '')
        return [];
    const { variables, diagnostics } = parseServiceEnv(entry, (name) => settings.variables.entries.has(name));
    settings.report(...diagnostics);
    return variables;
}
function unknownFramework(line, catalogue) {
    const suggestion = (0,suggest/* didYouMean */.a)(line.framework, frameworkNames(catalogue));
    return (0,config_diagnostics/* diagnose */.h4)('NB207', `${line.entry.key}: ${(0,config_diagnostics/* quote */.hD)(line.framework)} is not a framework.`, `${suggestion === '' ? 'Use custom for code of your own.' : suggestion} \`nself-build templates\` lists all.`, (0,env_file/* positionAt */.t)(line.entry, line.offsets.framework));
}
function reportStrays(settings, slots, groups) {
    for (const [slot, group] of groups) {
        for (const [name, entry] of group) {
            if (!modifierNames.includes(name)) {
                const suggestion = (0,suggest/* didYouMean */.a)(name, modifierNames);
                settings.report((0,config_diagnostics/* diagnose */.h4)('NB326', `${entry.key} is not a modifier, and has no effect.`, suggestion === '' ? `The modifiers are ${modifierNames.join(', ')}.` : suggestion, entry.position));
            }
            else if (!slots.has(slot))
                settings.report((0,config_diagnostics/* diagnose */.h4)('NB327', `${entry.key} has no effect: there is no CS_${slot}.`, `Define CS_${slot}=name:framework, or remove the line.`, entry.position));
        }
    }
}
const legacy = /^(CUSTOM_SERVICES|CUSTOM_SERVICE_\d+|NESTJS_SERVICES|BULLMQ_WORKERS|GOLANG_SERVICES|PYTHON_SERVICES|MICROSERVICES)$/;
// `CS1`, `cs_1`, `CS1_MEMORY`: meant as a service or a modifier.
const slipped = /^CS_?(\d+)((?:_\w+)?)$/i;
function reportLegacy(settings) {
    for (const entry of settings.variables.entries.values()) {
        if (legacy.test(entry.key) && entry.value !== '')
            settings.report((0,config_diagnostics/* diagnose */.h4)('NB329', `${entry.key} is an older spelling that is not read.`, 'Declare each service as CS_N=name:framework:port:route.', entry.position));
        const slip = slipped.exec(entry.key);
        if (slip !== null && !slotKey.test(entry.key) && !modifierKey.test(entry.key))
            settings.report((0,config_diagnostics/* diagnose */.h4)('NB326', `${entry.key} is not read.`, `Write CS_${slip[1]}${slip[2].toUpperCase()}.`, entry.position));
    }
}

// EXTERNAL MODULE: ./build/config/variables.js
var config_variables = __webpack_require__(19274);
;// CONCATENATED MODULE: ./build/config/settings.js





function createSettings(variables, diagnostics) {
    const expanded = new Map();
    const refused = new Set();
    const settings = {
        variables,
        report: (...found) => void diagnostics.push(...found),
        text(...names) {
            for (const name of names) {
                const entry = variables.entries.get(name);
                if (entry === undefined || entry.value === '')
                    continue;
                let value = expanded.get(entry);
                if (value === undefined) {
                    const result = (0,secrets/* isFromSecretSource */.KO)(entry) && !(0,secrets/* isHarmless */.EW)(entry.value) ? secretSetting(entry) : (0,config_variables/* expand */.fT)(entry, variables);
                    diagnostics.push(...result.diagnostics);
                    value = result.diagnostics.length > 0 ? '' : result.value.trim();
                    expanded.set(entry, value);
                }
                if (value !== '')
                    return { value, entry };
            }
            return undefined;
        },
        read(code, parse, ...names) {
            const found = settings.text(...names);
            if (found === undefined)
                return undefined;
            const parsed = parse(found.value);
            if (parsed.ok)
                return parsed.value;
            if (refused.has(found.entry))
                return undefined;
            refused.add(found.entry);
            const offset = found.value === found.entry.value ? (parsed.offset ?? 0) : 0;
            diagnostics.push((0,config_diagnostics/* diagnose */.h4)(code, `${found.entry.key}: ${parsed.problem}`, parsed.fix, (0,env_file/* positionAt */.t)(found.entry, offset)));
            return undefined;
        },
        flag: (...names) => settings.read('NB407', values/* parseBoolean */.yG, ...names),
    };
    return settings;
}
function secretSetting(entry) {
    const { file } = entry.position;
    const fix = "Move it to .env or the environment's file: it is no secret.";
    return {
        value: '',
        diagnostics: [(0,config_diagnostics/* diagnose */.h4)('NB330', `${entry.key} is set in ${file}, and would be written into a file.`, fix, (0,env_file/* positionAt */.t)(entry, 0))],
    };
}

;// CONCATENATED MODULE: ./build/config/build-project.js










/** The base domain that nself resolves to 127.0.0.1 for development. */
const developmentDomain = 'local.nself.org';
/**
 * Builds the model from the merged cascade. All findings are returned at once;
 * `project` is present only when none of them is an error.
 */
function buildProject(configuration, catalogue, options) {
    const diagnostics = [];
    const settings = createSettings(configuration.variables, diagnostics);
    const { environment } = configuration;
    const name = readProjectName(settings);
    const baseDomain = readBaseDomain(settings, environment.kind !== 'development');
    const definitions = enabledDefinitions(settings, catalogue, options.core);
    const services = resolveServices(settings, definitions, { environment, projectName: name, baseDomain, registry: options.registry });
    const domains = new Map(services.flatMap((service) => (service.public ? service.domains.map((domain) => [domain, service.name]) : [])));
    const core = readCore(settings, environment, name, baseDomain, {
        redis: neederOfRedis(services),
        database: neederOfPostgres(services),
        replacesAuth: replacesAuth(settings, definitions),
        domains,
    });
    const project = {
        name,
        environment,
        envOrder: options.envOrder,
        baseDomain,
        core: options.core,
        services: publishPorts(settings, environment, services, core),
        ...core,
    };
    diagnostics.push(...(0,checks/* checkProject */.sh)(project, settings.variables));
    return (0,config_diagnostics/* hasErrors */.Cs)(diagnostics) ? { diagnostics } : { project, diagnostics };
}
// Also the first part of image names, which is stricter than what Compose asks of a project.
const projectName = /^[a-z0-9]+(?:(?:__?|-+)[a-z0-9]+)*$/;
function readProjectName(settings) {
    const parse = (text) => {
        if (text.length <= 40 && projectName.test(text))
            return (0,values.ok)(text);
        const legal = text
            .toLowerCase()
            .replace(/[^a-z0-9_-]+|[_-]{2,}/g, '-')
            .slice(0, 40)
            .replace(/^[-_]+|[-_]+$/g, '');
        return (0,values/* fail */.fJ)('A project name has 1 to 40 lower-case letters and digits, in words joined by - or _.', legal === '' ? 'Write PROJECT_NAME=myapp.' : `Write PROJECT_NAME=${legal}.`);
    };
    const found = settings.text('PROJECT_NAME');
    if (found === undefined && !settings.variables.entries.get('PROJECT_NAME')?.value)
        settings.report((0,config_diagnostics/* diagnose */.h4)('NB401', 'PROJECT_NAME is not set in any env file.', 'Add PROJECT_NAME=myapp to .env.dev (or .env).'));
    return settings.read('NB402', parse, 'PROJECT_NAME') ?? 'project';
}
// A label of a service's own goes before it, and a host name has at most 253 characters.
const longestBaseDomain = 253 - 64;
function readBaseDomain(settings, mustBeSet) {
    const parse = (text) => {
        const domain = text.toLowerCase();
        return (0,values/* isHostname */.Kq)(domain) && domain.length <= longestBaseDomain
            ? (0,values.ok)(domain)
            : (0,values/* fail */.fJ)(`${JSON.stringify(text.slice(0, 60))} is not a domain.`, 'Write a domain such as example.com, without scheme, port or path.');
    };
    const domain = settings.read('NB403', parse, 'BASE_DOMAIN');
    if (domain === undefined && mustBeSet && !settings.variables.entries.has('BASE_DOMAIN'))
        settings.report((0,config_diagnostics/* diagnose */.h4)('NB404', `BASE_DOMAIN is not set: ${developmentDomain} is for development only.`, 'Set BASE_DOMAIN=example.com for this environment.'));
    return domain ?? developmentDomain;
}
function enabledDefinitions(settings, catalogue, core) {
    const entry = settings.variables.entries.get('SERVICES_ENABLED');
    if (settings.flag('SERVICES_ENABLED') === false) {
        const ignored = countServices(settings);
        if (ignored > 0)
            settings.report((0,config_diagnostics/* diagnose */.h4)('NB217', `SERVICES_ENABLED is false: ${ignored} CS_N lines are ignored.`, 'Set SERVICES_ENABLED=true to have them.', entry?.position));
        return [];
    }
    const definitions = readDefinitions(settings, catalogue, core);
    if (entry === undefined && definitions.length > 0)
        settings.report((0,config_diagnostics/* diagnose */.h4)('NB216', 'SERVICES_ENABLED is not set; CS_N lines are there, so services are on.', 'Set SERVICES_ENABLED=true.'));
    return definitions;
}
function replacesAuth(settings, definitions) {
    const definition = definitions.find(({ line }) => line.name === 'auth');
    if (definition === undefined)
        return false;
    if (settings.flag('AUTH_ENABLED') === true)
        settings.report((0,config_diagnostics/* diagnose */.h4)('NB206', `${definition.line.entry.key} is named auth while AUTH_ENABLED is true: both would be the host auth.`, 'Set AUTH_ENABLED=false to use your own auth service, or rename yours.', (0,env_file/* positionAt */.t)(definition.line.entry, 0)));
    return true;
}
/** Who needs Redis, as a phrase; `undefined` when nobody does. */
function neederOfRedis(services) {
    for (const service of services) {
        const { slot, redisPrefix, redisDatabase, template, environment } = service;
        if (redisDatabase !== undefined)
            return `CS_${slot}_REDIS_DB`;
        if (redisPrefix !== undefined)
            return `CS_${slot}_REDIS_PREFIX`;
        if (template.needs.includes('redis'))
            return `the ${template.id} template of CS_${slot}`;
        if (environment.some(({ parts }) => /^rediss?:\/\/([^@/]*@)?redis(?=[:/]|$)/.test(literalOf(parts) ?? '')))
            return `a redis:// address in CS_${slot}_ENV`;
    }
    return undefined;
}
function neederOfPostgres(services) {
    for (const { slot, database, tablePrefix, template } of services) {
        if (database !== undefined)
            return `CS_${slot}_DATABASE`;
        if (tablePrefix !== undefined)
            return `CS_${slot}_TABLE_PREFIX`;
        if (template.needs.includes('postgres'))
            return `the ${template.id} template of CS_${slot}`;
    }
    return undefined;
}

// EXTERNAL MODULE: ./build/config/environment.js
var config_environment = __webpack_require__(96642);
// EXTERNAL MODULE: ./build/config/load.js
var load = __webpack_require__(35235);
// EXTERNAL MODULE: ./build/scaffold/template-file.js
var template_file = __webpack_require__(73208);
;// CONCATENATED MODULE: ./build/scaffold/catalogue.js


/**
 * A catalogue over template folders that reads a `template.yml` only when it is asked for: a project names few of them.
 * Only an alias or an unknown name makes it read all. `report` receives what is wrong with a template, once.
 */
function createCatalogue(sources, report) {
    const templates = new Map();
    const read = (id) => {
        const source = sources.get(id);
        if (source === undefined)
            return undefined;
        if (!templates.has(id)) {
            // Set first: a placeholder that names itself finds nothing instead of running in a circle.
            templates.set(id, undefined);
            const { template, diagnostics } = (0,template_file/* readTemplate */.x)(source.file, source.fields, id, read);
            diagnostics.forEach(report);
            templates.set(id, template);
        }
        return templates.get(id);
    };
    let aliases;
    const all = () => [...sources.keys()].sort().flatMap((id) => read(id) ?? []);
    const byAlias = (name) => {
        aliases ??= readAliases(all(), report);
        return aliases.get(name);
    };
    const byName = (name) => read(name) ?? byAlias(name);
    return {
        all,
        find: (framework) => {
            const slash = framework.indexOf('/');
            return byName(framework) ?? (slash === -1 ? undefined : byName(framework.slice(slash + 1)));
        },
    };
}
function readAliases(templates, report) {
    const owners = new Map(templates.map((template) => [template.id, template]));
    const aliases = new Map();
    for (const template of templates)
        for (const alias of template.aliases) {
            const owner = owners.get(alias);
            if (owner === undefined) {
                owners.set(alias, template);
                aliases.set(alias, template);
            }
            else
                report((0,config_diagnostics/* diagnose */.h4)('NB510', `The template ${template.id} has the alias ${alias}, which is ${owner.id} already.`, 'Choose another alias.'));
        }
    return aliases;
}

;// CONCATENATED MODULE: ./build/commands/project/read-project.js







/** Opens the built-in templates and the project's own; what is wrong with one is added to the diagnostics when it is asked for. */
function openCatalogue({ tool, root, inputs }) {
    const library = (0,templates.openTemplates)(tool, root, inputs.templates);
    const diagnostics = [...library.diagnostics];
    return { library, catalogue: createCatalogue(library.sources, (diagnostic) => diagnostics.push(diagnostic)), diagnostics };
}
/** Reads the model of one environment (`undefined`: the one that the files name), from the disk or from other files. */
function readProject(context, catalogue, environment, files) {
    const { root, inputs, outer } = context;
    const { configuration, diagnostics } = (0,load/* loadConfiguration */.vF)(files?.envFile ?? ((file) => (0,adapters_files/* readEnvFile */.SF)(root, file)), {
        environment,
        envOrder: inputs.envOrder,
        env: inputs.env,
        outer,
    });
    if (configuration === undefined)
        return { diagnostics, secrets: [] };
    const secrets = (0,load/* secretValues */.VX)(configuration.variables);
    const built = buildProject(configuration, catalogue, { core: inputs.core, envOrder: inputs.envOrder, registry: inputs.registry });
    const all = [...diagnostics, ...built.diagnostics];
    return built.project === undefined || (0,config_diagnostics/* hasErrors */.Cs)(all)
        ? { diagnostics: all, secrets }
        : { project: built.project, variables: configuration.variables, diagnostics: all, secrets };
}
/** The domains of every service in each of the standard environments and the chosen one. */
function readDomains(context, catalogue, chosen) {
    const domains = new Map();
    const add = (environment, services) => {
        for (const service of services) {
            const row = domains.get(service.name) ?? new Map();
            row.set(environment.name, service.public ? service.domains : []);
            domains.set(service.name, row);
        }
    };
    for (const environment of config_environment/* standardEnvironments */.qV) {
        const project = environment.name === chosen.environment.name ? chosen : readProject(context, catalogue, environment.name).project;
        if (project !== undefined)
            add(environment, project.services);
    }
    if (chosen.environment.kind === 'custom')
        add(chosen.environment, chosen.services);
    return domains;
}


/***/ }),

/***/ 38202:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Hz: () => (/* binding */ requiredSecrets),
/* harmony export */   sh: () => (/* binding */ checkProject)
/* harmony export */ });
/* unused harmony export coreServiceNames */
/* harmony import */ var _diagnostics_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(24699);
/* harmony import */ var _variables_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(19274);


/** Findings that need the whole model: dependencies, networks, missing secrets, modifiers without effect. */
function checkProject(project, variables) {
    return [
        ...checkDependencies(project, variables),
        ...checkNetworks(project, variables),
        ...checkWithoutEffect(project, variables),
        ...checkSecrets(project, variables),
    ];
}
/** Compose names of the core services that the project runs and that others may wait for. */
function coreServiceNames(project) {
    const { postgres, redis, hasura, auth, minio, mailpit } = project;
    return Object.entries({ postgres, redis, hasura, auth, minio, mailpit }).flatMap(([name, service]) => service === undefined ? [] : [name]);
}
function checkDependencies(project, variables) {
    const diagnostics = [];
    const hosts = new Map(project.services.flatMap((service) => [service.name, service.host].map((name) => [name, service])));
    const core = coreServiceNames(project);
    for (const service of project.services) {
        const position = variables.entries.get(`CS_${service.slot}_DEPENDS_ON`)?.valuePosition;
        for (const { name, condition } of service.dependsOn) {
            const other = hosts.get(name);
            if (other === service)
                diagnostics.push((0,_diagnostics_js__WEBPACK_IMPORTED_MODULE_0__/* .diagnose */ .h4)('NB320', `CS_${service.slot}_DEPENDS_ON: ${name} depends on itself.`, 'Remove it.', position));
            else if (other === undefined && !core.includes(name))
                diagnostics.push((0,_diagnostics_js__WEBPACK_IMPORTED_MODULE_0__/* .diagnose */ .h4)('NB320', `CS_${service.slot}_DEPENDS_ON: there is no service ${name}.`, `The services are ${[...core, ...project.services.map(({ host }) => host)].join(', ')}.`, position));
            else if (other !== undefined && other.health.kind === 'disabled' && condition === 'service_healthy')
                diagnostics.push((0,_diagnostics_js__WEBPACK_IMPORTED_MODULE_0__/* .diagnose */ .h4)('NB320', `CS_${service.slot}_DEPENDS_ON: ${name} has no health check to wait for.`, `Write ${name}:started.`, position));
        }
    }
    for (const circle of findCircles(project.services, hosts)) {
        const first = circle[0];
        diagnostics.push((0,_diagnostics_js__WEBPACK_IMPORTED_MODULE_0__/* .diagnose */ .h4)('NB321', `${[...circle, first].map(({ name }) => name).join(' → ')} wait for each other.`, 'Remove one of the CS_N_DEPENDS_ON entries.', variables.entries.get(`CS_${first.slot}_DEPENDS_ON`)?.valuePosition));
    }
    return diagnostics;
}
/** One circle for each place where a walk along the dependencies meets its own path. */
function findCircles(services, hosts) {
    const circles = [];
    const done = new Set();
    const visit = (service, path) => {
        const start = path.indexOf(service);
        // A service that waits for itself has a diagnostic of its own.
        if (start !== -1 && path.length - start > 1)
            circles.push(path.slice(start));
        if (start !== -1 || done.has(service))
            return;
        for (const { name } of service.dependsOn) {
            const next = hosts.get(name);
            if (next !== undefined)
                visit(next, [...path, service]);
        }
        done.add(service);
    };
    for (const service of services)
        visit(service, []);
    return circles;
}
// Networks of other projects on the same machine are theirs: only names under this project's prefix are joined (as nself 1.x does).
function checkNetworks(project, variables) {
    return project.services.flatMap(({ slot, networks }) => networks
        .filter((network) => !network.startsWith(`${project.name}_`) || network === `${project.name}_network`)
        .map((network) => (0,_diagnostics_js__WEBPACK_IMPORTED_MODULE_0__/* .diagnose */ .h4)('NB322', network === `${project.name}_network`
        ? `CS_${slot}_NETWORKS: every service is on ${network} already.`
        : `CS_${slot}_NETWORKS: ${network} is not a network of this project.`, `Name networks that start with ${project.name}_.`, variables.entries.get(`CS_${slot}_NETWORKS`)?.valuePosition)));
}
function checkWithoutEffect(project, variables) {
    return project.services.flatMap((service) => {
        if (service.public)
            return [];
        return ['RATE_LIMIT', 'WEBSOCKET', 'BODY_SIZE', 'TIMEOUT'].flatMap((name) => {
            const entry = variables.entries.get(`CS_${service.slot}_${name}`);
            return entry === undefined || entry.value === ''
                ? []
                : [
                    (0,_diagnostics_js__WEBPACK_IMPORTED_MODULE_0__/* .diagnose */ .h4)('NB328', `${entry.key} has no effect: ${service.name} is not public.`, `Set CS_${service.slot}_PUBLIC=true, or remove the line.`, entry.position),
                ];
        });
    });
}
/** The secrets that the stack cannot start without; several names mean that one of them is enough. */
function requiredSecrets(project) {
    const secrets = [];
    if (project.postgres !== undefined)
        secrets.push(['POSTGRES_PASSWORD']);
    if (project.hasura !== undefined || project.auth !== undefined)
        secrets.push(['HASURA_GRAPHQL_ADMIN_SECRET']);
    // What only the core services themselves need is the matter of the nself CLI that runs them.
    if (project.core === 'external')
        return secrets;
    if (project.hasura !== undefined || project.auth !== undefined)
        secrets.push(['HASURA_JWT_KEY', 'JWT_SECRET']);
    if (project.minio !== undefined)
        secrets.push(['MINIO_ROOT_PASSWORD', 'S3_SECRET_KEY']);
    return secrets;
}
// Characters that need no percent-encoding in the user information of a URL (RFC 3986, section 3.2.1).
const safeInUrl = /^[A-Za-z0-9\-._~!$&'()*+,;=]*$/;
function checkSecrets(project, variables) {
    const severity = project.environment.kind === 'development' ? 'warning' : 'info';
    const missing = requiredSecrets(project)
        .filter((names) => !names.some((name) => (0,_variables_js__WEBPACK_IMPORTED_MODULE_1__/* .isSet */ .vM)(name, variables)))
        .map((names) => (0,_diagnostics_js__WEBPACK_IMPORTED_MODULE_0__/* .diagnose */ .h4)('NB408', `${names.join(' or ')} is not set in any env file.`, `Add ${names[0]}=… to .env.secrets; the stack does not start without it.`, undefined, severity));
    const unsafe = [project.postgres === undefined ? [] : ['POSTGRES_PASSWORD'], project.redis === undefined ? [] : ['REDIS_PASSWORD']]
        .flat()
        .flatMap((name) => {
        const entry = variables.entries.get(name);
        if (entry === undefined || safeInUrl.test(entry.value) || entry.value.includes('${') || (0,_variables_js__WEBPACK_IMPORTED_MODULE_1__/* .isSet */ .vM)(`${name}_URLENCODED`, variables))
            return [];
        return [
            (0,_diagnostics_js__WEBPACK_IMPORTED_MODULE_0__/* .diagnose */ .h4)('NB409', `${name} has characters with a meaning in URLs, and is part of one.`, `Choose letters and digits, or add ${name}_URLENCODED with the percent-encoded form.`, entry.position),
        ];
    });
    return [...missing, ...unsafe];
}


/***/ }),

/***/ 74047:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   F: () => (/* binding */ parseEnvFile),
/* harmony export */   t: () => (/* binding */ positionAt)
/* harmony export */ });
/* harmony import */ var dotenv__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(88230);
/* harmony import */ var _diagnostics_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(24699);


/** Per severity: nobody reads more, and a file of another kind has a hundred thousand. */
const mostFindings = 1000;
const assignment = /^([ \t]*(?:export[ \t]+)?)([A-Za-z_][A-Za-z0-9_]*)[ \t]*=[ \t]*/;
const blank = /^[ \t]*(?:#.*)?$/;
const trailing = /^[ \t]*(?:#.*)?$/;
// Tab is the one control character a value may hold; a quoted value may span lines.
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const control = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]/;
/**
 * Parses dotenv text: `export`, quotes, quoted values over several lines, ` #` comments, CRLF, a byte order mark.
 * Nothing is expanded and nothing is executed. A comment needs white space before its `#`, as in Docker Compose,
 * which reads the same files (the `dotenv` package alone would cut `a#b`). Never throws: each bad line is one diagnostic.
 */
function parseEnvFile(file, source) {
    const text = source.startsWith('\uFEFF') ? source.slice(1) : source;
    const lines = splitLines(text);
    const entries = [];
    const diagnostics = [];
    for (let index = 0; index < lines.length; index++) {
        const line = lines[index];
        if (blank.test(line.text))
            continue;
        const match = assignment.exec(line.text);
        if (match === null) {
            diagnostics.push(notAnAssignment(file, line));
            continue;
        }
        const head = match[0].length;
        const key = match[2];
        const position = { file, line: line.number, column: match[1].length + 1 };
        const mark = line.text[head];
        if (mark !== '"' && mark !== "'") {
            const raw = line.text.slice(head);
            const value = withoutComment(raw, /[ \t]$/.test(match[0]));
            const column = head + raw.length - raw.trimStart().length + 1;
            entries.push({ key, value, source: value, quote: 'none', position, valuePosition: { file, line: line.number, column } });
            continue;
        }
        const open = line.start + head;
        const close = closingQuote(text, open, mark);
        const quotePosition = { file, line: line.number, column: head + 1 };
        if (close === -1) {
            diagnostics.push((0,_diagnostics_js__WEBPACK_IMPORTED_MODULE_1__/* .diagnose */ .h4)('NB102', `The value of ${key} starts with ${mark} and is never closed.`, `Add the closing ${mark}.`, quotePosition));
            continue;
        }
        while (index + 1 < lines.length && lines[index + 1].start <= close)
            index++;
        const last = lines[index];
        const rest = last.text.slice(close + 1 - last.start);
        if (!trailing.test(rest)) {
            const column = close + 2 - last.start + rest.length - rest.trimStart().length;
            diagnostics.push((0,_diagnostics_js__WEBPACK_IMPORTED_MODULE_1__/* .diagnose */ .h4)('NB103', 
            // The text is not shown: it may be the rest of a secret.
            `Text follows the closing quote of ${key}.`, 'Put the whole value in quotes, or start the comment with " #".', { file, line: last.number, column }));
            continue;
        }
        entries.push({
            key,
            value: unquote(text.slice(open, close + 1), mark),
            source: text.slice(open + 1, close),
            quote: mark === '"' ? 'double' : 'single',
            position,
            valuePosition: { file, line: line.number, column: head + 2 },
        });
    }
    const all = [...diagnostics, ...checkValues(entries)];
    const errors = all.filter(({ severity }) => severity === 'error');
    const others = all.filter(({ severity }) => severity !== 'error');
    return { env: { file, entries }, diagnostics: [...errors.slice(0, mostFindings), ...others.slice(0, mostFindings)] };
}
/** The position of the character at `offset` (UTF-16 units) of an entry's value. */
function positionAt(entry, offset) {
    const before = entry.source.slice(0, sourceOffset(entry, offset));
    const newline = before.lastIndexOf('\n');
    if (newline === -1)
        return { ...entry.valuePosition, column: entry.valuePosition.column + before.length };
    const line = entry.valuePosition.line + before.split('\n').length - 1;
    return { file: entry.valuePosition.file, line, column: before.length - newline };
}
// Inside quotes, an escape or a CRLF is two characters in the file and one in the value.
function sourceOffset({ source, quote }, offset) {
    if (quote === 'none')
        return offset;
    let result = offset;
    for (const { index } of source.matchAll(quote === 'double' ? /\\[nr"]|\r\n/g : /\r\n/g)) {
        if (index >= result)
            break;
        result++;
    }
    return result;
}
function splitLines(text) {
    const lines = [];
    let start = 0;
    for (let number = 1; start <= text.length; number++) {
        const newline = text.indexOf('\n', start);
        const end = newline === -1 ? text.length : newline;
        const bare = text.slice(start, text[end - 1] === '\r' && end > start ? end - 1 : end);
        lines.push({ text: bare, start, number });
        start = end + 1;
    }
    return lines;
}
function closingQuote(text, open, mark) {
    for (let index = open + 1; index < text.length; index++) {
        if (mark === '"' && text[index] === '\\')
            index++;
        else if (text[index] === mark)
            return index;
    }
    return -1;
}
function unquote(token, mark) {
    if (mark === "'")
        return token.slice(1, -1).replaceAll('\r\n', '\n');
    // dotenv expands \n and \r inside double quotes and leaves \" as it is; Compose reads \" as a quote.
    return ((0,dotenv__WEBPACK_IMPORTED_MODULE_0__.parse)(`V=${token}`).V ?? '').replaceAll('\\"', '"');
}
function withoutComment(text, afterSpace) {
    if (afterSpace && text.startsWith('#'))
        return '';
    const comment = /[ \t]#/.exec(text);
    return (comment === null ? text : text.slice(0, comment.index)).trim();
}
function notAnAssignment(file, line) {
    const column = line.text.length - line.text.trimStart().length + 1;
    const yaml = /^\s*([A-Za-z_]\w*)\s*:\s+(.*)$/.exec(line.text);
    const name = /^\s*export\s+([A-Za-z_]\w*)\s*$/.exec(line.text);
    // The line itself is not shown: it may be the rest of a secret.
    const fix = yaml !== null
        ? `Write ${yaml[1]}=… with an equals sign.`
        : name !== null
            ? `Write ${name[1]}=value.`
            : 'Write KEY=value, or start the line with #.';
    return (0,_diagnostics_js__WEBPACK_IMPORTED_MODULE_1__/* .diagnose */ .h4)('NB101', 'This line is not KEY=value: a key has letters, digits and _, and does not start with a digit.', fix, {
        file,
        line: line.number,
        column,
    });
}
function checkValues(entries) {
    const diagnostics = [];
    const first = new Map();
    for (const entry of entries) {
        const found = control.exec(entry.value);
        if (found !== null)
            diagnostics.push((0,_diagnostics_js__WEBPACK_IMPORTED_MODULE_1__/* .diagnose */ .h4)('NB104', `The value of ${entry.key} holds a control character.`, 'Remove it, or keep the text in a file.', positionAt(entry, found.index)));
        const earlier = first.get(entry.key);
        if (earlier !== undefined)
            diagnostics.push((0,_diagnostics_js__WEBPACK_IMPORTED_MODULE_1__/* .diagnose */ .h4)('NB108', `${entry.key} is set again: this line wins over line ${earlier.position.line}.`, 'Keep one line, or move the other into the file of its environment (.env.staging, .env.prod).', entry.position));
        first.set(entry.key, entry);
    }
    return diagnostics;
}


/***/ }),

/***/ 96642:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   CU: () => (/* binding */ cascadeFiles),
/* harmony export */   g9: () => (/* binding */ resolveEnvironment),
/* harmony export */   qV: () => (/* binding */ standardEnvironments)
/* harmony export */ });
const known = [
    {
        environment: { name: 'development', kind: 'development', files: ['.env.development', '.env.dev'] },
        aliases: ['dev', 'develop', 'devel', 'development', 'local'],
    },
    { environment: { name: 'staging', kind: 'staging', files: ['.env.staging'] }, aliases: ['stage', 'staging'] },
    { environment: { name: 'production', kind: 'production', files: ['.env.production', '.env.prod'] }, aliases: ['prod', 'production'] },
];
const customName = /^[a-z0-9][a-z0-9_-]{0,62}$/;
// `.env.secrets`, `.env.local` and `.env.example` have meanings of their own.
const taken = new Set(['secrets', 'example']);
/** Resolves an environment name or alias; `undefined` when it is not a legal name. */
function resolveEnvironment(text) {
    const name = text.trim().toLowerCase();
    const found = known.find(({ aliases }) => aliases.includes(name));
    if (found !== undefined)
        return found.environment;
    if (!customName.test(name) || taken.has(name))
        return undefined;
    return { name, kind: 'custom', files: [`.env.${name}`] };
}
/** The three environments of the specification, in the order a change travels through them. */
const standardEnvironments = known.map(({ environment }) => environment);
/** The env files of an environment, low to high precedence, whether or not they exist. */
function cascadeFiles(environment, order) {
    const local = environment.kind === 'development' ? ['.env.local'] : [];
    if (order === 'v1')
        return ['.env', ...environment.files, '.env.secrets', ...local];
    const base = environment.kind === 'development' ? [] : ['.env.development', '.env.dev'];
    return [...base, ...environment.files, '.env.secrets', ...local, '.env'];
}


/***/ }),

/***/ 35235:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ck: () => (/* binding */ envInput),
/* harmony export */   VX: () => (/* binding */ secretValues),
/* harmony export */   vF: () => (/* binding */ loadConfiguration)
/* harmony export */ });
/* harmony import */ var _diagnostics_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(24699);
/* harmony import */ var _env_file_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(74047);
/* harmony import */ var _environment_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(96642);
/* harmony import */ var _secrets_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(3654);
/* harmony import */ var _variables_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(19274);





/** The name under which positions in the `env` input are shown. */
const envInput = 'env input';
/** Reads the cascade of one environment. `configuration` is absent when not even the environment is clear. */
function loadConfiguration(read, options) {
    const diagnostics = [];
    const parsed = new Map();
    const load = (file) => {
        if (parsed.has(file))
            return parsed.get(file);
        const found = read(file);
        let env;
        if (found !== undefined && 'problem' in found)
            diagnostics.push(found.problem);
        else if (found !== undefined) {
            const result = (0,_env_file_js__WEBPACK_IMPORTED_MODULE_1__/* .parseEnvFile */ .F)(file, found.text);
            diagnostics.push(...result.diagnostics);
            env = result.env;
        }
        parsed.set(file, env);
        return env;
    };
    const input = (0,_env_file_js__WEBPACK_IMPORTED_MODULE_1__/* .parseEnvFile */ .F)(envInput, options.env);
    diagnostics.push(...input.diagnostics);
    const environment = chooseEnvironment(options.environment, [input.env, load('.env.local'), load('.env')], diagnostics);
    if (environment === undefined)
        return { diagnostics };
    const files = (0,_environment_js__WEBPACK_IMPORTED_MODULE_2__/* .cascadeFiles */ .CU)(environment, options.envOrder);
    const layers = files.flatMap((file) => load(file) ?? []);
    // .env.local was looked at for ENV, but it counts in development only.
    const ignored = diagnostics.filter(({ position }) => position !== undefined && position.file === '.env.local' && !files.includes('.env.local'));
    const kept = diagnostics.filter((diagnostic) => !ignored.includes(diagnostic));
    if (layers.length === 0 && input.env.entries.length === 0 && !(0,_diagnostics_js__WEBPACK_IMPORTED_MODULE_0__/* .hasErrors */ .Cs)(kept))
        kept.push((0,_diagnostics_js__WEBPACK_IMPORTED_MODULE_0__/* .diagnose */ .h4)('NB114', `None of ${files.join(', ')} exists in the working directory.`, 'Run `nself-build init`, or point --working-directory at the project.'));
    const both = environment.files.filter((file) => load(file) !== undefined);
    if (both.length > 1)
        kept.push((0,_diagnostics_js__WEBPACK_IMPORTED_MODULE_0__/* .diagnose */ .h4)('NB115', `${both.join(' and ')} both exist: ${both.at(-1)} wins.`, 'Keep one of them.', {
            file: both[0],
            line: 1,
            column: 1,
        }));
    kept.push(...(0,_variables_js__WEBPACK_IMPORTED_MODULE_3__/* .disagreements */ .og)(layers, environment.files));
    const variables = (0,_variables_js__WEBPACK_IMPORTED_MODULE_3__/* .mergeEnvFiles */ .h)([...layers, input.env], options.outer);
    kept.push(...contradiction(environment, variables));
    return { configuration: { environment, variables, files: layers.map(({ file }) => file) }, diagnostics: kept };
}
function chooseEnvironment(wanted, sources, diagnostics) {
    const entry = sources
        .flatMap((source) => source?.entries.filter(({ key }) => key === 'ENV').at(-1) ?? [])
        .find(({ value }) => value !== '');
    const name = wanted ?? entry?.value ?? 'development';
    const environment = (0,_environment_js__WEBPACK_IMPORTED_MODULE_2__/* .resolveEnvironment */ .g9)(name);
    if (environment === undefined)
        diagnostics.push((0,_diagnostics_js__WEBPACK_IMPORTED_MODULE_0__/* .diagnose */ .h4)('NB112', `${(0,_diagnostics_js__WEBPACK_IMPORTED_MODULE_0__/* .quote */ .hD)(name)} is not an environment.`, 'Use development, staging, production, or a name of lower-case letters, digits, _ and -.', wanted === undefined ? entry?.valuePosition : undefined));
    return environment;
}
function contradiction(environment, variables) {
    const entry = variables.entries.get('ENV');
    if (entry === undefined || entry.value === '' || entry.value.includes('$') || (0,_environment_js__WEBPACK_IMPORTED_MODULE_2__/* .resolveEnvironment */ .g9)(entry.value)?.name === environment.name)
        return [];
    return [
        (0,_diagnostics_js__WEBPACK_IMPORTED_MODULE_0__/* .diagnose */ .h4)('NB113', `ENV=${(0,_diagnostics_js__WEBPACK_IMPORTED_MODULE_0__/* .quote */ .hD)(entry.value).slice(1, -1)} here, but the environment is ${environment.name}: services get ENV=${environment.name}.`, 'Remove ENV from this file, or choose the environment by --environment alone.', entry.position),
    ];
}
/** The values that logs, outputs and summaries must never show: all of `.env.secrets`, and whatever is named like a secret. */
function secretValues(variables) {
    const values = [...variables.entries.values()]
        .filter(({ key, position }) => !key.startsWith('CS_') && (position.file === '.env.secrets' || (0,_secrets_js__WEBPACK_IMPORTED_MODULE_4__/* .looksSecret */ .n0)(key)))
        // A diff or a log shows a secret of several lines line by line.
        .flatMap(({ value }) => [value, ...value.split('\n').map((line) => line.trim())])
        .filter((value) => value.length >= 4 && !(0,_secrets_js__WEBPACK_IMPORTED_MODULE_4__/* .isHarmless */ .EW)(value) && !value.includes('${'));
    return [...new Set(values)].sort();
}


/***/ }),

/***/ 69461:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Aw: () => (/* binding */ parseProjectPath),
/* harmony export */   E1: () => (/* binding */ parseList),
/* harmony export */   Jq: () => (/* binding */ parseDatabase),
/* harmony export */   MO: () => (/* binding */ parseNetwork),
/* harmony export */   RE: () => (/* binding */ parseBuildTarget),
/* harmony export */   RM: () => (/* binding */ parseCommand),
/* harmony export */   T6: () => (/* binding */ parseRedisPrefix),
/* harmony export */   d6: () => (/* binding */ parseDependency),
/* harmony export */   fK: () => (/* binding */ parseVariableName),
/* harmony export */   oH: () => (/* binding */ parseTablePrefix),
/* harmony export */   sR: () => (/* binding */ parseNonEmpty),
/* harmony export */   wM: () => (/* binding */ parseVolume),
/* harmony export */   zZ: () => (/* binding */ parseImage)
/* harmony export */ });
/* harmony import */ var _diagnostics_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(24699);
/* harmony import */ var _values_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(93017);


function parseNonEmpty(what) {
    return (text) => (text === '' ? (0,_values_js__WEBPACK_IMPORTED_MODULE_1__/* .fail */ .fJ)(`The value is not ${what}.`, `Write ${what}.`) : (0,_values_js__WEBPACK_IMPORTED_MODULE_1__.ok)(text));
}
function parseList(parseItem) {
    return (text) => {
        const items = [];
        let offset = 0;
        for (const piece of text.split(',')) {
            const lead = piece.length - piece.trimStart().length;
            const parsed = parseItem(piece.trim());
            if (!parsed.ok)
                return { ...parsed, offset: offset + lead + (parsed.offset ?? 0) };
            items.push(parsed.value);
            offset += piece.length + 1;
        }
        return (0,_values_js__WEBPACK_IMPORTED_MODULE_1__.ok)(items);
    };
}
// Postgres cuts identifiers at 63 bytes; a prefix that leaves no room for a table name is a mistake.
function parseTablePrefix(text) {
    if (/^[a-zA-Z_][a-zA-Z0-9_]{0,39}$/.test(text))
        return (0,_values_js__WEBPACK_IMPORTED_MODULE_1__.ok)(text);
    return (0,_values_js__WEBPACK_IMPORTED_MODULE_1__/* .fail */ .fJ)(`${(0,_diagnostics_js__WEBPACK_IMPORTED_MODULE_0__/* .quote */ .hD)(text)} is not a table prefix.`, 'Use up to 40 letters, digits and _, not starting with a digit, such as api_.');
}
function parseDatabase(text) {
    if (/^[a-zA-Z_][a-zA-Z0-9_-]{0,62}$/.test(text) && !/^(template0|template1)$/i.test(text))
        return (0,_values_js__WEBPACK_IMPORTED_MODULE_1__.ok)(text);
    return (0,_values_js__WEBPACK_IMPORTED_MODULE_1__/* .fail */ .fJ)(`${(0,_diagnostics_js__WEBPACK_IMPORTED_MODULE_0__/* .quote */ .hD)(text)} is not a database name.`, 'Use up to 63 letters, digits, _ and -, not starting with a digit, such as orders_db.');
}
function parseRedisPrefix(text) {
    if (/^[\w:.{}@/|-]{1,64}$/.test(text))
        return (0,_values_js__WEBPACK_IMPORTED_MODULE_1__.ok)(text);
    return (0,_values_js__WEBPACK_IMPORTED_MODULE_1__/* .fail */ .fJ)(`${(0,_diagnostics_js__WEBPACK_IMPORTED_MODULE_0__/* .quote */ .hD)(text)} is not a Redis key prefix.`, 'Use up to 64 letters, digits and _ : . - / | @ { }, such as api:.');
}
// https://github.com/distribution/reference/blob/main/reference.go
const domainPart = '(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?(?:\\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*(?::\\d+)?/)?';
const pathPart = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*';
const imageReference = new RegExp(`^${domainPart}${pathPart}(?:/${pathPart})*(?::[\\w][\\w.-]{0,127})?(?:@sha256:[a-f0-9]{64})?$`);
function parseImage(text) {
    if (text.length <= 512 && imageReference.test(text))
        return (0,_values_js__WEBPACK_IMPORTED_MODULE_1__.ok)(text);
    const fix = /[A-Z]/.test(text) && imageReference.test(text.toLowerCase())
        ? 'Repository names are lower case.'
        : 'Write registry/name:tag or registry/name@sha256:….';
    return (0,_values_js__WEBPACK_IMPORTED_MODULE_1__/* .fail */ .fJ)(`${(0,_diagnostics_js__WEBPACK_IMPORTED_MODULE_0__/* .quote */ .hD)(text)} is not an image reference.`, fix);
}
/** Reads a relative path that stays inside the project; the result has no `.`, `..` or doubled slashes. */
function parseProjectPath(text) {
    const fix = 'Write a path inside the project, relative to its root, such as services/api.';
    if (!/^[\w./@+ -]+$/.test(text) || text.startsWith('/') || text.startsWith('-'))
        return (0,_values_js__WEBPACK_IMPORTED_MODULE_1__/* .fail */ .fJ)(`${(0,_diagnostics_js__WEBPACK_IMPORTED_MODULE_0__/* .quote */ .hD)(text)} is not a relative path.`, fix);
    const segments = text.split('/').filter((segment) => segment !== '' && segment !== '.');
    if (segments.includes('..'))
        return (0,_values_js__WEBPACK_IMPORTED_MODULE_1__/* .fail */ .fJ)(`${(0,_diagnostics_js__WEBPACK_IMPORTED_MODULE_0__/* .quote */ .hD)(text)} leaves the project.`, fix);
    if (segments.includes('.git'))
        return (0,_values_js__WEBPACK_IMPORTED_MODULE_1__/* .fail */ .fJ)(`${(0,_diagnostics_js__WEBPACK_IMPORTED_MODULE_0__/* .quote */ .hD)(text)} points into .git.`, fix);
    return (0,_values_js__WEBPACK_IMPORTED_MODULE_1__.ok)(segments.length === 0 ? '.' : segments.join('/'));
}
function parseBuildTarget(text) {
    if (/^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/.test(text))
        return (0,_values_js__WEBPACK_IMPORTED_MODULE_1__.ok)(text);
    return (0,_values_js__WEBPACK_IMPORTED_MODULE_1__/* .fail */ .fJ)(`${(0,_diagnostics_js__WEBPACK_IMPORTED_MODULE_0__/* .quote */ .hD)(text)} is not a build stage.`, 'Use the name after AS in the Dockerfile: letters, digits, _ . and -.');
}
function parseCommand(text) {
    const words = text.trim().split(/\s+/);
    return words[0] === '' ? (0,_values_js__WEBPACK_IMPORTED_MODULE_1__/* .fail */ .fJ)('The command is empty.', 'Write the program and its arguments.') : (0,_values_js__WEBPACK_IMPORTED_MODULE_1__.ok)(words);
}
function parseVariableName(text) {
    if (/^[A-Za-z_][A-Za-z0-9_]*$/.test(text))
        return (0,_values_js__WEBPACK_IMPORTED_MODULE_1__.ok)(text);
    return (0,_values_js__WEBPACK_IMPORTED_MODULE_1__/* .fail */ .fJ)(`${(0,_diagnostics_js__WEBPACK_IMPORTED_MODULE_0__/* .quote */ .hD)(text)} is not a variable name.`, 'Write names separated by commas, such as API_KEY,SENTRY_DSN.');
}
function parseVolume(text) {
    const fix = 'Write source:/target or source:/target:ro; a source is ./path inside the project or a volume name.';
    const match = /^([^:]+):(\/[\w./@+-]*)(?::(ro|rw))?$/.exec(text);
    if (match === null)
        return (0,_values_js__WEBPACK_IMPORTED_MODULE_1__/* .fail */ .fJ)(`${(0,_diagnostics_js__WEBPACK_IMPORTED_MODULE_0__/* .quote */ .hD)(text)} is not a volume.`, fix);
    const [, source = '', target = '', mode] = match;
    const segments = target.split('/').filter((segment) => segment !== '' && segment !== '.');
    if (segments.length === 0 || segments.includes('..'))
        return (0,_values_js__WEBPACK_IMPORTED_MODULE_1__/* .fail */ .fJ)(`${(0,_diagnostics_js__WEBPACK_IMPORTED_MODULE_0__/* .quote */ .hD)(target)} is not a mount point.`, fix, source.length + 1);
    const suffix = `:${target}${mode === undefined ? '' : `:${mode}`}`;
    if (/^[a-zA-Z0-9][\w.-]*$/.test(source))
        return (0,_values_js__WEBPACK_IMPORTED_MODULE_1__.ok)(source + suffix);
    if (/^(\/|~)/.test(source))
        return (0,_values_js__WEBPACK_IMPORTED_MODULE_1__/* .fail */ .fJ)(`${(0,_diagnostics_js__WEBPACK_IMPORTED_MODULE_0__/* .quote */ .hD)(source)} is a path outside the project.`, fix);
    const path = parseProjectPath(source);
    return path.ok ? (0,_values_js__WEBPACK_IMPORTED_MODULE_1__.ok)(`./${path.value}${suffix}`) : path;
}
const conditions = { started: 'service_started', healthy: 'service_healthy', completed: 'service_completed_successfully' };
function parseDependency(text) {
    const [name = '', condition = 'healthy', ...rest] = text.split(':');
    const fix = 'Write service names, each with an optional :started, :healthy or :completed.';
    if (rest.length > 0 || !Object.hasOwn(conditions, condition))
        return (0,_values_js__WEBPACK_IMPORTED_MODULE_1__/* .fail */ .fJ)(`${(0,_diagnostics_js__WEBPACK_IMPORTED_MODULE_0__/* .quote */ .hD)(text)} has an unknown condition.`, fix, name.length + 1);
    if (!/^[a-z0-9]+([-_][a-z0-9]+)*$/.test(name))
        return (0,_values_js__WEBPACK_IMPORTED_MODULE_1__/* .fail */ .fJ)(`${(0,_diagnostics_js__WEBPACK_IMPORTED_MODULE_0__/* .quote */ .hD)(name)} is not a service name.`, fix);
    return (0,_values_js__WEBPACK_IMPORTED_MODULE_1__.ok)({ name, condition: conditions[condition] });
}
function parseNetwork(text) {
    if (/^[a-z0-9][a-z0-9_.-]{0,127}$/.test(text))
        return (0,_values_js__WEBPACK_IMPORTED_MODULE_1__.ok)(text);
    return (0,_values_js__WEBPACK_IMPORTED_MODULE_1__/* .fail */ .fJ)(`${(0,_diagnostics_js__WEBPACK_IMPORTED_MODULE_0__/* .quote */ .hD)(text)} is not a network name.`, 'Write names of existing networks, separated by commas.');
}


/***/ }),

/***/ 25614:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   o: () => (/* binding */ databasesOf)
/* harmony export */ });
/** The databases that must exist besides Postgres' own, sorted. */
function databasesOf(project) {
    const names = project.services.flatMap(({ database }) => (database === undefined ? [] : [database]));
    return [...new Set(names)].filter((name) => name !== project.postgres?.database).sort();
}


/***/ }),

/***/ 3654:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   EW: () => (/* binding */ isHarmless),
/* harmony export */   KO: () => (/* binding */ isFromSecretSource),
/* harmony export */   Wg: () => (/* binding */ looksSecretValue),
/* harmony export */   n0: () => (/* binding */ looksSecret)
/* harmony export */ });
const secretFile = '.env.secrets';
/** True for entries of the one file that holds nothing but secrets: its values must not reach a generated file. */
function isFromSecretSource(entry) {
    return entry.position.file === secretFile;
}
const secretName = /(?:^|_)(?:SECRET|SECRETS|PASSWORD|PASSWD|PASSPHRASE|TOKEN|APIKEY|(?<!PUBLIC_|PUBLISHABLE_|CACHE_|PRIMARY_|SORT_|PARTITION_|ROUTING_)KEY|CREDENTIALS?|DSN)$/i;
const wellKnownPrefix = /^(?:sk-|sk_live_|sk_test_|rk_live_|whsec_|ghp_|gho_|ghs_|github_pat_|xox[abpr]-|AKIA|AIza|glpat-|-----BEGIN )/;
const harmless = /^(?:|true|false|none|null|disabled|changeme|\d+)$/i;
/** True for values that cannot be secrets: flags, numbers and common placeholders. */
function isHarmless(value) {
    return harmless.test(value);
}
/** True for values with the prefix of a well-known kind of secret. */
function looksSecretValue(value) {
    return wellKnownPrefix.test(value);
}
/** True when a variable's name says that its value is a secret. */
function looksSecret(name) {
    return secretName.test(name);
}


/***/ }),

/***/ 19274:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   fT: () => (/* binding */ expand),
/* harmony export */   h: () => (/* binding */ mergeEnvFiles),
/* harmony export */   og: () => (/* binding */ disagreements),
/* harmony export */   vM: () => (/* binding */ isSet)
/* harmony export */ });
/* harmony import */ var _diagnostics_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(24699);
/* harmony import */ var _env_file_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(74047);
/* harmony import */ var _secrets_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3654);



/** Merges parsed files, low to high: the last file that sets a key wins. */
function mergeEnvFiles(files, outer) {
    const entries = new Map();
    for (const { entries: layer } of files)
        for (const entry of layer)
            entries.set(entry.key, entry);
    return { entries, outer };
}
/** Two large files of another kind have a hundred thousand. */
const mostDisagreements = 1000;
/** Says where `.env` and the environment's file disagree, since the two nself lines read them in opposite order. */
function disagreements(files, environmentFiles) {
    const base = files.find(({ file }) => file === '.env');
    if (base === undefined)
        return [];
    const diagnostics = [];
    const baseValues = new Map(base.entries.map((entry) => [entry.key, entry]));
    for (const { file, entries } of files) {
        if (!environmentFiles.includes(file))
            continue;
        for (const entry of new Map(entries.map((each) => [each.key, each])).values()) {
            const other = baseValues.get(entry.key);
            if (other === undefined || other.value === entry.value || diagnostics.length >= mostDisagreements)
                continue;
            const [winner, loser] = files.indexOf(base) < files.findIndex((each) => each.file === file) ? [file, '.env'] : ['.env', file];
            diagnostics.push((0,_diagnostics_js__WEBPACK_IMPORTED_MODULE_0__/* .diagnose */ .h4)('NB109', `${entry.key} differs between .env and ${file}: ${winner} wins here.`, `Keep ${entry.key} in one of them; bash nself and nself 1.x read these files in opposite order (now ${loser} is the lower).`, entry.position));
        }
    }
    return diagnostics;
}
// ${NAME}, ${NAME:-default}, ${NAME-default}, ${NAME:?message}, ${NAME?message}, ${NAME:+other}, ${NAME+other}, $NAME
const reference = /\$(?:\{([A-Za-z_][A-Za-z0-9_]*)(?:(:?[-?+])([^{}]*))?\}|([A-Za-z_][A-Za-z0-9_]*))/g;
const braced = /\$\{([A-Za-z_][A-Za-z0-9_]*)(?:(:?[-?+])([^{}]*))?\}/g;
// $NAME in a command is for the container's shell; only ${NAME} is resolved here, as in CS_N_ENV.
const runsInContainer = /^CS_\d+_(?:COMMAND|HEALTHCHECK|MIGRATE)$/;
/** How far one expansion may go: a few variables that each name the one before twice would fill any memory. */
const most = { characters: 2 ** 16, depth: 100 };
/** What a reference counts beside its characters. */
const perReference = 64;
/** Resolves the references of a structural value (a name, a port, a domain, a size). Every unresolved one is an error at its place. */
function expand(entry, variables) {
    const budget = { left: most.characters };
    const expanded = expandWithin(entry, variables, [entry.key], budget);
    if (budget.left >= 0)
        return expanded;
    const message = `${entry.key} leads through too many references, or to too long a value.`;
    return { value: '', diagnostics: [(0,_diagnostics_js__WEBPACK_IMPORTED_MODULE_0__/* .diagnose */ .h4)('NB116', message, 'Write the value itself.', (0,_env_file_js__WEBPACK_IMPORTED_MODULE_1__/* .positionAt */ .t)(entry, 0))] };
}
function expandWithin(entry, variables, path, budget) {
    if (entry.quote === 'single' || !entry.value.includes('$'))
        return { value: entry.value, diagnostics: [] };
    const diagnostics = [];
    const pattern = runsInContainer.test(entry.key) ? braced : reference;
    const value = entry.value.replace(pattern, (text, name, operator = '', operand = '', ...rest) => {
        if (budget.left < 0)
            return text;
        const [bare, offset] = pattern === reference ? rest : [undefined, rest[0]];
        const wanted = { name: name ?? bare, operator, operand, position: (0,_env_file_js__WEBPACK_IMPORTED_MODULE_1__/* .positionAt */ .t)(entry, offset) };
        const refused = refusal(wanted, variables, path);
        if (refused !== undefined) {
            diagnostics.push(refused);
            return text;
        }
        const resolved = resolveReference(wanted, variables, path, budget);
        diagnostics.push(...resolved.diagnostics);
        return resolved.value ?? text;
    });
    return { value, diagnostics };
}
function refusal({ name, position }, variables, path) {
    if (path.includes(name))
        return (0,_diagnostics_js__WEBPACK_IMPORTED_MODULE_0__/* .diagnose */ .h4)('NB110', `${[...path, name].join(' → ')} refers to itself.`, `Give ${name} a value of its own.`, position);
    if (!isSecret(name, variables))
        return undefined;
    return (0,_diagnostics_js__WEBPACK_IMPORTED_MODULE_0__/* .diagnose */ .h4)('NB330', `${path[0]} refers to the secret ${name}, whose value would be written into a file.`, `Pass secrets on by CS_N_ENV=${name}=\${${name}}, which stays a reference.`, position);
}
function resolveReference({ name, operator, operand, position }, variables, path, budget) {
    const found = lookUp(name, variables, path, budget);
    const diagnostics = found?.diagnostics ?? [];
    budget.left -= perReference + Math.max(operand.length, found?.value.length ?? 0);
    const isSet = found !== undefined && (!operator.startsWith(':') || found.value !== '');
    if (operator.endsWith('+'))
        return { value: isSet ? operand : '', diagnostics };
    if (isSet)
        return { value: found.value, diagnostics };
    if (operator.endsWith('-'))
        return { value: operand, diagnostics };
    const missing = (0,_diagnostics_js__WEBPACK_IMPORTED_MODULE_0__/* .diagnose */ .h4)('NB111', `${path[0]} needs ${name}, which no env file and no environment variable sets.`, `Set ${name}=… in an env file, or write \${${name}:-default}.`, position);
    return { diagnostics: [...diagnostics, missing] };
}
function isSecret(name, variables) {
    const entry = variables.entries.get(name);
    return (0,_secrets_js__WEBPACK_IMPORTED_MODULE_2__/* .looksSecret */ .n0)(name) || (entry !== undefined && (0,_secrets_js__WEBPACK_IMPORTED_MODULE_2__/* .isFromSecretSource */ .KO)(entry));
}
function lookUp(name, variables, path, budget) {
    const entry = variables.entries.get(name);
    if (entry !== undefined && path.length > most.depth)
        budget.left = -1;
    if (budget.left < 0)
        return undefined;
    if (entry !== undefined)
        return expandWithin(entry, variables, [...path, name], budget);
    // Every object has a `constructor`, which is no variable.
    const outer = Object.hasOwn(variables.outer, name) ? variables.outer[name] : undefined;
    return outer === undefined ? undefined : { value: outer, diagnostics: [] };
}
/** True when some layer or the process environment gives the name a value that is not empty. */
function isSet(name, variables) {
    return (variables.entries.get(name)?.value ?? variables.outer[name] ?? '') !== '';
}


/***/ }),

/***/ 68199:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Jb: () => (/* binding */ certificatesVolume),
/* harmony export */   b3: () => (/* binding */ acmeVolume),
/* harmony export */   m_: () => (/* binding */ renderCertificateList),
/* harmony export */   oe: () => (/* binding */ acmeService),
/* harmony export */   zG: () => (/* binding */ acmeRoot)
/* harmony export */ });
/* harmony import */ var _certificates_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8553);
/* harmony import */ var _compose_custom_service_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(36613);
/* harmony import */ var _references_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(41119);
/* harmony import */ var _yaml_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(60198);




/** The volume with what nginx reads: certificates and answers to challenges. Never the account's key. */
const certificatesVolume = 'acme_certificates';
/** The volume with the client's own records and the account. */
const acmeVolume = 'acme_state';
/** Where nginx sees the first of them: `certificates/<folder>/` and `webroot/`. */
const acmeRoot = '/etc/nginx/acme';
// The group of the user nginx in the official images.
const nginxGroup = 101;
/** The list that the client's loop reads before every round: a certificate's folder, a tab, and its names. */
function renderCertificateList(project, handWritten) {
    const lines = (0,_certificates_js__WEBPACK_IMPORTED_MODULE_2__/* .certificatesOf */ .mm)(project, handWritten).map(({ folder, names }) => `${folder}\t${names.join(',')}\n`);
    return `# Folder and names of each certificate.\n${lines.join('')}`;
}
/**
 * The compose entry of the ACME client, beside a service `nginx`; `undefined` where certificates come from somewhere
 * else. It reads the list before every round, so that a change of the list needs no restart.
 */
function acmeService(project, { source, target, folder }) {
    const { acme } = project;
    if (acme === undefined || !(0,_certificates_js__WEBPACK_IMPORTED_MODULE_2__/* .isIssued */ .sl)(project) || project.nginx === undefined)
        return undefined;
    return {
        image: acme.image,
        restart: 'unless-stopped',
        init: true,
        entrypoint: ['/bin/sh', `${folder}/renew.sh`],
        command: [],
        // Owns its volumes without any capability; nginx's workers read by their group.
        user: (0,_yaml_js__WEBPACK_IMPORTED_MODULE_1__/* .quoted */ .TL)(`0:${nginxGroup}`),
        environment: Object.fromEntries(Object.entries({ ACME_LIST: `${folder}/certificates.tsv`, ...environmentOf(acme) }).map(([name, value]) => [name, (0,_yaml_js__WEBPACK_IMPORTED_MODULE_1__/* .quoted */ .TL)(value)])),
        // A challenge is answered on port 80.
        depends_on: { nginx: { condition: 'service_healthy' } },
        stop_grace_period: '30s',
        cap_drop: ['ALL'],
        security_opt: ['no-new-privileges:true'],
        read_only: true,
        tmpfs: ['/tmp'],
        volumes: [`${source}:${target}:ro`, `${acmeVolume}:/var/lib/acme`, `${certificatesVolume}:/certificates`],
        logging: _compose_custom_service_js__WEBPACK_IMPORTED_MODULE_0__/* .logging */ .m,
    };
}
function environmentOf({ directory, email, dnsProvider, dnsVariables }) {
    return {
        LEGO_ACCEPT_TOS: 'true',
        LEGO_PATH: '/var/lib/acme',
        LEGO_SERVER: directory,
        LEGO_LOG_FORMAT: 'json',
        ...(email === undefined ? {} : { LEGO_EMAIL: email }),
        ...(dnsProvider === undefined ? { LEGO_HTTP: 'true', LEGO_HTTP_WEBROOT: '/certificates/webroot' } : { LEGO_DNS: dnsProvider }),
        ...Object.fromEntries(dnsVariables.map((name) => [name, (0,_references_js__WEBPACK_IMPORTED_MODULE_3__/* .required */ .mw)(name, `ACME_DNS_ENV names ${name}`)])),
    };
}


/***/ }),

/***/ 52800:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   cX: () => (/* binding */ renderBake),
/* harmony export */   vm: () => (/* binding */ builtServices),
/* harmony export */   xM: () => (/* binding */ bakeTarget)
/* harmony export */ });
/* unused harmony export bakeFile */
/* harmony import */ var _header_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(68156);

/** The bake file that a project commits, so that `docker buildx bake --file docker-bake.json` builds what this tool builds. */
const bakeFile = 'docker-bake.json';
function builtServices(project) {
    return project.services.filter((service) => service.build !== undefined);
}
/** What bake must know of a service, the same in every environment: images are built once and deployed everywhere. */
function bakeTarget({ build, image }) {
    return {
        context: build.context,
        dockerfile: build.dockerfile,
        ...(build.releaseTarget === undefined ? {} : { target: build.releaseTarget }),
        tags: [image],
    };
}
/** Renders docker-bake.json, in development: it is the same for every environment. Nothing when no service is built. */
function renderBake(project) {
    const services = builtServices(project);
    if (services.length === 0 || project.environment.kind !== 'development')
        return [];
    const content = {
        '//': [],
        group: { default: { targets: services.map(({ host }) => host) } },
        target: Object.fromEntries(services.map((service) => [service.host, bakeTarget(service)])),
    };
    const body = `${JSON.stringify(content, null, 2).replace('"//": []', '"//": [\n  ]')}\n`;
    return [{ path: bakeFile, content: (0,_header_js__WEBPACK_IMPORTED_MODULE_0__/* .withHeader */ .w)(body, 'json', 'change the env files.'), executable: false }];
}


/***/ }),

/***/ 8553:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Qd: () => (/* binding */ certificateFolder),
/* harmony export */   mm: () => (/* binding */ certificatesOf),
/* harmony export */   pd: () => (/* binding */ foldersOf),
/* harmony export */   sl: () => (/* binding */ isIssued)
/* harmony export */ });
/* harmony import */ var _sites_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(64781);

/**
 * The certificates that the sites of a project need, sorted by folder. Names right below the base domain share one with
 * a wildcard, every other name has its own. Issued without DNS each name has its own: one that the authority refuses
 * then hurts no other.
 */
function certificatesOf(project, handWritten) {
    const folders = new Map();
    for (const { domain, folder } of foldersOf(project, handWritten))
        folders.set(folder, [...(folders.get(folder) ?? []), domain]);
    return [...folders]
        .map(([folder, domains]) => ({ folder, domains, names: [...new Set(domains.map((domain) => nameOn(project, domain)))].sort() }))
        .sort((a, b) => (a.folder < b.folder ? -1 : 1));
}
/** The folder of each domain's certificate, sorted by domain. */
function foldersOf(project, handWritten) {
    return (0,_sites_js__WEBPACK_IMPORTED_MODULE_0__/* .sitesOf */ .Yc)(project, handWritten)
        .flatMap(({ domains }) => domains)
        .map((domain) => ({ domain, folder: certificateFolder(sharesWildcard(project, domain) ? project.baseDomain : domain) }))
        .sort((a, b) => (a.domain < b.domain ? -1 : 1));
}
/** Where a name's certificate lies, by the names that nself uses: dots as hyphens. */
function certificateFolder(domain) {
    return domain.replaceAll('.', '-');
}
/** True when our own client asks an authority; beside an nself CLI that is the CLI's matter. */
function isIssued(project) {
    return project.acme !== undefined && project.core === 'managed';
}
// Only DNS proves a wildcard to an authority; whoever brings or makes a certificate needs no proof.
function sharesWildcard(project, domain) {
    const hasWildcard = !isIssued(project) || project.acme?.dnsProvider !== undefined;
    return hasWildcard && (domain === project.baseDomain || domain.slice(domain.indexOf('.') + 1) === project.baseDomain);
}
// Browsers take no wildcard right below a top-level name, such as *.localhost.
function nameOn(project, domain) {
    const { baseDomain } = project;
    return sharesWildcard(project, domain) && domain !== baseDomain && baseDomain.includes('.') ? `*.${baseDomain}` : domain;
}


/***/ }),

/***/ 6931:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  mx: () => (/* binding */ coreServices),
  rF: () => (/* binding */ coreVolumes),
  yo: () => (/* binding */ postgresInit)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: ./build/config/project.js
var config_project = __webpack_require__(25614);
// EXTERNAL MODULE: ./build/render/acme.js
var render_acme = __webpack_require__(68199);
// EXTERNAL MODULE: ./build/render/certificates.js
var certificates = __webpack_require__(8553);
// EXTERNAL MODULE: ./build/render/references.js
var references = __webpack_require__(41119);
// EXTERNAL MODULE: ./build/render/yaml.js
var yaml = __webpack_require__(60198);
// EXTERNAL MODULE: ./build/render/compose/custom-service.js + 1 modules
var custom_service = __webpack_require__(36613);
// EXTERNAL MODULE: ./build/render/compose/environment.js
var environment = __webpack_require__(78403);
// EXTERNAL MODULE: ./build/render/http3.js
var http3 = __webpack_require__(14108);
;// CONCATENATED MODULE: ./build/render/compose/nginx-service.js





/** The compose entry of nginx, with its files and certificates mounted from where the generated stack has them. */
function nginxService(project, nginx) {
    return {
        image: nginx.image,
        restart: 'unless-stopped',
        security_opt: ['no-new-privileges:true'],
        logging: custom_service/* logging */.m,
        ports: publishedPorts(project, nginx),
        healthcheck: nginxHealthcheck,
        cap_drop: ['ALL'],
        cap_add: ['CHOWN', 'NET_BIND_SERVICE', 'SETGID', 'SETUID'],
        read_only: true,
        tmpfs: ['/run', '/tmp', '/var/cache/nginx'],
        volumes: [
            './nginx/nginx.conf:/etc/nginx/nginx.conf:ro',
            ...['conf.d', 'custom', 'includes', 'sites'].map((folder) => `./nginx/${folder}:/etc/nginx/${folder}:ro`),
            ...certificateMounts(project),
        ],
    };
}
/** Asks nginx itself, at an address that no service has. */
const nginxHealthcheck = {
    test: ['CMD-SHELL', 'curl -fsS -o /dev/null http://127.0.0.1/.nself/health || wget -q -O /dev/null http://127.0.0.1/.nself/health'],
    interval: '10s',
    timeout: '5s',
    retries: 5,
    start_period: '10s',
    start_interval: '1s',
};
/** The ports of the host that lead to nginx; HTTP/3 is the same port by UDP. */
function publishedPorts(project, { bind, httpPort, httpsPort }) {
    const address = bind.includes(':') ? `[${bind}]` : bind;
    return [
        (0,yaml/* quoted */.TL)(`${address}:${httpPort}:80`),
        ...(project.tls === 'none' ? [] : [(0,yaml/* quoted */.TL)(`${address}:${httpsPort}:443`)]),
        ...((0,http3/* hasHttp3 */.I)(project) ? [(0,yaml/* quoted */.TL)(`${address}:${httpsPort}:443/udp`)] : []),
    ];
}
// Not the folder above: it shuts out the host's other users, and the container need not see it.
function certificateMounts(project) {
    if (project.tls === 'none')
        return [];
    return [(0,certificates/* isIssued */.sl)(project) ? `${render_acme/* certificatesVolume */.Jb}:${render_acme/* acmeRoot */.zG}:ro` : './ssl/certificates:/etc/nginx/ssl/certificates:ro'];
}

;// CONCATENATED MODULE: ./build/render/compose/core-services.js









const common = { restart: 'unless-stopped', security_opt: ['no-new-privileges:true'], logging: custom_service/* logging */.m };
/** The compose entries of the core services that are switched on, in the order in which they start. */
function coreServices(project, nginxFiles) {
    const { postgres, redis, hasura, auth, minio, mailpit, nginx } = project;
    const acme = (0,render_acme/* acmeService */.oe)(project, { source: './nginx/acme', target: '/acme', folder: '/acme' });
    const published = (hostPort, port) => project.environment.kind === 'development' ? { ports: [(0,yaml/* quoted */.TL)(`127.0.0.1:${hostPort}:${port}`)] } : {};
    return {
        ...(postgres === undefined
            ? {}
            : {
                postgres: {
                    image: postgres.image,
                    ...common,
                    environment: core_services_environment({ POSTGRES_USER: postgres.user, POSTGRES_PASSWORD: environment/* postgresPassword */.F3, POSTGRES_DB: postgres.database }),
                    ...published(postgres.publishedPort, 5432),
                    // By TCP: while the image initialises a new volume, its server listens on the socket only.
                    healthcheck: check(['CMD', 'pg_isready', '--host=127.0.0.1', `--username=${postgres.user}`, `--dbname=${postgres.database}`], '60s'),
                    shm_size: '256m',
                    stop_grace_period: '60s',
                    volumes: ['postgres_data:/var/lib/postgresql/data', './postgres/init:/docker-entrypoint-initdb.d:ro'],
                },
            }),
        ...postgresInit(project),
        ...(redis === undefined ? {} : { redis: { ...redisService(redis.image), ...published(redis.publishedPort, 6379) } }),
        ...(hasura === undefined || postgres === undefined
            ? {}
            : {
                hasura: {
                    ...hasuraService(hasura.image, postgres, project.environment.kind === 'development'),
                    ...published(hasura.publishedPort, 8080),
                },
            }),
        ...(auth === undefined || postgres === undefined
            ? {}
            : { auth: { ...authService(project, auth.image, postgres), ...published(auth.publishedPort, 4000) } }),
        ...(minio === undefined
            ? {}
            : {
                minio: {
                    image: minio.image,
                    ...common,
                    // A folder at the root of the volume is a bucket, so the services' bucket exists from the first start.
                    entrypoint: ['sh', '-c'],
                    command: [`mkdir -p /data/${minio.bucket} && exec minio server /data --console-address :9001`],
                    environment: core_services_environment({ MINIO_ROOT_USER: environment/* minioUser */.qU, MINIO_ROOT_PASSWORD: environment/* minioPassword */.Mk }),
                    ...(project.environment.kind === 'development'
                        ? { ports: [(0,yaml/* quoted */.TL)(`127.0.0.1:${minio.publishedPort}:9000`), (0,yaml/* quoted */.TL)(`127.0.0.1:${minio.consolePort}:9001`)] }
                        : {}),
                    volumes: ['minio_data:/data'],
                },
            }),
        ...(mailpit === undefined
            ? {}
            : {
                mailpit: {
                    image: mailpit.image,
                    ...common,
                    ports: [(0,yaml/* quoted */.TL)(`127.0.0.1:${mailpit.publishedPort}:8025`), (0,yaml/* quoted */.TL)(`127.0.0.1:${mailpit.smtpPort}:1025`)],
                },
            }),
        ...(nginx === undefined ? {} : { nginx: { ...nginxService(project, nginx), ...configurationLabel(project, nginxFiles) } }),
        ...(acme === undefined ? {} : { acme }),
    };
}
/** Named volumes of the core services that are switched on. */
function coreVolumes(project) {
    const { postgres, redis, minio } = project;
    return [
        ...(postgres === undefined ? [] : ['postgres_data']),
        ...(redis === undefined ? [] : ['redis_data']),
        ...(minio === undefined ? [] : ['minio_data']),
        ...(project.nginx !== undefined && (0,certificates/* isIssued */.sl)(project) ? [render_acme/* acmeVolume */.b3, render_acme/* certificatesVolume */.Jb] : []),
    ];
}
/** Creates the services' databases on every start: the image's own init scripts run on an empty volume only. */
function postgresInit(project) {
    const { postgres } = project;
    if (postgres === undefined || (0,config_project/* databasesOf */.o)(project).length === 0)
        return {};
    return {
        'postgres-init': {
            image: postgres.image,
            restart: 'no',
            environment: core_services_environment({ PGHOST: 'postgres', PGUSER: postgres.user, PGPASSWORD: environment/* postgresPassword */.F3, PGDATABASE: postgres.database }),
            entrypoint: ['psql', '--no-psqlrc', '--set=ON_ERROR_STOP=1', '--file=/init/10-databases.sql'],
            ...(project.core === 'managed' ? { depends_on: { postgres: { condition: 'service_healthy' } } } : {}),
            security_opt: ['no-new-privileges:true'],
            logging: custom_service/* logging */.m,
            volumes: ['./postgres/init:/init:ro'],
        },
    };
}
function core_services_environment(values) {
    return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, (0,yaml/* quoted */.TL)(value)]));
}
function check(test, startPeriod) {
    return { test, interval: '10s', timeout: '5s', retries: 5, start_period: startPeriod, start_interval: '1s' };
}
// The password reaches the server by standard input: a process's arguments are readable by everyone on the host.
const redisScript = [
    'escaped=$$(printf %s "$$REDIS_PASSWORD" | sed \'s/[\\\\"]/\\\\&/g\')',
    '{ echo "appendonly yes"; echo "databases 16"; [ -z "$$REDIS_PASSWORD" ] || printf \'requirepass "%s"\\n\' "$$escaped"; } | exec redis-server -',
].join('; ');
function redisService(image) {
    return {
        image,
        ...common,
        command: ['sh', '-c', redisScript],
        environment: core_services_environment({ REDIS_PASSWORD: '${REDIS_PASSWORD:-}' }),
        healthcheck: check(['CMD-SHELL', 'REDISCLI_AUTH="$$REDIS_PASSWORD" redis-cli ping 2>/dev/null | grep -q PONG'], '30s'),
        volumes: ['redis_data:/data'],
    };
}
const adminSecret = (0,references/* required */.mw)('HASURA_GRAPHQL_ADMIN_SECRET', 'set HASURA_GRAPHQL_ADMIN_SECRET in .env.secrets');
// Compose 2.26 evaluates a nested `:?` even where the outer variable is set, so a choice of two names cannot be required.
const jwtConfiguration = '{"type":"${HASURA_JWT_TYPE:-HS256}","key":"${HASURA_JWT_KEY:-${JWT_SECRET:-}}"}';
function hasuraService(image, postgres, isDevelopment) {
    const url = (0,environment/* databaseUrl */.FA)(postgres.user, postgres.database);
    return {
        image,
        ...common,
        environment: core_services_environment({
            HASURA_GRAPHQL_METADATA_DATABASE_URL: url,
            HASURA_GRAPHQL_DATABASE_URL: url,
            HASURA_GRAPHQL_ADMIN_SECRET: adminSecret,
            HASURA_GRAPHQL_JWT_SECRET: jwtConfiguration,
            HASURA_GRAPHQL_UNAUTHORIZED_ROLE: '${HASURA_GRAPHQL_UNAUTHORIZED_ROLE:-public}',
            HASURA_GRAPHQL_ENABLE_CONSOLE: `\${HASURA_GRAPHQL_ENABLE_CONSOLE:-${isDevelopment}}`,
            HASURA_GRAPHQL_ENABLE_TELEMETRY: 'false',
        }),
        depends_on: { postgres: { condition: 'service_healthy' } },
        healthcheck: check(['CMD', 'curl', '--fail', '--silent', 'http://127.0.0.1:8080/healthz'], '60s'),
    };
}
function authService(project, image, postgres) {
    const scheme = project.tls === 'none' ? 'http' : 'https';
    const domain = project.coreSites.find(({ service }) => service === 'auth')?.domain ?? `auth.${project.baseDomain}`;
    return {
        image,
        ...common,
        environment: core_services_environment({
            AUTH_HOST: '0.0.0.0',
            AUTH_PORT: '4000',
            AUTH_SERVER_URL: `${scheme}://${domain}`,
            AUTH_CLIENT_URL: `\${AUTH_CLIENT_URL:-${scheme}://${project.baseDomain}}`,
            AUTH_JWT_ACCESS_TOKEN_EXPIRES_IN: '${AUTH_JWT_ACCESS_TOKEN_EXPIRES_IN:-900}',
            HASURA_GRAPHQL_ADMIN_SECRET: adminSecret,
            HASURA_GRAPHQL_DATABASE_URL: (0,environment/* databaseUrl */.FA)(postgres.user, postgres.database),
            HASURA_GRAPHQL_GRAPHQL_URL: 'http://hasura:8080/v1/graphql',
            HASURA_GRAPHQL_JWT_SECRET: jwtConfiguration,
        }),
        depends_on: {
            postgres: { condition: 'service_healthy' },
            ...(project.hasura === undefined ? {} : { hasura: { condition: 'service_healthy' } }),
        },
        healthcheck: check(['CMD', 'wget', '-q', '-O', '/dev/null', 'http://127.0.0.1:4000/healthz'], '60s'),
    };
}
// nginx reads its files once. In development `up` recreates it when they changed; elsewhere a deploy reloads it, which drops no request.
function configurationLabel({ environment }, files) {
    if (environment.kind !== 'development')
        return {};
    const hash = (0,external_node_crypto_.createHash)('sha256');
    for (const { path, content } of files)
        hash.update(JSON.stringify([path, content]));
    return { labels: { 'nself-build.configuration': hash.digest('hex') } };
}


/***/ }),

/***/ 36613:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  T: () => (/* binding */ customService),
  m: () => (/* binding */ logging)
});

// EXTERNAL MODULE: ./build/config/project.js
var config_project = __webpack_require__(25614);
// EXTERNAL MODULE: ./build/render/references.js
var references = __webpack_require__(41119);
// EXTERNAL MODULE: ./build/render/yaml.js
var yaml = __webpack_require__(60198);
// EXTERNAL MODULE: ./build/render/compose/environment.js
var environment = __webpack_require__(78403);
;// CONCATENATED MODULE: ./build/render/compose/health.js

/**
 * One HTTP request with nothing but bash, which every Debian image has (curl and wget are not in slim images).
 * It reads PORT and HEALTHCHECK_PATH in the container, so that a changed value needs no new image.
 */
const bashProbe = 'exec 3<>"/dev/tcp/127.0.0.1/$PORT" && printf \'GET %s HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n\' "$HEALTHCHECK_PATH" >&3 && read -r _ status _ <&3 && [[ $status == 2?? ]]';
/**
 * `disable: true` makes `up --wait` fail (https://github.com/docker/compose/issues/13522), and leaving the check out
 * would leave the image's. This program is in every container with `init: true`.
 */
const alwaysHealthy = { test: ['CMD', '/sbin/docker-init', '--version'], interval: '1h', start_period: '5s', start_interval: '1s' };
/** The compose `healthcheck` of a service. `start_interval` (Docker Engine 25) finds a started service within seconds. */
function healthcheck({ health, template }) {
    if (health.kind === 'disabled')
        return alwaysHealthy;
    return {
        test: test(health, template.probe).map(references/* literal */.eu),
        interval: '30s',
        timeout: '5s',
        retries: 3,
        start_period: template.startPeriod,
        start_interval: '2s',
    };
}
function test(health, probe) {
    switch (health.kind) {
        case 'shell':
            return ['CMD-SHELL', health.script];
        case 'exec':
            return ['CMD', ...health.argv];
        case 'path':
            return ['CMD', ...probeCommand(probe)];
    }
}
/** The program, with its arguments, that asks for the health of a service inside its container. */
function probeCommand(probe) {
    return probe === 'bash' ? ['bash', '-c', bashProbe] : probe;
}

;// CONCATENATED MODULE: ./build/render/compose/custom-service.js





const logging = { driver: 'json-file', options: { 'max-size': '10m', 'max-file': '3' } };
/** The compose entry of one custom service. `layout` says where the project's root lies, seen from the compose file. */
function customService(project, service, layout) {
    const { build, template } = service;
    const isDevelopment = project.environment.kind === 'development';
    const watch = isDevelopment && build !== undefined && build.target === template.dev.target ? template.dev.watch : [];
    // `docker compose watch` copies files into the container, which a read-only root refuses.
    const syncs = watch.some(({ action }) => action.startsWith('sync'));
    const readOnly = template.readOnly && !syncs;
    return {
        image: service.image,
        ...(build === undefined
            ? {}
            : {
                build: {
                    context: layout.fromRoot(build.context),
                    dockerfile: build.dockerfile,
                    ...(build.target === undefined ? {} : { target: build.target }),
                },
            }),
        ...(service.command === undefined ? {} : { command: service.command.map(references/* literal */.eu) }),
        restart: 'unless-stopped',
        init: true,
        environment: Object.fromEntries(Object.entries((0,environment/* serviceEnvironment */.J6)(project, service)).map(([name, value]) => [name, (0,yaml/* quoted */.TL)(value)])),
        ...(service.envFiles.length === 0 ? {} : { env_file: service.envFiles.map(layout.fromRoot) }),
        ...(service.publishedPort === undefined ? {} : { ports: [(0,yaml/* quoted */.TL)(`127.0.0.1:${service.publishedPort}:${service.port}`)] }),
        ...dependencies(project, service),
        healthcheck: healthcheck(service),
        deploy: {
            replicas: service.replicas,
            resources: { limits: { cpus: (0,yaml/* quoted */.TL)(String(service.cpu)), memory: service.memory.text, pids: template.pids } },
        },
        stop_grace_period: template.stopGracePeriod,
        cap_drop: ['ALL'],
        security_opt: ['no-new-privileges:true'],
        ...(readOnly ? { read_only: true } : {}),
        tmpfs: [...template.tmpfs],
        ...(service.volumes.length === 0
            ? {}
            : { volumes: service.volumes.map((volume) => (0,references/* literal */.eu)(volume.startsWith('./') ? layout.fromRoot(volume.slice(2)) : volume)) }),
        ...networks(service),
        logging,
        ...(watch.length === 0
            ? {}
            : { develop: { watch: watch.map((rule) => ({ ...rule, path: layout.fromRoot(`${build?.context}/${rule.path}`) })) } }),
    };
}
function networks({ name, host, networks }) {
    // The name as written stays reachable too: `my_api` is not a legal host name, but Docker resolves it.
    const aliases = name === host ? null : { aliases: [name] };
    if (aliases === null && networks.length === 0)
        return {};
    return { networks: { default: aliases, ...Object.fromEntries(networks.map((network) => [network, null])) } };
}
// Services start once the stores they were given are there; an nself CLI that runs the core starts it itself.
function dependencies(project, service) {
    const conditions = {};
    if (project.core === 'managed') {
        if (project.postgres !== undefined)
            conditions.postgres = { condition: 'service_healthy' };
        if (project.redis !== undefined)
            conditions.redis = { condition: 'service_healthy' };
        if (project.minio !== undefined)
            conditions.minio = { condition: 'service_started' };
    }
    if ((0,config_project/* databasesOf */.o)(project).length > 0 && service.database !== undefined)
        conditions['postgres-init'] = { condition: 'service_completed_successfully' };
    for (const { name, condition } of service.dependsOn) {
        const host = project.services.find((other) => other.name === name || other.host === name)?.host ?? name;
        if (project.core === 'managed' || project.services.some((other) => other.host === host))
            conditions[host] = { condition };
    }
    return Object.keys(conditions).length === 0 ? {} : { depends_on: conditions };
}


/***/ }),

/***/ 78403:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   F3: () => (/* binding */ postgresPassword),
/* harmony export */   FA: () => (/* binding */ databaseUrl),
/* harmony export */   J6: () => (/* binding */ serviceEnvironment),
/* harmony export */   Mk: () => (/* binding */ minioPassword),
/* harmony export */   qU: () => (/* binding */ minioUser)
/* harmony export */ });
/* unused harmony export redisUrl */
/* harmony import */ var _references_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(41119);

const jwtSecret = '${JWT_SECRET:-${HASURA_JWT_KEY:-}}';
const postgresPassword = (0,_references_js__WEBPACK_IMPORTED_MODULE_0__/* .required */ .mw)('POSTGRES_PASSWORD', 'set POSTGRES_PASSWORD in .env.secrets');
/** `redis://redis:6379/<database>`, with the password in front only when there is one. */
function redisUrl(database) {
    const credentials = `\${REDIS_PASSWORD:+:}${(0,_references_js__WEBPACK_IMPORTED_MODULE_0__/* .inUrl */ .Hc)('REDIS_PASSWORD', '${REDIS_PASSWORD:-}')}\${REDIS_PASSWORD:+@}`;
    return `redis://${credentials}redis:6379${database === undefined ? '' : `/${database}`}`;
}
function databaseUrl(user, database) {
    return `postgresql://${user}:${(0,_references_js__WEBPACK_IMPORTED_MODULE_0__/* .inUrl */ .Hc)('POSTGRES_PASSWORD', postgresPassword)}@postgres:5432/${database}`;
}
/**
 * The environment of a custom service: every name of the specification and every name that the nself lines set,
 * then `CS_N_ENV`, which wins. Values are compose text: secrets stay references.
 */
function serviceEnvironment(project, service) {
    // Without a prototype, so that `__proto__` is a name like any other.
    const environment = Object.assign(Object.create(null), {
        SERVICE_NAME: service.name,
        SERVICE_PORT: String(service.port),
        PORT: String(service.port),
        PROJECT_NAME: project.name,
        BASE_DOMAIN: project.baseDomain,
        DOCKER_NETWORK: `${project.name}_network`,
        ENV: project.environment.name,
        ENVIRONMENT: project.environment.name,
        APP_ENV: project.environment.name,
        // Node's ecosystem knows two values; staging runs what production runs.
        NODE_ENV: project.environment.kind === 'development' ? 'development' : 'production',
        ...(service.public && service.domains[0] !== undefined ? { SERVICE_ROUTE: service.domains[0] } : {}),
        ...(service.health.kind === 'path' ? { HEALTHCHECK_PATH: (0,_references_js__WEBPACK_IMPORTED_MODULE_0__/* .literal */ .eu)(service.health.path) } : {}),
        ...postgresEnvironment(project, service),
        ...redisEnvironment(project, service),
        ...hasuraEnvironment(project),
        ...authEnvironment(project),
        ...storageEnvironment(project),
    });
    for (const name of service.passthrough)
        environment[name] = `\${${name}-}`;
    for (const { key, parts } of service.environment)
        environment[key] = (0,_references_js__WEBPACK_IMPORTED_MODULE_0__/* .composeValue */ .o7)(parts, `CS_${service.slot}_ENV`);
    return environment;
}
function postgresEnvironment({ postgres }, service) {
    if (postgres === undefined)
        return {};
    const database = service.database ?? postgres.database;
    return {
        POSTGRES_HOST: 'postgres',
        POSTGRES_PORT: '5432',
        POSTGRES_DB: database,
        POSTGRES_USER: postgres.user,
        POSTGRES_PASSWORD: postgresPassword,
        DATABASE_URL: databaseUrl(postgres.user, database),
        ...(service.tablePrefix === undefined ? {} : { TABLE_PREFIX: service.tablePrefix }),
    };
}
function redisEnvironment({ redis }, service) {
    if (redis === undefined)
        return {};
    return {
        REDIS_HOST: 'redis',
        REDIS_PORT: '6379',
        REDIS_PASSWORD: '${REDIS_PASSWORD:-}',
        REDIS_URL: redisUrl(service.redisDatabase),
        ...(service.redisDatabase === undefined ? {} : { REDIS_DB: String(service.redisDatabase) }),
        ...(service.redisPrefix === undefined ? {} : { REDIS_PREFIX: service.redisPrefix }),
    };
}
function hasuraEnvironment({ hasura }) {
    if (hasura === undefined)
        return {};
    const secret = (0,_references_js__WEBPACK_IMPORTED_MODULE_0__/* .required */ .mw)('HASURA_GRAPHQL_ADMIN_SECRET', 'set HASURA_GRAPHQL_ADMIN_SECRET in .env.secrets');
    return {
        HASURA_GRAPHQL_URL: 'http://hasura:8080/v1/graphql',
        HASURA_GRAPHQL_ENDPOINT: 'http://hasura:8080/v1/graphql',
        HASURA_GRAPHQL_ADMIN_SECRET: secret,
        HASURA_ADMIN_SECRET: secret,
    };
}
function authEnvironment({ auth, services }) {
    const own = services.find(({ name }) => name === 'auth');
    if (auth === undefined && own === undefined)
        return { JWT_SECRET: jwtSecret };
    const url = `http://auth:${own?.port ?? 4000}`;
    return { AUTH_URL: url, AUTH_SERVER_URL: url, HASURA_AUTH_URL: url, JWT_SECRET: jwtSecret };
}
function storageEnvironment({ minio }) {
    if (minio === undefined)
        return {};
    return {
        S3_ENDPOINT: 'http://minio:9000',
        S3_ACCESS_KEY: minioUser,
        S3_SECRET_KEY: minioPassword,
        S3_BUCKET: minio.bucket,
    };
}
const minioUser = '${S3_ACCESS_KEY:-${MINIO_ROOT_USER:-minioadmin}}';
const minioPassword = '${S3_SECRET_KEY:-${MINIO_ROOT_PASSWORD:-}}';


/***/ }),

/***/ 95858:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   a: () => (/* binding */ layoutOf)
/* harmony export */ });
/** Development lives at the project's root, every other environment in `deploy/<environment>/`. */
function layoutOf(environment) {
    if (environment.kind === 'development')
        return { directory: '', fromRoot: (path) => (path === '.' ? '.' : `./${path}`) };
    return { directory: `deploy/${environment.name}/`, fromRoot: (path) => (path === '.' ? '../..' : `../../${path}`) };
}


/***/ }),

/***/ 68156:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   J: () => (/* binding */ provenanceOf),
/* harmony export */   w: () => (/* binding */ withHeader)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(77598);

const marker = 'Generated by nself-build';
const checksumLine = /checksum: sha256:([0-9a-f]{64})/;
/**
 * Puts the three header lines of a tool-owned file before `body` (after a shebang line, where there is one).
 * The checksum covers all other lines, so that a hand edit shows without any other record.
 */
function withHeader(body, style, extend) {
    const lines = [
        `${marker}. Do not edit: the next run rewrites this file.`,
        `To change the result: ${extend}`,
        `checksum: sha256:${digest(body)}`,
    ];
    const header = lines.map((line, index) => comment(line, style, index === lines.length - 1)).join('');
    const first = openings[style].exec(body)?.[0] ?? '';
    return first + header + body.slice(first.length);
}
// JSON has no comments: the lines are the elements of a list that the file begins with, empty in the body.
const shebang = /^#!.*\n/;
const openings = { '#': shebang, '--': shebang, '<!--': shebang, json: /^\{\n {2}"\/\/": \[\n/ };
function comment(line, style, isLast) {
    if (style === 'json')
        return `    ${JSON.stringify(line)}${isLast ? '' : ','}\n`;
    return style === '<!--' ? `<!-- ${line} -->\n` : `${style} ${line}\n`;
}
/** Tells whether a file on disk is one that this tool wrote. Line endings do not count. */
function provenanceOf(text) {
    const lines = text.replaceAll('\r\n', '\n').split('\n');
    const start = lines.slice(0, 4).findIndex((line) => line.includes(marker));
    if (start === -1)
        return 'foreign';
    const recorded = checksumLine.exec(lines[start + 2] ?? '')?.[1];
    const body = [...lines.slice(0, start), ...lines.slice(start + 3)].join('\n');
    return recorded === digest(body) ? 'intact' : 'edited';
}
function digest(text) {
    return (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(text).digest('hex');
}


/***/ }),

/***/ 14108:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   I: () => (/* binding */ hasHttp3)
/* harmony export */ });
/* harmony import */ var _nginx_version_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(91772);

/**
 * True where nginx also speaks HTTP/3: the image has it, and certificates are such that browsers use it, which excludes
 * development and its own authority.
 */
function hasHttp3({ nginx, tls, core, environment }) {
    if (nginx === undefined || tls === 'none' || core === 'external' || environment.kind === 'development')
        return false;
    return nginx.http3 && (0,_nginx_version_js__WEBPACK_IMPORTED_MODULE_0__/* .isNginxSince */ .Z)(nginx, 1, 25, 1);
}


/***/ }),

/***/ 15977:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   K: () => (/* binding */ createRenderer)
/* harmony export */ });
/* harmony import */ var liquidjs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(48694);

/**
 * A Liquid engine over templates in memory: no file system, own properties only, nothing undefined, and bounds on
 * parsing and rendering, since a project may bring templates of its own. Templates may render each other by name.
 */
function createRenderer(templates) {
    const engine = new liquidjs__WEBPACK_IMPORTED_MODULE_0__/* .Liquid */ .HX({
        templates,
        ownPropertyOnly: true,
        strictVariables: true,
        strictFilters: true,
        // Without it the machine's own locale would be asked for, which is slow and differs.
        locale: 'en',
        parseLimit: 1e7,
        renderLimit: 5e3,
    });
    const parsed = new Map();
    return (name, scope) => {
        let template = parsed.get(name);
        if (template === undefined) {
            template = engine.parse(templates[name] ?? '', name);
            parsed.set(name, template);
        }
        return engine.renderSync(template, scope);
    };
}


/***/ }),

/***/ 12587:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   C: () => (/* binding */ renderLocalCertificates),
/* harmony export */   E: () => (/* binding */ makesCertificates)
/* harmony export */ });
/* harmony import */ var _certificates_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8553);
/* harmony import */ var _compose_layout_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(95858);
/* harmony import */ var _header_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(68156);



/** True when the machine that runs the stack makes its certificates itself. */
function makesCertificates({ tls, core, nginx }) {
    return tls === 'local' && core === 'managed' && nginx !== undefined;
}
/** Renders the script that makes them, beside the compose wrapper. Certificates themselves are never generated files. */
function renderLocalCertificates(project, render, handWritten) {
    if (!makesCertificates(project))
        return [];
    const { directory } = (0,_compose_layout_js__WEBPACK_IMPORTED_MODULE_1__/* .layoutOf */ .a)(project.environment);
    const body = render('local/certificates', { name: project.name, directory, localCertificates: (0,_certificates_js__WEBPACK_IMPORTED_MODULE_2__/* .certificatesOf */ .mm)(project, handWritten) });
    return [{ path: scriptPath(directory), content: (0,_header_js__WEBPACK_IMPORTED_MODULE_0__/* .withHeader */ .w)(body, '#', 'change the CS_N lines.'), executable: true }];
}
function scriptPath(directory) {
    return directory === '' ? 'services/.scaffold/certificates' : `${directory}certificates`;
}


/***/ }),

/***/ 91772:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Z: () => (/* binding */ isNginxSince)
/* harmony export */ });
/** True when nginx is of this version or a later one. */
function isNginxSince({ version }, ...wanted) {
    for (let index = 0; index < 3; index++) {
        const difference = version[index] - wanted[index];
        if (difference !== 0)
            return difference > 0;
    }
    return true;
}


/***/ }),

/***/ 32605:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   F: () => (/* binding */ renderNginx)
/* harmony export */ });
/* harmony import */ var _acme_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(68199);
/* harmony import */ var _certificates_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(8553);
/* harmony import */ var _compose_layout_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(95858);
/* harmony import */ var _header_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(68156);
/* harmony import */ var _http3_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(14108);
/* harmony import */ var _nginx_version_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(91772);
/* harmony import */ var _sites_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(64781);







/** The folder names under `templates/nginx` whose files become includes of the same name. */
const includes = ['shared', 'acme', 'tls', 'certificate', 'headers', 'maintenance', 'proxy', 'grpc'];
/**
 * Renders the nginx files. Beside an nself CLI (`core: external`) only `nginx/sites/cs-*.conf` are written, and they
 * bring along what the CLI's own nginx.conf does not define. `release` renders them for a host instead.
 */
function renderNginx(project, render, handWritten, release) {
    if (project.nginx === undefined)
        return [];
    const { directory } = (0,_compose_layout_js__WEBPACK_IMPORTED_MODULE_2__/* .layoutOf */ .a)(project.environment);
    const scope = {
        ...scopeOf(project, handWritten),
        release: release !== undefined,
        tasks: release?.upstreams === 'tasks',
        drainSeconds: release?.drainSeconds ?? 0,
        maintenanceFlag: release === undefined ? '/etc/nginx/custom/maintenance' : '/etc/nginx/nself/live/maintenance',
    };
    const sites = (0,_sites_js__WEBPACK_IMPORTED_MODULE_3__/* .sitesOf */ .Yc)(project, handWritten);
    const own = (path, text, style = '#') => ({
        path: `${directory}nginx/${path}`,
        content: (0,_header_js__WEBPACK_IMPORTED_MODULE_1__/* .withHeader */ .w)(ensureNewline(text), style, extendHint(project, style)),
        executable: false,
    });
    const file = (path, template, style) => own(path, render(template, scope), style);
    const rolled = release?.rolled ?? [];
    const chooseUpstream = release?.upstreams === 'tasks' ? _sites_js__WEBPACK_IMPORTED_MODULE_3__/* .taskUpstream */ .N_ : _sites_js__WEBPACK_IMPORTED_MODULE_3__/* .colourSwitch */ .RO;
    const renderSite = (0,_sites_js__WEBPACK_IMPORTED_MODULE_3__/* .siteRenderer */ .r1)(project.core, render, scope, new Set(rolled.map(({ host }) => host)), chooseUpstream);
    const siteFiles = sites.map((site) => own(`sites/${site.file}`, renderSite(site)));
    if (project.core === 'external')
        return sites.length === 0 ? [] : [file('sites/cs--shared.conf', 'includes/shared.conf'), ...siteFiles];
    return [
        file('nginx.conf', 'nginx.conf'),
        file('conf.d/default.conf', 'conf.d/default.conf'),
        file('custom/README.md', 'custom/README.md', '<!--'),
        ...includes.filter((name) => isIncluded(name, scope)).map((name) => file(`includes/${name}.conf`, `includes/${name}.conf`)),
        ...((0,_certificates_js__WEBPACK_IMPORTED_MODULE_4__/* .isIssued */ .sl)(project)
            ? [own('acme/certificates.tsv', (0,_acme_js__WEBPACK_IMPORTED_MODULE_0__/* .renderCertificateList */ .m_)(project, handWritten)), own('acme/renew.sh', render('acme/renew.sh', scope))]
            : []),
        ...siteFiles,
        ...rolled.flatMap((service) => (release?.upstreams === 'tasks' ? tasksOf : coloursOf)(service, scope, render).map(({ path, text }) => own(path, text))),
    ];
}
/** A rolled service's upstreams, one file per colour, and the server by which other containers reach it. */
function coloursOf(service, scope, render) {
    const { host, port } = service;
    const { blue, green } = (0,_sites_js__WEBPACK_IMPORTED_MODULE_3__/* .colourNames */ .nK)(host);
    const addresses = { blue: `${host}-blue:${port}`, green: `${host}-green:${port}` };
    const upstream = (name, address, other) => render('upstream.conf', { ...scope, upstream: name, address, other });
    return [
        { path: `upstreams/${host}-blue.conf`, text: upstream(blue, addresses.blue, addresses.green) },
        { path: `upstreams/${host}-green.conf`, text: upstream(green, addresses.green, addresses.blue) },
        internalOf(service, (0,_sites_js__WEBPACK_IMPORTED_MODULE_3__/* .colourSwitch */ .RO)(host, scope.resolvesUpstreams), scope, render),
    ];
}
/** The same for a swarm, where a name has the addresses of all tasks that may be asked. */
function tasksOf(service, scope, render) {
    const { host, port } = service;
    const words = { upstream: (0,_sites_js__WEBPACK_IMPORTED_MODULE_3__/* .taskName */ .p5)(host), address: `${host}-app:${port}`, other: '' };
    return [
        { path: `upstreams/${host}.conf`, text: render('upstream.conf', { ...scope, ...words }) },
        internalOf(service, (0,_sites_js__WEBPACK_IMPORTED_MODULE_3__/* .taskUpstream */ .N_)(host, scope.resolvesUpstreams), scope, render),
    ];
}
function internalOf({ name, host, port, template }, upstream, scope, render) {
    const serverNames = [...new Set([host, name])].join(' ');
    const words = { name, port, grpc: template.kind === 'grpc', serverNames, switch: upstream };
    return { path: `internal/${host}.conf`, text: render('internal.conf', { ...scope, ...words }) };
}
function isIncluded(name, { withTls, acme }) {
    if (name === 'tls' || name === 'certificate')
        return withTls;
    return name !== 'acme' || acme;
}
function scopeOf(project, handWritten) {
    const nginx = project.nginx;
    const isNewer = (...wanted) => (0,_nginx_version_js__WEBPACK_IMPORTED_MODULE_5__/* .isNginxSince */ .Z)(nginx, ...wanted);
    const external = project.core === 'external';
    // Debian's nginx 1.22 knows neither the http2 directive (1.25.1) nor resolving upstreams (1.27.3); an nself CLI's nginx is unknown.
    const hasHttp2Directive = isNewer(1, 25, 1) && !external;
    const withTls = project.tls !== 'none';
    return {
        clientMaxBodySize: nginx.clientMaxBodySize,
        trustedProxies: nginx.trustedProxies,
        hasHttp2Directive,
        http2Parameter: hasHttp2Directive || external ? '' : ' http2',
        resolvesUpstreams: isNewer(1, 27, 3) && !external,
        hasKeepaliveMinimum: isNewer(1, 27, 4),
        hasCertificateCache: isNewer(1, 27, 4) && !external,
        mergesHeaders: isNewer(1, 29, 3) && !external,
        withTls,
        redirectsToHttps: project.tls === 'letsencrypt' || project.tls === 'custom',
        acme: project.tls === 'letsencrypt',
        acmeWebroot: external ? '/etc/nginx/ssl/.acme-webroot' : `${_acme_js__WEBPACK_IMPORTED_MODULE_0__/* .acmeRoot */ .zG}/webroot`,
        hsts: project.hstsSeconds > 0,
        hstsSeconds: project.hstsSeconds,
        http3: (0,_http3_js__WEBPACK_IMPORTED_MODULE_6__/* .hasHttp3 */ .I)(project),
        httpsPort: nginx.httpsPort,
        httpsSuffix: nginx.httpsPort === 443 || external ? '' : `:${nginx.httpsPort}`,
        maintenance: !external,
        certificateRoot: certificateRoot(project),
        defaultCertificate: (0,_certificates_js__WEBPACK_IMPORTED_MODULE_4__/* .certificateFolder */ .Qd)(project.baseDomain),
        certificates: (0,_certificates_js__WEBPACK_IMPORTED_MODULE_4__/* .foldersOf */ .pd)(project, handWritten).filter(({ folder }) => folder !== (0,_certificates_js__WEBPACK_IMPORTED_MODULE_4__/* .certificateFolder */ .Qd)(project.baseDomain)),
    };
}
// Bash nself mounts ssl/certificates itself, nself 1.x its parent.
function certificateRoot(project) {
    if ((0,_certificates_js__WEBPACK_IMPORTED_MODULE_4__/* .isIssued */ .sl)(project))
        return `${_acme_js__WEBPACK_IMPORTED_MODULE_0__/* .acmeRoot */ .zG}/certificates`;
    return project.core === 'external' && project.envOrder === 'legacy' ? '/etc/nginx/ssl' : '/etc/nginx/ssl/certificates';
}
function ensureNewline(text) {
    return `${text.trim()}\n`;
}
function extendHint(project, style) {
    if (style === '<!--')
        return 'add files beside it.';
    return project.core === 'external'
        ? 'change the CS_N lines, or add files to nginx/conf.d/.'
        : 'change the CS_N lines, or add files to nginx/custom/ or nginx/conf.d/.';
}


/***/ }),

/***/ 22090:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   K: () => (/* binding */ renderPostgres)
/* harmony export */ });
/* harmony import */ var _config_project_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(25614);
/* harmony import */ var _compose_layout_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(95858);
/* harmony import */ var _header_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(68156);



/** Renders the script that creates the services' databases; safe to run on every start. */
function renderPostgres(project) {
    const databases = (0,_config_project_js__WEBPACK_IMPORTED_MODULE_1__/* .databasesOf */ .o)(project);
    if (project.postgres === undefined || (project.core === 'external' && databases.length === 0))
        return [];
    // CREATE DATABASE has no IF NOT EXISTS and does not run in a DO block: \gexec runs what the SELECT returns.
    const statements = databases.map((name) => `SELECT 'CREATE DATABASE "${name}"' WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = '${name}')\\gexec\n`);
    const body = statements.length === 0 ? '-- No service asks for a database of its own (CS_N_DATABASE).\n' : statements.join('');
    const path = `${(0,_compose_layout_js__WEBPACK_IMPORTED_MODULE_2__/* .layoutOf */ .a)(project.environment).directory}postgres/init/10-databases.sql`;
    return [{ path, content: (0,_header_js__WEBPACK_IMPORTED_MODULE_0__/* .withHeader */ .w)(body, '--', 'set CS_N_DATABASE, or add files of your own beside this one.'), executable: false }];
}


/***/ }),

/***/ 41119:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Hc: () => (/* binding */ inUrl),
/* harmony export */   eu: () => (/* binding */ literal),
/* harmony export */   mw: () => (/* binding */ required),
/* harmony export */   o7: () => (/* binding */ composeValue)
/* harmony export */ });
/** Escapes text so that Compose's interpolation leaves it as it is. */
function literal(text) {
    return text.replaceAll('$', '$$$$');
}
/** A variable that the stack cannot start without; the message reaches the user when it is missing. */
function required(name, message) {
    return `\${${name}:?${message}}`;
}
/** A secret for use inside a URL: its percent-encoded form where the user or a deploy provides one. */
function inUrl(name, inner) {
    return `\${${name}_URLENCODED:-${inner}}`;
}
/** The compose text of a `CS_N_ENV` value: literals escaped, references kept; a bare `${VAR}` must be set (empty is allowed). */
function composeValue(parts, source) {
    return parts
        .map((part) => {
        if ('literal' in part)
            return literal(part.literal);
        if (part.operator === '')
            return `\${${part.name}?${source} refers to it}`;
        return `\${${part.name}${part.operator}${literal(part.operand)}}`;
    })
        .join('');
}


/***/ }),

/***/ 64781:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   LD: () => (/* binding */ serverNamesIn),
/* harmony export */   N_: () => (/* binding */ taskUpstream),
/* harmony export */   RO: () => (/* binding */ colourSwitch),
/* harmony export */   Yc: () => (/* binding */ sitesOf),
/* harmony export */   nK: () => (/* binding */ colourNames),
/* harmony export */   p5: () => (/* binding */ taskName),
/* harmony export */   r1: () => (/* binding */ siteRenderer)
/* harmony export */ });
/** The `server_name`s of an nginx file, comments left out. Names with wildcards or patterns are kept as they are. */
function serverNamesIn(text) {
    const code = text.replace(/(^|[\s;{}])#[^\n]*/g, '$1');
    return [...code.matchAll(/(?:^|[\s;{}])server_name\s+([^;{}]+);/g)]
        .flatMap((match) => match[1].trim().split(/\s+/))
        .filter((name) => name !== '_');
}
/** The public sites, each with the domains that no hand-written file serves. */
function sitesOf(project, handWritten) {
    const free = (domains) => domains.filter((domain) => !handWritten.has(domain));
    const core = project.core === 'external' ? [] : project.coreSites;
    const sites = [
        ...core.map(({ service, domain, port }) => ({
            name: service,
            host: service,
            port,
            domains: free([domain]),
            file: `${service}.conf`,
        })),
        ...project.services
            .filter((service) => service.public)
            .map((service) => ({
            name: service.name,
            host: service.host,
            port: service.port,
            domains: free(service.domains),
            file: `cs-${service.name}.conf`,
            service,
        })),
    ];
    return sites.filter(({ domains }) => domains.length > 0);
}
/** The nginx names of the two colours of a rolled service: upstreams, or the variables that stand for them before nginx 1.27.3. */
function colourNames(host) {
    const name = `nself_${host.replaceAll('-', '_')}`;
    return { blue: `${name}_blue`, green: `${name}_green` };
}
/** Chooses the live colour per request by a file: the switch of a deploy is atomic and needs no reload. */
function colourSwitch(host, resolvesUpstreams) {
    const { blue, green } = colourNames(host);
    const sign = resolvesUpstreams ? '' : '$';
    return `set $nself_live ${sign}${blue};
    if (-f /etc/nginx/nself/live/${host}.green) {
        set $nself_live ${sign}${green};
    }`;
}
/** The nginx name of a service's tasks in a swarm. */
function taskName(host) {
    return `nself_${host.replaceAll('-', '_')}_tasks`;
}
/** Names the tasks of a service in a swarm, which has nothing to choose from. */
function taskUpstream(host, resolvesUpstreams) {
    return `set $nself_live ${resolvesUpstreams ? '' : '$'}${taskName(host)};`;
}
/** The words that differ from site to site. All are plain names, numbers and domains. */
function wordsOf({ name, host, port, domains, service }, resolvesUpstreams, chooseUpstream) {
    const { count = 1, per = 'minute' } = service?.rateLimit ?? {};
    return {
        name,
        host,
        port: String(port),
        upstream: `upstream_${host}`,
        serverNames: domains.join(' '),
        rate: `${count}r/${per === 'minute' ? 'm' : 's'}`,
        // A leaky bucket refuses the second of two calls that come together: a fifth of a minute's (or a second's) worth
        // may come at once, at least five.
        burst: String(Math.max(5, Math.ceil(count / 5))),
        retryAfter: per === 'minute' ? '60' : '1',
        bodySize: service?.bodySize ?? '',
        timeout: service?.timeout === undefined ? '1h' : `${service.timeout}s`,
        protocol: service?.template.kind === 'grpc' ? 'grpc' : 'proxy',
        switch: chooseUpstream(host, resolvesUpstreams),
    };
}
/** What decides which lines a site has. */
function shapeOf({ service }, rolled) {
    const grpc = service?.template.kind === 'grpc';
    return {
        grpc,
        waits: grpc || service?.websocket === true || service?.timeout !== undefined,
        limits: service?.bodySize !== undefined,
        rateLimit: service?.rateLimit !== undefined,
        rolled,
    };
}
/**
 * Renders sites. The template runs once per shape, with a mark for each word; the words are then put in their places.
 * A hundred sites have a handful of shapes, and a template engine is slow. `rolled` are the hosts that a deploy runs under other names; `chooseUpstream`
 * says by which.
 */
function siteRenderer(core, render, scope, rolled, chooseUpstream = colourSwitch) {
    const shapes = new Map();
    const marks = (words) => Object.fromEntries(Object.keys(words).map((word) => [word, `«${word}»`]));
    return (site) => {
        const shape = shapeOf(site, rolled.has(site.host));
        const words = wordsOf(site, scope.resolvesUpstreams, chooseUpstream);
        const key = JSON.stringify(shape);
        let text = shapes.get(key);
        if (text === undefined) {
            const include = (name, depth) => core === 'external' ? indent(render(`includes/${name}.conf`, scope), depth) : `include /etc/nginx/includes/${name}.conf;`;
            const includes = {
                acmeInclude: include('acme', 4),
                maintenanceInclude: include('maintenance', 4),
                tlsInclude: include('tls', 4),
                certificateInclude: include('certificate', 4),
                // Also where nginx answers itself; a block with an add_header of its own inherits none.
                serverHeadersInclude: include('headers', 4),
                headersInclude: include('headers', 8),
                proxyInclude: include(shape.grpc ? 'grpc' : 'proxy', 8),
            };
            text = render('site.conf', { ...scope, ...shape, ...includes, ...marks(words) });
            shapes.set(key, text);
        }
        return text.replace(/«(\w+)»/g, (_, word) => words[word] ?? '');
    };
}
function indent(text, depth) {
    return text.trim().replaceAll('\n', `\n${' '.repeat(depth)}`);
}


/***/ }),

/***/ 56898:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   S: () => (/* binding */ startCommand),
/* harmony export */   _: () => (/* binding */ renderWrapper)
/* harmony export */ });
/* harmony import */ var _config_environment_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(96642);
/* harmony import */ var _certificates_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(8553);
/* harmony import */ var _compose_layout_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(95858);
/* harmony import */ var _header_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(68156);
/* harmony import */ var _local_certificates_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(12587);





/** The command that starts the generated stack, from the project's root. */
function startCommand(project) {
    return `${wrapperPath(project)} up --build --wait`;
}
function wrapperPath(project) {
    const { directory } = (0,_compose_layout_js__WEBPACK_IMPORTED_MODULE_3__/* .layoutOf */ .a)(project.environment);
    return directory === '' ? 'services/.scaffold/compose' : `${directory}compose`;
}
/**
 * Renders `compose`: `docker compose` with every env file of the cascade. Compose alone reads only `.env`, and each of
 * its commands interpolates the whole file.
 */
function renderWrapper(project) {
    const { directory } = (0,_compose_layout_js__WEBPACK_IMPORTED_MODULE_3__/* .layoutOf */ .a)(project.environment);
    // Beside an nself CLI, docker-compose.override.yml belongs to that CLI's own stack.
    const composeFiles = project.core === 'external' ? ['docker-compose.custom.yml'] : ['docker-compose.override.yml', 'docker-compose.yml'];
    const files = (0,_config_environment_js__WEBPACK_IMPORTED_MODULE_0__/* .cascadeFiles */ .CU)(project.environment, project.envOrder);
    const body = `#!/bin/sh
# docker compose for ${project.name} (${project.environment.name}), with every env file of the cascade that exists.
set -eu
cd "$(dirname "$0")/../.."
${prepareCertificates(project, directory)}${testNginxFiles(project, directory)}for file in ${composeFiles.map((file) => directory + file).join(' ')}; do
  if [ -f "$file" ]; then set -- --file "$file" "$@"; fi
done
for file in ${files.toReversed().join(' ')}; do
  if [ -f "$file" ]; then set -- --env-file "$file" "$@"; fi
done
exec docker compose --project-directory ./${directory} "$@"
`;
    return { path: wrapperPath(project), content: (0,_header_js__WEBPACK_IMPORTED_MODULE_1__/* .withHeader */ .w)(body, '#', 'change the CS_N lines.'), executable: true };
}
// A folder that Docker makes for a mount belongs to root.
function prepareCertificates(project, directory) {
    if ((0,_local_certificates_js__WEBPACK_IMPORTED_MODULE_2__/* .makesCertificates */ .E)(project))
        return `case \${1:-} in up | create | run | start | restart | watch) ${wrapperPath(project).replace(/compose$/, 'certificates')} || echo 'HTTPS stays off.' >&2 ;; esac\n`;
    if (project.tls === 'none' || project.core === 'external' || (0,_certificates_js__WEBPACK_IMPORTED_MODULE_4__/* .isIssued */ .sl)(project))
        return '';
    return `mkdir -p -m 700 ${directory}ssl && mkdir -p ${directory}ssl/certificates\n`;
}
// Generated files are known to be good. A name that hand-written ones pass requests to may not be there before the first start.
function testNginxFiles(project, directory) {
    const { core, nginx } = project;
    if (core === 'external' || nginx === undefined)
        return '';
    return `case \${1:-} in up | create | start | restart)
  for file in ${directory}nginx/conf.d/*.conf ${directory}nginx/custom/*.conf; do
    if [ ! -f "$file" ] || [ "$file" = ${directory}nginx/conf.d/default.conf ]; then continue; fi
    said=$(${wrapperPath(project)} run --rm --no-deps -T --entrypoint nginx nginx -t 2>&1) || case $said in
      *'[emerg]'*'host not found'*) ;;
      *'[emerg]'*)
        printf '%s\\n' "$said" 'nginx refuses its files, so nothing was started or stopped. Correct the line that it names.' >&2
        exit 1
        ;;
    esac
    break
  done
  ;;
esac
`;
}


/***/ }),

/***/ 60198:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   TL: () => (/* binding */ quoted),
/* harmony export */   fE: () => (/* binding */ toYaml),
/* harmony export */   v5: () => (/* binding */ Quoted)
/* harmony export */ });
/* harmony import */ var yaml__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(38815);

/** A string that is always written in double quotes, so that no reader takes it for anything else. */
class Quoted {
    text;
    constructor(text) {
        this.text = text;
    }
}
function quoted(text) {
    return new Quoted(text);
}
/**
 * Writes YAML that readers of YAML 1.1 (Compose among them) and 1.2 understand alike. Keys keep their order.
 * The `yaml` library writes every scalar, each distinct one once and all in one call; only the block structure is
 * written here, which makes a file of a hundred services ten times faster (docs/decisions/0004).
 */
function toYaml(value) {
    const scalars = new Map();
    collect(value, scalars);
    writeScalars(scalars);
    return block(value, '', scalars).slice(1);
}
const prefixes = { plain: 'p', quoted: 'q' };
function keyOf(value) {
    return value instanceof Quoted ? prefixes.quoted + value.text : prefixes.plain + value;
}
function collect(value, scalars) {
    if (typeof value === 'string' || value instanceof Quoted)
        scalars.set(keyOf(value), '');
    else if (Array.isArray(value))
        for (const item of value)
            collect(item, scalars);
    else if (value !== null && typeof value === 'object')
        for (const [key, item] of Object.entries(value)) {
            scalars.set(keyOf(key), '');
            collect(item, scalars);
        }
}
// A sequence of scalars without folding and without block style is one line per scalar, in order.
function writeScalars(scalars) {
    const keys = [...scalars.keys()];
    if (keys.length === 0)
        return;
    const nodes = keys.map((key) => {
        const scalar = new yaml__WEBPACK_IMPORTED_MODULE_0__/* .Scalar */ .X5(key.slice(1));
        // Only double quotes keep a line break on one line.
        if (key.startsWith(prefixes.quoted) || key.includes('\n'))
            scalar.type = yaml__WEBPACK_IMPORTED_MODULE_0__/* .Scalar */ .X5.QUOTE_DOUBLE;
        return scalar;
    });
    const lines = (0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .stringify */ .As)(nodes, {
        version: '1.1',
        lineWidth: 0,
        blockQuote: false,
        doubleQuotedMinMultiLineLength: 2 ** 20,
        aliasDuplicateObjects: false,
    }).split('\n');
    for (const [index, key] of keys.entries())
        scalars.set(key, lines[index].slice('- '.length));
}
function block(value, indent, scalars) {
    if (typeof value === 'string' || value instanceof Quoted)
        return ` ${scalars.get(keyOf(value))}\n`;
    if (value === null || typeof value !== 'object')
        return ` ${value}\n`;
    const entries = Array.isArray(value)
        ? value.map((item) => ['-', item])
        : Object.entries(value).map(([key, item]) => [`${scalars.get(keyOf(key))}:`, item]);
    if (entries.length === 0)
        return Array.isArray(value) ? ' []\n' : ' {}\n';
    return `\n${entries.map(([head, item]) => indent + head + nested(head, item, indent, scalars)).join('')}`;
}
function nested(head, item, indent, scalars) {
    const text = block(item, `${indent}  `, scalars);
    // A mapping in a sequence starts on the line of its dash.
    return head === '-' && text.startsWith('\n') ? ` ${text.slice(1 + indent.length + 2)}` : text;
}


/***/ }),

/***/ 84662:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   DT: () => (/* binding */ describeChanges),
/* harmony export */   eP: () => (/* binding */ diffsOf),
/* harmony export */   vl: () => (/* binding */ changedPaths)
/* harmony export */ });
/* harmony import */ var diff__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(37291);
/* harmony import */ var _scaffold_lock_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(60508);


/** The paths that a set of changes touches, without the pristine copies, sorted. */
function changedPaths(changes) {
    return changes
        .filter(({ path }) => !path.startsWith(`${_scaffold_lock_js__WEBPACK_IMPORTED_MODULE_0__/* .baseFolder */ .YR}/`))
        .map((change) => (change.kind === 'move' ? change.to : change.path))
        .sort();
}
/** One line per change, then the diffs of changed files: what `generate` would do. New files are named, not shown. */
function describeChanges(changes) {
    const visible = changes.filter(({ path }) => !path.startsWith(`${_scaffold_lock_js__WEBPACK_IMPORTED_MODULE_0__/* .baseFolder */ .YR}/`));
    if (visible.length === 0)
        return 'Nothing to do: every file is as it should be.\n';
    const bases = changes.length - visible.length;
    const lines = visible
        .map((change) => `${change.kind.padEnd(6)}  ${change.path}${change.kind === 'move' ? ` → ${change.to}` : ''}\n`)
        .sort();
    return `${lines.join('')}${bases === 0 ? '' : `and ${bases} pristine copies in ${_scaffold_lock_js__WEBPACK_IMPORTED_MODULE_0__/* .baseFolder */ .YR}\n`}\n${diffsOf(visible)}`;
}
/** The diffs of changed and deleted files. */
function diffsOf(changes) {
    return changes
        .map((change) => {
        if (change.kind !== 'update' && change.kind !== 'delete')
            return '';
        const after = change.kind === 'update' ? change.content.toString('utf8') : '';
        return (0,diff__WEBPACK_IMPORTED_MODULE_1__/* .createTwoFilesPatch */ .ss)(`a/${change.path}`, change.kind === 'delete' ? '/dev/null' : `b/${change.path}`, change.before.toString('utf8'), after, undefined, undefined, { context: 3 }).replace(/^=+\n/, '');
    })
        .filter((diff) => diff !== '')
        .join('\n');
}


/***/ }),

/***/ 17234:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   maskable: () => (/* binding */ maskable),
/* harmony export */   redact: () => (/* binding */ redact),
/* harmony export */   redactDiagnostics: () => (/* binding */ redactDiagnostics)
/* harmony export */ });
const shortest = 6;
/**
 * The secrets that a runner is to mask: no short ones, and none that is in `names`, which other jobs need. A runner drops outputs
 * with a masked value, and `development` as a password of development would cost the name of the environment.
 */
function maskable(secrets, names) {
    return secrets.filter((secret) => secret.length >= shortest && !names.some((name) => name.includes(secret)));
}
/** Replaces secret values in text for people. Short values stay: hiding `true` or a port would hide half a log and protect nothing. */
function redact(text, secrets) {
    let result = text;
    // A log shows the lines of a secret one by one. Longest first: a secret may contain another one.
    const parts = [...new Set(secrets.flatMap((secret) => [secret, ...secret.split(/\r?\n/)]))];
    for (const secret of parts.sort((a, b) => b.length - a.length))
        if (secret.length >= shortest)
            result = result.replaceAll(secret, '***');
    return result;
}
/** The diagnostics with secret values replaced in what they say. */
function redactDiagnostics(diagnostics, secrets) {
    return diagnostics.map((diagnostic) => ({
        ...diagnostic,
        message: redact(diagnostic.message, secrets),
        fix: redact(diagnostic.fix, secrets),
    }));
}


/***/ }),

/***/ 95995:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   NX: () => (/* binding */ serviceColumns),
/* harmony export */   OJ: () => (/* binding */ projectData),
/* harmony export */   aS: () => (/* binding */ viewServices),
/* harmony export */   gp: () => (/* binding */ serviceRow)
/* harmony export */ });
/** The services in the order of N. `domains` has every environment's; without it, only the chosen one's are shown. */
function viewServices(project, domains) {
    return project.services.map((service) => ({
        slot: service.slot,
        name: service.name,
        template: service.template.id,
        version: service.template.version,
        kind: service.template.kind,
        port: service.port,
        public: service.public,
        domains: Object.fromEntries(domains?.get(service.name) ?? [[project.environment.name, service.public ? service.domains : []]]),
        image: service.image,
        context: service.build?.context ?? null,
        dockerfile: service.build?.dockerfile ?? null,
        target: service.build?.target ?? null,
        replicas: service.replicas,
        limits: { memory: service.memory.text, cpu: service.cpu },
        rateLimit: service.rateLimit === undefined ? null : `${service.rateLimit.count}r/${service.rateLimit.per === 'minute' ? 'm' : 's'}`,
        database: service.database ?? null,
        redisDatabase: service.redisDatabase ?? null,
    }));
}
const serviceColumns = [
    'N',
    'service',
    'template',
    'port',
    'public',
    'domains',
    'image',
    'context',
    'replicas',
    'memory',
    'cpu',
];
function serviceRow(view) {
    const environments = Object.entries(view.domains);
    const distinct = new Set(environments.map(([, names]) => names.join(' ')));
    const domains = distinct.size <= 1
        ? (environments[0]?.[1] ?? []).join(' ')
        : environments
            .filter(([, names]) => names.length > 0)
            .map(([environment, names]) => `${environment}: ${names.join(' ')}`)
            .join('; ');
    return [
        String(view.slot),
        view.name,
        view.template,
        String(view.port),
        view.public ? 'yes' : 'no',
        domains === '' ? '-' : domains,
        view.image,
        view.context ?? '-',
        String(view.replicas),
        view.limits.memory,
        String(view.limits.cpu),
    ];
}
/** Where each public service answers: service → URL of its first domain. */
function urlsOf(project) {
    return Object.fromEntries(project.services.flatMap((service) => service.public && service.domains[0] !== undefined ? [[service.name, urlOf(project, service.domains[0])]] : []));
}
function urlOf({ tls, nginx, core }, domain) {
    const isHttps = tls === 'custom' || tls === 'letsencrypt';
    const port = core === 'external' ? undefined : isHttps ? nginx?.httpsPort : nginx?.httpPort;
    const suffix = port === undefined || port === (isHttps ? 443 : 80) ? '' : `:${port}`;
    return `${isHttps ? 'https' : 'http'}://${domain}${suffix}`;
}
/** A job matrix of the services that are built here: `{ include: [...] }`. */
function matrixOf(services) {
    const include = services.flatMap(({ name, slot, template, image, build }) => build === undefined
        ? []
        : [{ name, slot, template: template.id, image, context: build.context, dockerfile: build.dockerfile, target: build.target ?? '' }]);
    return { include };
}
/** What every command that reads the project tells machines: the outputs that they share. */
function projectData(project, files) {
    return {
        environment: project.environment.name,
        services: project.services.map(({ name }) => name),
        matrix: matrixOf(project.services),
        changed: files.length > 0,
        files,
        urls: urlsOf(project),
    };
}


/***/ }),

/***/ 20132:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  k: () => (/* binding */ formatSummary)
});

// EXTERNAL MODULE: ./build/report/diagnostics.js
var report_diagnostics = __webpack_require__(73607);
// EXTERNAL MODULE: ./build/report/services.js
var report_services = __webpack_require__(95995);
// EXTERNAL MODULE: ./build/report/table.js
var table = __webpack_require__(71799);
;// CONCATENATED MODULE: ./build/report/topology.js
/** A Mermaid flowchart: who reaches whom. Ids are made here, so that no name can be read as Mermaid's syntax. */
function topology(project) {
    const lines = [
        'internet((internet)) --> nginx[nginx]',
        ...project.services.map(node),
        ...project.services.flatMap((service) => edges(project, service)),
        ...coreEdges(project),
    ];
    return `flowchart LR\n${lines.map((line) => `  ${line}\n`).join('')}`;
}
const idOf = ({ slot }) => `s${slot}`;
function node(service) {
    const label = `"${service.name}${service.replicas > 1 ? ` ×${service.replicas}` : ''}"`;
    return idOf(service) + (service.template.kind === 'worker' ? `[[${label}]]` : `[${label}]`);
}
function edges({ services, postgres, redis }, service) {
    const id = idOf(service);
    const lines = [];
    if (service.public && service.domains[0] !== undefined)
        lines.push(`nginx -- "${service.domains[0]}" --> ${id}`);
    if (postgres !== undefined && (service.database ?? service.tablePrefix) !== undefined)
        lines.push(`${id} --> ${database(service.database ?? postgres.database)}`);
    if (redis !== undefined && (service.redisDatabase ?? service.redisPrefix) !== undefined) {
        const number = service.redisDatabase ?? 0;
        lines.push(`${id} --> redis${number}[("redis ${number}")]`);
    }
    for (const { name } of service.dependsOn) {
        const other = services.find((each) => each.name === name || each.host === name);
        if (other !== undefined)
            lines.push(`${id} -.-> ${idOf(other)}`);
    }
    return lines;
}
function coreEdges({ coreSites, postgres, hasura, auth }) {
    const sites = coreSites.map(({ service, domain }) => `nginx -- "${domain}" --> ${service}[${service}]`);
    if (postgres === undefined)
        return sites;
    return [
        ...sites,
        ...Object.entries({ hasura, auth }).flatMap(([name, service]) => service === undefined ? [] : [`${name}[${name}] --> ${database(postgres.database)}`]),
    ];
}
function database(name) {
    return `db_${name.replace(/\W/g, '_')}[("${name}")]`;
}

;// CONCATENATED MODULE: ./build/report/summary.js




const filesShown = 50;
/** The job summary as Markdown: services, picture, files, findings. Stays far below the runner's 1 MiB. */
function formatSummary({ title, project, services, files, diagnostics, start }) {
    const parts = [`## ${title}\n`];
    if (project !== undefined) {
        parts.push(`Project **${(0,table/* escapeCell */.kq)(project.name)}**, environment **${(0,table/* escapeCell */.kq)(project.environment.name)}**.\n`);
        if (services.length > 0)
            parts.push((0,table/* markdownTable */.Qj)([...report_services/* serviceColumns */.NX], services.map(report_services/* serviceRow */.gp)), `\`\`\`mermaid\n${topology(project)}\`\`\`\n`);
    }
    if (files.length > 0) {
        const more = files.length > filesShown ? `\n…and ${files.length - filesShown} more` : '';
        parts.push(`<details><summary>${files.length} files changed</summary>\n\n\`\`\`\n${files.slice(0, filesShown).join('\n')}${more}\n\`\`\`\n</details>\n`);
    }
    if (diagnostics.length > 0) {
        const rows = diagnostics
            .slice(0, 200)
            .map(({ severity, code, message, fix, position }) => [
            severity,
            code,
            position === undefined ? '' : `${position.file}:${position.line}:${position.column}`,
            message,
            fix,
        ]);
        parts.push(`### Findings${(0,report_diagnostics/* countDiagnostics */.ii)(diagnostics) === '' ? '' : `: ${(0,report_diagnostics/* countDiagnostics */.ii)(diagnostics)}`}\n`, (0,table/* markdownTable */.Qj)(['', 'code', 'where', 'what', 'fix'], rows));
    }
    if (start !== undefined)
        parts.push(`Start the stack: \`${start}\`\n`);
    return parts.join('\n');
}


/***/ }),

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

/***/ 60508:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   HZ: () => (/* binding */ lockPath),
/* harmony export */   Jp: () => (/* binding */ basePath),
/* harmony export */   PG: () => (/* binding */ parseLock),
/* harmony export */   Vc: () => (/* binding */ emptyLock),
/* harmony export */   Vx: () => (/* binding */ lockOf),
/* harmony export */   X5: () => (/* binding */ formatLock),
/* harmony export */   YR: () => (/* binding */ baseFolder)
/* harmony export */ });
/* harmony import */ var _config_diagnostics_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(24699);

const states = ['tracked', 'deleted', 'kept', 'conflict', 'ejected'];
const lockPath = 'services/.scaffold/lock.json';
const emptyLock = { services: {} };
/** The folder of the pristine texts. */
const baseFolder = 'services/.scaffold/base';
/** Where the pristine text with this hash lies: content-addressed, so that equal files of many services are stored once. */
function basePath(hash) {
    return `${baseFolder}/${hash.slice('sha256:'.length)}`;
}
function formatLock(lock) {
    const services = Object.entries(lock.services).sort(([a], [b]) => (0,_config_diagnostics_js__WEBPACK_IMPORTED_MODULE_0__/* .compare */ .UD)(a, b));
    const body = services.map(([name, service]) => {
        const files = Object.entries(service.files).sort(([a], [b]) => (0,_config_diagnostics_js__WEBPACK_IMPORTED_MODULE_0__/* .compare */ .UD)(a, b));
        const { slot, template, version, inputs, orphaned } = service;
        const fields = [
            `"slot": ${slot}`,
            `"template": ${JSON.stringify(template)}`,
            `"version": ${JSON.stringify(version)}`,
            `"inputs": ${JSON.stringify({ name: inputs.name, port: inputs.port, project: inputs.project })}`,
            `"orphaned": ${orphaned}`,
            `"files": {${files.map(([path, file]) => `\n        ${JSON.stringify(path)}: ${formatFile(file)}`).join(',')}${files.length === 0 ? '' : '\n      '}}`,
        ];
        return `    ${JSON.stringify(name)}: {\n      ${fields.join(',\n      ')}\n    }`;
    });
    return `{\n  "lockVersion": 1,\n  "services": {${body.length === 0 ? '' : `\n${body.join(',\n')}\n  `}}\n}\n`;
}
function formatFile({ class: fileClass, mode, state, base }) {
    return JSON.stringify({ class: fileClass, mode, state, base });
}
/** Reads a lock. It is untrusted input: its shape is checked, and no path in it may leave the service's directory. */
function parseLock(text) {
    try {
        const data = JSON.parse(text);
        const root = record(data, 'the file');
        if (Number.isInteger(root.lockVersion) && root.lockVersion > 1)
            return { diagnostics: [newerNotice()] };
        if (root.lockVersion !== 1)
            throw new TypeError('lockVersion is not 1');
        const services = Object.entries(record(root.services, 'services')).map(([name, service]) => {
            if (!/^[a-z0-9]+([-_][a-z0-9]+)*$/.test(name))
                throw new TypeError(`${JSON.stringify(name)} is not a service name`);
            return [name, readService(record(service, name), name)];
        });
        return { lock: { services: Object.fromEntries(services) }, diagnostics: [] };
    }
    catch (error) {
        const reason = error instanceof SyntaxError ? 'it is not JSON (conflict markers?)' : error.message;
        return {
            diagnostics: [
                (0,_config_diagnostics_js__WEBPACK_IMPORTED_MODULE_0__/* .diagnose */ .h4)('NB507', `${lockPath} cannot be used: ${reason}.`, `Restore it from version control (git checkout -- ${lockPath}).`, {
                    file: lockPath,
                    line: 1,
                    column: 1,
                }),
            ],
        };
    }
}
function newerNotice() {
    return (0,_config_diagnostics_js__WEBPACK_IMPORTED_MODULE_0__/* .diagnose */ .h4)('NB507', `${lockPath} was written by a newer nself-build, which this one cannot read.`, 'Update: the version of nself/build-action in the workflow, or the nself-build command.', { file: lockPath, line: 1, column: 1 });
}
/** The lock in a file that may be missing or broken: an empty one then. */
function lockOf(content) {
    return (content === undefined ? undefined : parseLock(content.toString('utf8')).lock) ?? emptyLock;
}
function readService(service, name) {
    const inputs = record(service.inputs, `${name}.inputs`);
    const files = Object.entries(record(service.files, `${name}.files`)).map(([path, value]) => {
        if (!isConfined(path))
            throw new TypeError(`${JSON.stringify(path)} leaves the service's directory`);
        const file = record(value, path);
        if (!['merge', 'seed'].includes(file.class))
            throw new TypeError(`${path}: class`);
        if (!['644', '755'].includes(file.mode))
            throw new TypeError(`${path}: mode`);
        if (!states.includes(file.state))
            throw new TypeError(`${path}: state`);
        if (!/^sha256:[0-9a-f]{64}$/.test(String(file.base)))
            throw new TypeError(`${path}: base`);
        return [path, { class: file.class, mode: file.mode, state: file.state, base: file.base }];
    });
    if (!Number.isInteger(service.slot) || typeof service.template !== 'string' || typeof service.version !== 'string')
        throw new TypeError(`${name}: slot, template or version`);
    if (typeof inputs.name !== 'string' || !Number.isInteger(inputs.port) || typeof inputs.project !== 'string')
        throw new TypeError(`${name}: inputs`);
    return {
        slot: service.slot,
        template: service.template,
        version: service.version,
        inputs: { name: inputs.name, port: inputs.port, project: inputs.project },
        orphaned: service.orphaned === true,
        files: Object.fromEntries(files),
    };
}
function record(value, what) {
    if (value === null || typeof value !== 'object' || Array.isArray(value))
        throw new TypeError(`${what} is not an object`);
    return value;
}
// No absolute path, no backslash, and no segment that is empty, `.`, `..` or `.git`.
const confined = /^(?:(?!\.{1,2}(?:\/|$)|\.git(?:\/|$))[^/\\]+(?:\/(?!$)|$))+$/;
function isConfined(path) {
    return confined.test(path);
}


/***/ }),

/***/ 55215:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   dj: () => (/* binding */ firstMarker),
/* harmony export */   ew: () => (/* binding */ withMarkers),
/* harmony export */   zh: () => (/* binding */ withOwnSides)
/* harmony export */ });
/* unused harmony export oursLabel */
const oursLabel = 'yours';
const baseLabel = 'base';
/** One conflict with its three sides, as `git` writes it with `merge.conflictStyle=diff3`. */
function withMarkers(ours, base, theirs, labels) {
    return [`<<<<<<< ${oursLabel}`, ...ours, `||||||| ${baseLabel}`, ...base, '=======', ...theirs, `>>>>>>> ${labels.theirs}`];
}
/** The text with each of our conflicts settled in favour of the user. */
function withOwnSides(text) {
    return text.replace(/^<{7} yours\n([\s\S]*?)^\|{7} base\n[\s\S]*?^>{7} template \S+ \S+\n/gm, '$1');
}
/** The first line, from 1, on which a conflict that we wrote begins or ends; nothing when there is none. */
function firstMarker(text) {
    const found = /^(?:<{7} yours|\|{7} base|>{7} template \S+ \S+)\r?$/m.exec(text);
    return found === null ? undefined : text.slice(0, found.index).split('\n').length;
}


/***/ }),

/***/ 88645:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   D4: () => (/* binding */ decode),
/* harmony export */   SP: () => (/* binding */ inStyleOf),
/* harmony export */   SR: () => (/* binding */ equalLines),
/* harmony export */   mH: () => (/* binding */ sameLines),
/* harmony export */   pj: () => (/* binding */ plain)
/* harmony export */ });
const mark = '\uFEFF';
/** Reads a file as text; nothing when it is binary: a NUL byte, or not UTF-8. */
function decode(content) {
    if (content.includes(0))
        return undefined;
    let text;
    try {
        text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content);
    }
    catch {
        return undefined;
    }
    const hasMark = text.startsWith(mark);
    const body = hasMark ? text.slice(1) : text;
    const ending = body.includes('\r\n') && !/(?<!\r)\n/.test(body) ? '\r\n' : '\n';
    const lines = body === '' ? [] : body.split(ending);
    const isEnded = lines.length === 0 || lines.at(-1) === '';
    return { lines: isEnded ? lines.slice(0, -1) : lines, isEnded, ending, hasMark };
}
/** The text with `\n` alone. */
function plain({ lines, isEnded }) {
    return lines.join('\n') + (isEnded && lines.length > 0 ? '\n' : '');
}
/** Bytes of a text with `\n` alone, with the line endings and the byte order mark of `style`. */
function inStyleOf(style, text) {
    return Buffer.from((style.hasMark ? mark : '') + (style.ending === '\n' ? text : text.replaceAll('\n', '\r\n')));
}
function equalLines(a, b) {
    return a.length === b.length && a.every((line, index) => line === b[index]);
}
/** Whether two files hold the same lines, whatever ends them: a checkout may turn line endings around. */
function sameLines(a, b) {
    const [left, right] = [decode(a), decode(b)];
    return left !== undefined && right !== undefined && plain(left) === plain(right);
}


/***/ }),

/***/ 64591:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ds: () => (/* binding */ fromEntry),
/* harmony export */   E6: () => (/* binding */ newerFrom),
/* harmony export */   Oq: () => (/* binding */ versionDifference),
/* harmony export */   Zy: () => (/* binding */ compareVersions),
/* harmony export */   eo: () => (/* binding */ dependencyEntry),
/* harmony export */   pJ: () => (/* binding */ newerOf)
/* harmony export */ });
/* unused harmony exports higherOf, higherFrom */
/**
 * Orders two versions: negative when `a` is lower. Nothing when they cannot be compared: another spelling than digits and
 * dots with a SemVer suffix, or one that leaves open what the other says (`26` and `26.4`).
 */
function compareVersions(a, b) {
    const [left, right] = [parse(a), parse(b)];
    if (left === undefined || right === undefined)
        return undefined;
    const shared = Math.min(left.numbers.length, right.numbers.length);
    for (let index = 0; index < shared; index++) {
        const difference = compareNumbers(left.numbers[index], right.numbers[index]);
        if (difference !== 0)
            return difference;
    }
    if (left.numbers.length !== right.numbers.length)
        return undefined;
    if (left.preview === right.preview)
        return 0;
    // A preview comes before its release.
    if (left.preview === undefined || right.preview === undefined)
        return left.preview === undefined ? 1 : -1;
    return comparePreviews(left.preview.split('.'), right.preview.split('.'));
}
const pattern = /^v?(\d+(?:\.\d+)*)(?:-([0-9A-Za-z][0-9A-Za-z.-]*))?(?:\+[0-9A-Za-z.-]+)?$/;
function parse(version) {
    const match = pattern.exec(version);
    return match === null ? undefined : { numbers: match[1].split('.'), preview: match[2] };
}
// As texts, so that a date of fourteen digits keeps them all.
function compareNumbers(a, b) {
    const [left, right] = [a.replace(/^0+(?=\d)/, ''), b.replace(/^0+(?=\d)/, '')];
    return left.length - right.length || (left < right ? -1 : left > right ? 1 : 0);
}
function comparePreviews(a, b) {
    for (const [index, left] of a.entries()) {
        const right = b[index];
        if (right === undefined)
            return 1;
        if (left === right)
            continue;
        const [leftIsNumber, rightIsNumber] = [/^\d+$/.test(left), /^\d+$/.test(right)];
        if (leftIsNumber && rightIsNumber)
            return compareNumbers(left, right);
        if (leftIsNumber !== rightIsNumber)
            return leftIsNumber ? -1 : 1;
        return left < right ? -1 : 1;
    }
    return a.length - b.length;
}
const token = /v?\d+(?:\.\d+)*(?:[-+][0-9A-Za-z.+-]+)?/g;
/**
 * The higher of two values that differ only in one version: `^1.2.0` and `^1.4.1`, `httpx==2.1.0` and `httpx==2.0.3`.
 * Nothing when anything else differs, or when the versions cannot be compared.
 */
function higherOf(a, b) {
    const difference = versionDifference(a, b);
    const order = difference && compareVersions(...difference);
    return order === undefined ? undefined : order >= 0 ? a : b;
}
/**
 * Which of two new values of a dependency stands: the higher. Nothing where the user went below the base, which is a pin: it is not
 * raised behind their back.
 */
function newerOf(base, ours, theirs) {
    return isPin(versionDifference(base, ours)) ? undefined : higherOf(ours, theirs);
}
function isPin(difference) {
    return difference !== undefined && (compareVersions(...difference) ?? 0) > 0;
}
/** The one version in which two values differ, as each of them has it; nothing when they differ elsewhere, or in more. */
function versionDifference(a, b) {
    if (a.replace(token, '\0') !== b.replace(token, '\0'))
        return undefined;
    const [left, right] = [a.match(token) ?? [], b.match(token) ?? []];
    const differences = left.flatMap((version, index) => version === right[index] ? [] : [[version, right[index]]]);
    return differences.length === 1 ? differences[0] : undefined;
}
/** What names a line of a list of dependencies but for its version; nothing for a line without one. */
function dependencyEntry(line) {
    const entry = line.replace(token, '\0');
    return entry === line ? undefined : entry;
}
const fromLine = /^\s*FROM\s+((?:--\S+\s+)*)([^\s:@]+(?::\d+\/[^\s:@]+)?)(?::([^\s@]+))?(?:@\S+)?(?:\s+AS\s+(\S+))?\s*$/i;
/** A `FROM` line, with its tag `26.1-trixie-slim` taken apart: 26.1 in the variant `-trixie-slim`. */
function readFrom(line) {
    const match = fromLine.exec(line);
    if (match === null)
        return undefined;
    const [, flags = '', image = '', tag = '', stage = ''] = match;
    const version = /^v?\d+(?:\.\d+)*/.exec(tag)?.[0] ?? '';
    return { entry: [flags.trim(), image, tag.slice(version.length), stage.toLowerCase()].join(' '), version };
}
/** What names a `FROM` line but for its version and digest: image, variant of the tag, and stage. */
function fromEntry(line) {
    return readFrom(line)?.entry;
}
/** `newerOf` for `FROM` lines. */
function newerFrom(base, ours, theirs) {
    const [old, own] = [readFrom(base)?.version, readFrom(ours)?.version];
    return old !== undefined && own !== undefined && isPin([old, own]) ? undefined : higherFrom(ours, theirs);
}
/** Of two lines that are the same `FROM`, the one with the higher version. With equal versions the user's digest stays. */
function higherFrom(ours, theirs) {
    const [left, right] = [readFrom(ours), readFrom(theirs)];
    if (left === undefined || right === undefined || left.entry !== right.entry)
        return undefined;
    if (left.version === right.version)
        return ours;
    const order = compareVersions(left.version, right.version);
    return order === undefined ? undefined : order >= 0 ? ours : theirs;
}


/***/ }),

/***/ 77614:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $8: () => (/* binding */ skippedNotice),
/* harmony export */   $v: () => (/* binding */ renamedNotice),
/* harmony export */   B1: () => (/* binding */ frameworkNotice),
/* harmony export */   HE: () => (/* binding */ conflictNotice),
/* harmony export */   Sl: () => (/* binding */ orphanedNotice),
/* harmony export */   TM: () => (/* binding */ foreignNotice),
/* harmony export */   e3: () => (/* binding */ newerNotice),
/* harmony export */   lU: () => (/* binding */ keptNotice),
/* harmony export */   o3: () => (/* binding */ markersNotice),
/* harmony export */   oy: () => (/* binding */ missingBaseNotice),
/* harmony export */   xe: () => (/* binding */ updateOf)
/* harmony export */ });
/* harmony import */ var _config_diagnostics_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(24699);
/* harmony import */ var _scaffold_config_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(21432);


/** What the user is told about scaffolds: one function per kind of news. */
/** `express-ts 1.0.0 → 1.1.0` */
function updateOf({ template: { id, version } }, locked) {
    return locked.version === version ? `${id} ${version}` : `${id} ${locked.version} → ${version}`;
}
// Commands that bring a lock file of a language in line with the manifest beside it.
const lockCommands = {
    'package-lock.json': 'npm install',
    'bun.lock': 'bun install',
    'deno.lock': 'deno install',
    'composer.lock': 'composer update --lock',
    'Gemfile.lock': 'bundle lock',
    'Cargo.lock': 'cargo update --workspace',
    'mix.lock': 'mix deps.get',
    'go.sum': 'go mod tidy',
};
function keptNotice(path, kept, update) {
    const compare = 'Compare it with the template and take over what you need.';
    const command = lockCommands[path.split('/').at(-1) ?? ''];
    const [message, fix] = {
        deleted: [
            `${path} was deleted and stays deleted; ${update} changed it.`,
            'Restore it from version control to follow the template again.',
        ],
        dropped: [`${path} is yours: ${update} has it no longer, and you have edited it.`, 'Delete it when nothing needs it.'],
        taken: [`${path} was there before: the file of that name in ${update} is not written.`, compare],
        seed: [
            `${path} is yours: the change of ${update} is not applied to it.`,
            command === undefined ? compare : `Run \`${command}\` in its folder, so that it fits the manifest again.`,
        ],
        binary: [`${path} is no text: the change of ${update} cannot be merged into it.`, compare],
    }[kept];
    return (0,_config_diagnostics_js__WEBPACK_IMPORTED_MODULE_0__/* .diagnose */ .h4)('NB506', message, fix, at(path), command !== undefined && kept === 'seed' ? 'warning' : undefined);
}
function conflictNotice(path, lines, update) {
    const sorted = [...new Set(lines)].sort((a, b) => a - b);
    const places = sorted.length === 1 ? `line ${sorted[0]}` : `lines ${sorted.slice(0, -1).join(', ')} and ${sorted.at(-1)}`;
    return (0,_config_diagnostics_js__WEBPACK_IMPORTED_MODULE_0__/* .diagnose */ .h4)('NB516', `You and ${update} both changed ${path}, ${places}: your version stays as it is.`, `Run with --on-conflict=markers to merge it in your editor, or add it to eject in ${_scaffold_config_js__WEBPACK_IMPORTED_MODULE_1__/* .configPath */ .eQ}.`, at(path, sorted[0]));
}
function markersNotice(path, line) {
    return (0,_config_diagnostics_js__WEBPACK_IMPORTED_MODULE_0__/* .diagnose */ .h4)('NB517', `${path} holds conflict markers: it neither runs nor takes changes of its template.`, 'Keep what you want of each place from <<<<<<< to >>>>>>>, and delete the markers.', at(path, line));
}
function missingBaseNotice(path, update) {
    return (0,_config_diagnostics_js__WEBPACK_IMPORTED_MODULE_0__/* .diagnose */ .h4)('NB518', `${path} is yours: the change of ${update} cannot be merged, since its pristine copy is missing.`, `Restore services/.scaffold/base from version control, or add the file to eject in ${_scaffold_config_js__WEBPACK_IMPORTED_MODULE_1__/* .configPath */ .eQ}.`, at(path));
}
function renamedNotice({ name, slot, position }, { from, moves }) {
    const what = moves.length === 0 ? `services/${name} is what services/${from} was` : `services/${from} moves to services/${name}, edits and all`;
    return (0,_config_diagnostics_js__WEBPACK_IMPORTED_MODULE_0__/* .diagnose */ .h4)('NB511', `CS_${slot} was renamed: ${what}.`, 'Rename references to it in your own files.', position);
}
function orphanedNotice(name, { slot, template }) {
    return (0,_config_diagnostics_js__WEBPACK_IMPORTED_MODULE_0__/* .diagnose */ .h4)('NB505', `services/${name} belongs to no CS_N line any more; it is left as it is.`, `Delete it by hand, or bring CS_${slot}=${name}:${template} back.`);
}
function foreignNotice({ name, health, template, position }) {
    return (0,_config_diagnostics_js__WEBPACK_IMPORTED_MODULE_0__/* .diagnose */ .h4)('NB503', `services/${name} was there before: it is yours, and nothing is written into it.`, `Make sure that its Dockerfile serves ${health.kind === 'path' ? health.path : 'health checks'} on $PORT, or move it away to get the ${template.id} scaffold.`, position);
}
function frameworkNotice({ name, slot, template, position }, locked) {
    return (0,_config_diagnostics_js__WEBPACK_IMPORTED_MODULE_0__/* .diagnose */ .h4)('NB504', `CS_${slot} is now ${template.id}, but services/${name} was made from ${locked.template}: nothing is written into it.`, `Move services/${name} away to get the new scaffold, or set the framework back to ${locked.template}.`, position);
}
function skippedNotice(service, locked) {
    return (0,_config_diagnostics_js__WEBPACK_IMPORTED_MODULE_0__/* .diagnose */ .h4)('NB521', `services/${service.name} stays at ${locked.template} ${locked.version}: ${_scaffold_config_js__WEBPACK_IMPORTED_MODULE_1__/* .configPath */ .eQ} skips ${service.template.version}.`, 'Remove it from skip to take this version; the next one comes by itself.', service.position);
}
function newerNotice({ name, template, position }, locked) {
    return (0,_config_diagnostics_js__WEBPACK_IMPORTED_MODULE_0__/* .diagnose */ .h4)('NB522', `services/${name} comes from ${locked.template} ${locked.version}, and this nself-build has only ${template.version}: it stays as it is.`, 'Update: the version of nself/build-action in the workflow, or the nself-build command. Nothing is ever taken back to an older version.', position);
}
function at(file, line = 1) {
    return { file, line, column: 1 };
}


/***/ }),

/***/ 54221:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   B: () => (/* binding */ planToolFiles),
/* harmony export */   w: () => (/* binding */ findEditedFiles)
/* harmony export */ });
/* harmony import */ var _config_diagnostics_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(24699);
/* harmony import */ var _render_header_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(68156);


/**
 * Plans the tool-owned files: rewritten where they differ, and deleted where an earlier run wrote them and this one
 * would not. A file that someone else wrote is never touched without `overwrite`. `folders` are the places to look for leftovers.
 */
function planToolFiles(rendered, folders, tree, policy) {
    const changes = [];
    const diagnostics = [];
    const edits = [];
    const wanted = new Set(rendered.map(({ path }) => path));
    for (const { path, content, executable } of rendered) {
        const after = Buffer.from(content);
        const before = tree.read(path);
        if (before === undefined) {
            changes.push({ kind: 'create', path, content: after, executable });
            continue;
        }
        if (sameText(before, content)) {
            if (executable && !tree.isExecutable(path))
                changes.push({ kind: 'update', path, content: after, executable, before });
            continue;
        }
        const provenance = (0,_render_header_js__WEBPACK_IMPORTED_MODULE_1__/* .provenanceOf */ .J)(before.toString('utf8'));
        if (provenance === 'foreign' && policy !== 'overwrite') {
            diagnostics.push(foreign(path));
            continue;
        }
        const update = { kind: 'update', path, content: after, executable, before };
        changes.push(update);
        if (provenance === 'intact')
            continue;
        edits.push(update);
        if (policy !== 'overwrite')
            diagnostics.push(edited(path, policy, 'is rewritten'));
    }
    for (const path of folders
        .flatMap((folder) => tree.list(folder).map((name) => `${folder}/${name}`))
        .filter((each) => !wanted.has(each))) {
        const leftover = planLeftover(path, tree, policy);
        if (leftover === undefined)
            continue;
        if ('code' in leftover)
            diagnostics.push(leftover);
        else
            changes.push(leftover);
    }
    return { changes, diagnostics, edits };
}
/** Names the generated files at the project's root that were edited by hand, without knowing what they should be. */
function findEditedFiles(tree, policy) {
    const folders = ['nginx/conf.d', 'nginx/includes', 'nginx/sites', 'postgres/init'];
    const paths = [
        'docker-compose.yml',
        'docker-compose.custom.yml',
        'nginx/nginx.conf',
        ...folders.flatMap((folder) => tree.list(folder).map((name) => `${folder}/${name}`)),
    ];
    return paths
        .filter((path) => /\.(conf|sql|yml)$/.test(path))
        .filter((path) => {
        const text = tree.read(path)?.toString('utf8');
        return text !== undefined && (0,_render_header_js__WEBPACK_IMPORTED_MODULE_1__/* .provenanceOf */ .J)(text) === 'edited';
    })
        .map((path) => edited(path, policy, 'would be rewritten'));
}
function planLeftover(path, tree, policy) {
    if (!/\.(conf|sql|yml|sh|tsv)$/.test(path))
        return undefined;
    const before = tree.read(path);
    if (before === undefined)
        return undefined;
    const provenance = (0,_render_header_js__WEBPACK_IMPORTED_MODULE_1__/* .provenanceOf */ .J)(before.toString('utf8'));
    if (provenance === 'foreign')
        return undefined;
    if (provenance === 'edited' && policy !== 'overwrite')
        return edited(path, policy, 'is no longer generated, and kept because of the edit');
    return { kind: 'delete', path, before };
}
// A checkout may turn line endings around; that is not an edit.
function sameText(before, content) {
    const text = before.toString('utf8');
    return text === content || text.replaceAll('\r\n', '\n') === content;
}
function edited(path, policy, consequence) {
    return (0,_config_diagnostics_js__WEBPACK_IMPORTED_MODULE_0__/* .diagnose */ .h4)('NB501', `${path} was edited by hand; it ${consequence}.`, policy === 'stop'
        ? 'Move the edit to the place that the file’s header names, then run with --force.'
        : 'Move the edit to the place that the file’s header names.', { file: path, line: 1, column: 1 }, policy === 'stop' ? 'error' : 'warning');
}
function foreign(path) {
    return (0,_config_diagnostics_js__WEBPACK_IMPORTED_MODULE_0__/* .diagnose */ .h4)('NB502', `${path} exists and was not written by nself-build.`, 'Move it away (git mv), or run with --force to replace it.', { file: path, line: 1, column: 1 });
}


/***/ }),

/***/ 75895:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  qQ: () => (/* binding */ hashOf),
  cK: () => (/* binding */ matches),
  Li: () => (/* binding */ renderScaffold),
  AY: () => (/* binding */ templateKey)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
;// CONCATENATED MODULE: ./build/scaffold/identifiers.js
/** Derives legal identifiers: `3d-render` → `_3d_render` and `_3dRender`; `new-class` → `new_class` and `NewClass`. */
function identifiersOf(name) {
    const words = name.split(/[-_]/);
    const guard = /^\d/.test(name) ? '_' : '';
    const capital = (word) => word.charAt(0).toUpperCase() + word.slice(1);
    return { name, host: name.replaceAll('_', '-'), snake: guard + words.join('_'), pascal: guard + words.map(capital).join('') };
}

;// CONCATENATED MODULE: ./build/scaffold/render-scaffold.js


const suffix = '.liquid';
/** Renders a template's files for one service, sorted by path. `render` knows the `.liquid` files by `<template id>/<path>`. */
function renderScaffold(template, files, inputs, render, hashes) {
    const scope = { ...identifiersOf(inputs.name), port: inputs.port, project: inputs.project };
    return files
        .map((file) => {
        const isRendered = file.path.endsWith(suffix);
        const path = isRendered ? file.path.slice(0, -suffix.length) : file.path;
        const content = isRendered ? Buffer.from(render(templateKey(template, file.path), scope)) : file.content;
        const hash = isRendered ? hashOf(content) : remembered(file.content, hashes);
        return { path, content, executable: file.executable, class: matches(path, template.seed) ? 'seed' : 'merge', hash };
    })
        .sort((a, b) => (a.path < b.path ? -1 : 1));
}
function templateKey(template, path) {
    return `${template.id}/${path}`;
}
function hashOf(content) {
    return `sha256:${(0,external_node_crypto_.createHash)('sha256').update(content).digest('hex')}`;
}
// Most files of a template are the same in every service made from it.
function remembered(content, hashes) {
    const known = hashes.get(content);
    if (known !== undefined)
        return known;
    const hash = hashOf(content);
    hashes.set(content, hash);
    return hash;
}
/** Matches a path against globs in which `**` spans folders and `*` does not. */
function matches(path, globs) {
    return globs.some((glob) => globPattern(glob).test(path));
}
const patterns = new Map();
function globPattern(glob) {
    let pattern = patterns.get(glob);
    if (pattern === undefined) {
        const source = glob.replace(/\*\*\/|\*\*|\*|[.+?^${}()|[\]\\]/g, (token) => token === '**/' ? '(?:.*/)?' : token === '**' ? '.*' : token === '*' ? '[^/]*' : `\\${token}`);
        pattern = new RegExp(`^${source}$`);
        patterns.set(glob, pattern);
    }
    return pattern;
}


/***/ }),

/***/ 21432:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   cV: () => (/* binding */ parseScaffoldConfig),
/* harmony export */   eQ: () => (/* binding */ configPath),
/* harmony export */   i4: () => (/* binding */ emptyConfig)
/* harmony export */ });
/* harmony import */ var yaml__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(38815);
/* harmony import */ var _config_diagnostics_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(24699);
/* harmony import */ var _render_scaffold_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(75895);



const configPath = 'services/.scaffold/config.yml';
const emptyConfig = { isEjected: () => false, skip: {}, unused: () => [] };
/** Reads `services/.scaffold/config.yml`: `eject`, a list of paths or globs, and `skip`, a version per service. */
function parseScaffoldConfig(text) {
    const lines = new yaml__WEBPACK_IMPORTED_MODULE_0__/* .LineCounter */ .HN();
    const document = (0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .parseDocument */ .Tp)(text, { lineCounter: lines });
    const diagnostics = [];
    const at = (offset = 0) => {
        const { line, col } = lines.linePos(offset);
        return { file: configPath, line: Math.max(line, 1), column: Math.max(col, 1) };
    };
    const refuse = (problem, offset) => void diagnostics.push((0,_config_diagnostics_js__WEBPACK_IMPORTED_MODULE_1__/* .diagnose */ .h4)('NB519', `${configPath}: ${problem}.`, 'Write `eject: [services/api/Dockerfile]` and `skip: {api: 1.4.0}`.', at(offset)));
    const eject = [];
    const skip = [];
    const readers = {
        eject: (value) => {
            if (!(0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .isSeq */ .oP)(value))
                return refuse('eject is not a list', value?.range?.[0]);
            for (const item of value.items)
                if ((0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .isScalar */ .jn)(item) && typeof item.value === 'string' && isPath(item.value))
                    eject.push({ text: item.value, position: at(item.range?.[0]) });
                else
                    refuse('eject holds something else than a path such as services/api/Dockerfile', item.range?.[0]);
        },
        skip: (value) => {
            if (!(0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .isMap */ .jh)(value))
                return refuse('skip is not a map of versions by service', value?.range?.[0]);
            for (const { key, value: version } of value.items) {
                const position = at(key.range?.[0]);
                if ((0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .isScalar */ .jn)(key) && (0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .isScalar */ .jn)(version) && /^\d+\.\d+\.\d+$/.test(String(version.value)))
                    skip.push({ text: String(key.value), version: String(version.value), position });
                else
                    refuse('skip holds something else than a version such as 1.4.0', key.range?.[0]);
            }
        },
    };
    for (const error of document.errors)
        refuse(`it is not YAML (${error.code.toLowerCase().replaceAll('_', ' ')})`, error.pos[0]);
    const { contents } = document;
    if (diagnostics.length === 0 && contents !== null) {
        if ((0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .isMap */ .jh)(contents))
            for (const { key, value } of contents.items) {
                const name = (0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .isScalar */ .jn)(key) ? String(key.value) : '';
                const read = Object.hasOwn(readers, name) ? readers[name] : undefined;
                if (read === undefined)
                    refuse(`it has ${JSON.stringify(name)}, and knows only eject and skip`, key.range?.[0]);
                else
                    read(value);
            }
        else
            refuse('it is not a map', contents.range?.[0]);
    }
    return { config: configOf(eject, skip), diagnostics };
}
function configOf(eject, skip) {
    const globs = eject.map(({ text }) => text);
    const vain = (problem, { position }) => (0,_config_diagnostics_js__WEBPACK_IMPORTED_MODULE_1__/* .diagnose */ .h4)('NB520', `${configPath}: ${problem}.`, 'Correct the name, or remove it.', position);
    return {
        isEjected: (path) => globs.length > 0 && (0,_render_scaffold_js__WEBPACK_IMPORTED_MODULE_2__/* .matches */ .cK)(path, globs),
        skip: Object.fromEntries(skip.map(({ text, version }) => [text, version])),
        unused: (services, files) => [
            ...eject
                .filter(({ text }) => !files.some((file) => (0,_render_scaffold_js__WEBPACK_IMPORTED_MODULE_2__/* .matches */ .cK)(file, [text])))
                .map((entry) => vain(`eject names ${entry.text}, which is no file of a template`, entry)),
            ...skip.filter(({ text }) => !services.includes(text)).map((entry) => vain(`skip names ${entry.text}, which is no service`, entry)),
        ],
    };
}
function isPath(text) {
    return text.startsWith('services/') && !text.split('/').some((part) => part === '' || part === '.' || part === '..');
}


/***/ })

};
