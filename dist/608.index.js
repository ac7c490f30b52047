export const id = 608;
export const ids = [608];
export const modules = {

/***/ 69117:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   cacheServiceAnswers: () => (/* binding */ cacheServiceAnswers),
/* harmony export */   keepInActionsCache: () => (/* binding */ keepInActionsCache)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(73024);
/* harmony import */ var _registry_http_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(21673);


/** Keeps a folder in the cache of GitHub Actions; where there is none, it only runs `use`. A cache that fails says so and fails nothing. */
const keepInActionsCache = async ({ folder, key, prefix }, progress, use) => {
    // Loaded when it is needed: it doubles the start.
    const cache = await __webpack_require__.e(/* import() */ 691).then(__webpack_require__.bind(__webpack_require__, 61691));
    if (!cache.isFeatureAvailable())
        return use();
    const attempt = async (what, step) => step().catch((error) => progress(`The cache could not be ${what}: ${error instanceof Error ? error.message : error}`));
    let found;
    await attempt('restored', async () => {
        found = await cache.restoreCache([folder], key, [prefix]);
    });
    const result = await use();
    if (found !== key && (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.existsSync)(folder))
        await attempt('saved', () => cache.saveCache([folder], key));
    return result;
};
/** Whether the service behind `cache: gha` answers a request, with whatever it may be. True where there is none: BuildKit says so itself. */
async function cacheServiceAnswers({ ACTIONS_RESULTS_URL, ACTIONS_CACHE_URL }, withinMilliseconds) {
    const url = ACTIONS_RESULTS_URL || ACTIONS_CACHE_URL;
    if (url === undefined || url === '')
        return true;
    return (0,_registry_http_js__WEBPACK_IMPORTED_MODULE_1__/* .responds */ .j2)(url, {}, withinMilliseconds);
}


/***/ }),

/***/ 50608:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  build: () => (/* binding */ build)
});

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(73024);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./build/adapters/engine.js
var adapters_engine = __webpack_require__(79651);
// EXTERNAL MODULE: ./build/adapters/files.js
var files = __webpack_require__(63058);
// EXTERNAL MODULE: ./build/config/diagnostics.js + 1 modules
var config_diagnostics = __webpack_require__(24699);
// EXTERNAL MODULE: ./build/config/resolve-value.js
var resolve_value = __webpack_require__(46191);
// EXTERNAL MODULE: ./build/images/content-key.js
var content_key = __webpack_require__(12576);
;// CONCATENATED MODULE: ./build/images/digests-file.js
/** The digests file: what `deploy` runs. Sorted, without times: equal images give equal bytes. */
function formatDigestsFile(project, services) {
    return `${JSON.stringify({ version: 1, project, services: sorted(services) }, null, 2)}\n`;
}
/** The same as `CS_N_IMAGE` lines, for an nself CLI that runs the stack on a server. */
function formatImageLines(services) {
    return [...services.values()]
        .sort((a, b) => a.slot - b.slot)
        .map(({ slot, image }) => `CS_${slot}_IMAGE=${image}\n`)
        .join('');
}
function sorted(services) {
    return Object.fromEntries([...services].sort(([a], [b]) => (a < b ? -1 : 1)));
}

// EXTERNAL MODULE: ./build/images/tags.js
var images_tags = __webpack_require__(18014);
// EXTERNAL MODULE: ./build/report/images.js
var report_images = __webpack_require__(83385);
// EXTERNAL MODULE: ./build/report/redact.js
var redact = __webpack_require__(17234);
// EXTERNAL MODULE: ./build/scaffold/find-markers.js
var find_markers = __webpack_require__(39010);
// EXTERNAL MODULE: ./build/adapters/registry/http.js
var http = __webpack_require__(21673);
;// CONCATENATED MODULE: ./build/images/image-index.js
const indexType = 'application/vnd.oci.image.index.v1+json';
/** Joins images of single platforms into one index, in the order of the platforms: equal images give an equal index. */
function joinPlatforms(images) {
    const manifests = [...images].sort((a, b) => (a.platform < b.platform ? -1 : 1)).flatMap(descriptorsOf);
    return { mediaType: indexType, text: JSON.stringify({ schemaVersion: 2, mediaType: indexType, manifests }) };
}
function descriptorsOf({ platform, mediaType, digest, text }) {
    const { manifests } = JSON.parse(text);
    if (manifests !== undefined)
        return manifests;
    const [os = '', architecture = '', variant] = platform.split('/');
    return [
        { mediaType, digest, size: Buffer.byteLength(text), platform: { os, architecture, ...(variant === undefined ? {} : { variant }) } },
    ];
}

// EXTERNAL MODULE: ./build/images/labels.js
var labels = __webpack_require__(34096);
// EXTERNAL MODULE: ./build/commands/build/inspect-image.js
var inspect_image = __webpack_require__(92996);
;// CONCATENATED MODULE: ./build/commands/build/finish-image.js





/** Moves the tags to an image that is there; a tag never points to what is not complete. */
async function finishImage(plan, outcome, tags, registry) {
    const { service, action, reason } = plan;
    const base = {
        service,
        key: plan.key,
        parts: plan.parts,
        reason,
        log: outcome?.log,
        previousBytes: plan.previousBytes,
        problem: undefined,
        bytes: undefined,
    };
    let digest = action === 'build' ? outcome?.digest : plan.digest;
    try {
        if (action === 'join')
            digest = await joinImages(plan, registry);
        if (digest === undefined)
            return { ...base, state: 'failed', digest, problem: 'the build failed' };
        const wanted = [...tags, ...(action === 'reuse' ? [] : [labels/* lastTag */.$m])];
        const manifest = wanted.length === 0 ? undefined : await registry.manifest(`${service.image}@${digest}`);
        if (manifest !== undefined)
            for (const tag of wanted)
                await registry.tag(service.image, tag, manifest);
        if (action === 'reuse')
            return { ...base, state: 'reused', digest };
        const bytes = manifest === undefined ? undefined : await (0,inspect_image/* imageBytes */.v)(service.image, manifest.text, registry);
        return { ...base, state: 'built', digest, bytes };
    }
    catch (error) {
        if (!(error instanceof http/* RegistryError */.gl))
            throw error;
        return { ...base, state: 'failed', digest, problem: `the image is there, but ${error.message}` };
    }
}
/** Makes one image of those that each platform's job has pushed; returns its digest. */
async function joinImages({ service, key, platformReferences }, registry) {
    const images = [];
    for (const [platform, reference] of platformReferences) {
        const manifest = await registry.manifest(reference);
        if (manifest === undefined)
            return undefined;
        images.push({ platform, ...manifest });
    }
    await registry.tag(service.image, (0,content_key/* keyTag */.QR)(key), joinPlatforms(images));
    return registry.digestOf(`${service.image}:${(0,content_key/* keyTag */.QR)(key)}`);
}
/** The result of a service whose image could not even be planned. */
function unplannedResult({ service, problem }) {
    return {
        service,
        key: '',
        parts: {},
        reason: '',
        log: undefined,
        state: 'failed',
        digest: undefined,
        problem,
        bytes: undefined,
        previousBytes: undefined,
    };
}

// EXTERNAL MODULE: ./build/commands/build/open-registry.js + 5 modules
var open_registry = __webpack_require__(18277);
// EXTERNAL MODULE: ./build/commands/build/plan-images.js + 8 modules
var plan_images = __webpack_require__(78534);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: external "node:child_process"
var external_node_child_process_ = __webpack_require__(31421);
// EXTERNAL MODULE: ./build/operation-failure.js
var operation_failure = __webpack_require__(80286);
// EXTERNAL MODULE: ./build/adapters/clean-up.js
var clean_up = __webpack_require__(65228);
// EXTERNAL MODULE: ./build/adapters/docker.js
var docker = __webpack_require__(85981);
;// CONCATENATED MODULE: ./build/adapters/builder.js




/** What runs at an address: `ssh://` and `…docker.sock` are Docker hosts, everything else (`tcp://`, `kube-pod://`, …) is a BuildKit. */
function builderAt(endpoint) {
    return { driver: /^ssh:|docker\.sock$/.test(endpoint) ? 'docker-container' : 'remote', endpoint };
}
/** Runs `use` with a new buildx builder and removes it afterwards. Rejects with OperationFailure when it cannot be made. */
async function withBuilder({ driver, endpoint }, options, use) {
    const name = `nself-${process.pid}`;
    const create = ['buildx', 'create', '--driver', driver, '--bootstrap'];
    // A registry on this machine's loopback address is one for its builder, too.
    if (driver === 'docker-container')
        create.push('--driver-opt', 'network=host');
    const address = endpoint === '' ? [] : [endpoint];
    const remove = () => void (0,external_node_child_process_.spawnSync)('docker', ['buildx', 'rm', '--force', name], { cwd: options.cwd, env: options.environment });
    return (0,clean_up/* cleanUpAfter */.T)(remove, async () => {
        const created = await (0,docker/* docker */.T3)([...create, '--name', name, ...address], options);
        if (created.exitCode !== 0)
            throw new operation_failure/* OperationFailure */.C(`No builder could be made${endpoint === '' ? '' : ` at ${endpoint}`}: ${created.output.trim().split('\n').at(-1)}\n    Nothing was built. To see more: docker ${[...create, ...address].join(' ')}`);
        return use(name);
    });
}

// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(48161);
// EXTERNAL MODULE: ./build/images/reference.js
var reference = __webpack_require__(28794);
;// CONCATENATED MODULE: ./build/adapters/docker-config.js





/**
 * Runs `use` with a Docker configuration of its own that knows one more login, and removes it afterwards: the user's own configuration
 * keeps its credentials, and a password is in no argument list. Builders, contexts and plugins are those of the user.
 */
async function withLogin(folder, registry, credentials, use) {
    if (credentials === undefined)
        return use({});
    const own = (0,external_node_fs_.mkdtempSync)((0,external_node_path_.join)((0,external_node_os_.tmpdir)(), 'nself-docker-'));
    const remove = () => (0,external_node_fs_.rmSync)(own, { recursive: true, force: true });
    return (0,clean_up/* cleanUpAfter */.T)(remove, async () => {
        const file = (0,external_node_path_.join)(folder, 'config.json');
        const config = (0,external_node_fs_.existsSync)(file) ? JSON.parse((0,external_node_fs_.readFileSync)(file, 'utf8')) : {};
        const name = (0,reference/* loginKey */.H$)(registry);
        const auth = Buffer.from(`${credentials.username}:${credentials.password}`).toString('base64');
        const { credsStore: _, credHelpers: helpers = {}, ...rest } = config;
        const { [name]: __, ...otherHelpers } = helpers;
        const merged = { ...rest, credHelpers: otherHelpers, auths: { ...config.auths, [name]: { auth } } };
        (0,external_node_fs_.writeFileSync)((0,external_node_path_.join)(own, 'config.json'), JSON.stringify(merged), { mode: 0o600 });
        (0,external_node_fs_.mkdirSync)((0,external_node_path_.join)(folder, 'buildx'), { recursive: true });
        for (const entry of (0,external_node_fs_.readdirSync)(folder))
            if (entry !== 'config.json')
                (0,external_node_fs_.symlinkSync)((0,external_node_path_.join)(folder, entry), (0,external_node_path_.join)(own, entry));
        return use({ DOCKER_CONFIG: own, BUILDX_CONFIG: (0,external_node_path_.join)(folder, 'buildx') });
    });
}

// EXTERNAL MODULE: ./build/adapters/registry/credentials.js
var credentials = __webpack_require__(37031);
// EXTERNAL MODULE: ./build/render/bake.js
var bake = __webpack_require__(52800);
;// CONCATENATED MODULE: ./build/images/bake-run.js




/** Ends the name of a local cache that was just written: BuildKit never removes what is old in one, so that the new one replaces it. */
const newCache = '.new';
/** The bake file of one run, as JSON: only what is to be built, pushed under its content key. Paths are relative to the project's root. */
function bakeRun(plans, options) {
    const target = Object.fromEntries(plans.map((plan) => [plan.service.host, runTarget(plan, options)]));
    const file = { group: { default: { targets: plans.map(({ service }) => service.host) } }, target };
    // HCL reads `${…}` and `%{…}` in the strings of its JSON form, too.
    return JSON.stringify(file, null, 2).replace(/[$%](?=\{)/g, '$&$&');
}
function runTarget({ service, key, parts }, options) {
    const { from, to } = cacheOf(service.host, service.image, options);
    const attest = [
        ...(options.provenance === 'false' ? [] : [`type=provenance,mode=${options.provenance}`]),
        ...(options.sbom ? ['type=sbom'] : []),
    ];
    const { pins, isComplete } = pinBases(parts);
    return {
        ...(0,bake/* bakeTarget */.xM)(service),
        contexts: pins,
        tags: [`${service.image}:${(0,content_key/* keyTag */.QR)(key)}`],
        labels: (0,labels/* imageLabels */.J0)(service.host, parts, options.source),
        args: options.buildArgs,
        platforms: options.platforms,
        secret: Object.entries(options.secrets).map(([id, variable]) => `type=env,id=${id},env=${variable}`),
        attest,
        output: [`type=image,push=true${options.rewriteTimes ? ',rewrite-timestamp=true' : ''}`],
        'cache-from': from,
        'cache-to': to,
        'no-cache': options.noCache,
        pull: options.pull || !isComplete,
    };
}
// The key says which base was looked up; the Engine would build on the one that it happens to have. A name that a stage may have, too,
// cannot be pinned: it would replace the stage. Such a base is fetched again instead.
function pinBases(parts) {
    const bases = (0,content_key/* basesOf */.cF)(parts).filter(([name, digest]) => digest !== '' && !name.includes('@'));
    const names = bases.map(([name, digest]) => [(0,reference/* familiarName */.hG)((0,reference/* parseReference */.F2)(name)), digest]);
    const pinned = names.filter(([name]) => /[:/]/.test(name));
    return {
        pins: Object.fromEntries(pinned.map(([name, digest]) => [name, `docker-image://${name}@${digest}`])),
        isComplete: pinned.length === names.length,
    };
}
// A scope per service and set of platforms: services would evict each other's layers from a shared one. A cache that cannot be
// written never fails a build (`ignore-error`); one that cannot be read never does.
function cacheOf(host, image, { cache, cacheFolder, platforms }) {
    const scope = `${host}-${scopeOf(platforms)}`;
    switch (cache) {
        case 'gha': {
            // One repository may hold several projects with services of the same name: their images differ.
            const own = `${image.slice(image.lastIndexOf('/') + 1)}-${scopeOf(platforms)}`;
            return { from: [`type=gha,scope=${own}`], to: [`type=gha,scope=${own},mode=max,ignore-error=true`] };
        }
        case 'registry': {
            const reference = registryCache(image, platforms);
            return {
                from: [`type=registry,ref=${reference}`],
                to: [`type=registry,ref=${reference},mode=max,image-manifest=true,ignore-error=true`],
            };
        }
        case 'local':
            return {
                from: [`type=local,src=${cacheFolder}/${scope}`],
                to: [`type=local,dest=${cacheFolder}/${scope}${newCache},mode=max,ignore-error=true`],
            };
        case 'inline':
            return { from: [`type=registry,ref=${image}:${labels/* lastTag */.$m}`], to: ['type=inline'] };
        case 'off':
            return { from: [], to: [] };
    }
}
/** Where `cache: registry` keeps the layers of an image. */
function registryCache(image, platforms) {
    return `${image}:cache-${scopeOf(platforms)}`;
}
function scopeOf(platforms) {
    return platforms.map((platform) => platform.replaceAll('/', '-')).join('-');
}

// EXTERNAL MODULE: ./node_modules/p-limit/index.js + 1 modules
var p_limit = __webpack_require__(70370);
// EXTERNAL MODULE: ./build/adapters/actions-cache.js
var actions_cache = __webpack_require__(69117);
;// CONCATENATED MODULE: ./build/images/progress.js
/** The log of a target that printed nothing. */
const emptyLog = { lines: [], steps: 0, cachedSteps: 0, seconds: 0, failed: false };
const linesKept = 20;
/**
 * Reads BuildKit's plain progress: `#7 [api build 2/5] RUN …` opens a step, `#7 …` continues it. With one target BuildKit leaves its
 * name out. Returns one log per target.
 */
function readProgress(text, targets) {
    const logs = new Map(targets.map((target) => [target, { ...emptyLog, lines: [] }]));
    const steps = new Map();
    for (const line of text.split('\n')) {
        const [, id = '', rest = ''] = /^#(\d+) (.*)$/.exec(line) ?? [];
        const title = /^\[([^\]]*)\]/.exec(rest)?.[1];
        if (title !== undefined && !steps.has(id)) {
            const log = logs.get(title.split(' ')[0] ?? '') ?? (targets.length === 1 ? logs.get(targets[0] ?? '') : undefined);
            const isOfDockerfile = /(?:^| )\d+\/\d+$/.test(title);
            if (log !== undefined)
                steps.set(id, { log, isOfDockerfile, elapsed: 0 });
            if (log !== undefined && isOfDockerfile)
                log.steps++;
        }
        const step = steps.get(id);
        if (step !== undefined)
            addLine(step, rest);
    }
    return logs;
}
function addLine(step, line) {
    const { log, isOfDockerfile } = step;
    const done = /^DONE (\d+\.\d+)s$/.exec(line)?.[1];
    const [, elapsed, text = line] = /^(\d+\.\d+) (.*)$/.exec(line) ?? [];
    step.elapsed = Number(elapsed ?? step.elapsed);
    if (line === 'CACHED' && isOfDockerfile)
        log.cachedSteps++;
    if (/^ERROR\b/.test(line))
        log.failed = true;
    log.seconds += Number(done ?? (/^(ERROR|CANCELED)\b/.test(line) ? step.elapsed : 0));
    if (/^(DONE|CACHED|CANCELED|sha256:|transferring|extracting|resolve )/.test(line))
        return;
    log.lines.push(text);
    if (log.lines.length > linesKept)
        log.lines.shift();
}

;// CONCATENATED MODULE: ./build/commands/build/build-images.js










// BuildKit's session breaks now and then with about a hundred targets.
const targetsPerBake = 32;
const bakesAtOnce = 3;
const cacheAnswersWithin = 10_000;
const exportPatience = 6;
/**
 * Builds and pushes images with bake, all together first: that shares one session and BuildKit's own parallelism. When something
 * fails there, bake cancels the rest; it goes on without what failed, and what is not in the registry then is built one by one, so
 * that one failure stays one.
 */
async function buildImages(plans, wanted, registry, shell) {
    const options = await withLiveCache(plans, wanted, registry, shell);
    const outcomes = new Map();
    const build = async (some) => {
        const made = await build_images_bake(some, options, shell);
        const settle = async ({ service, reference, digest: before }) => {
            const outcome = made.get(service.name);
            // Bake tells no digest of a run that failed. With `force`, the image of before is no proof that this build came to an end.
            const pushed = outcome.digest ?? (await registry.digestOf(reference).catch(() => undefined));
            outcomes.set(service.name, { ...outcome, digest: outcome.digest === undefined && pushed === before ? undefined : pushed });
        };
        await Promise.all(some.map(settle));
    };
    const isMissing = ({ service }) => outcomes.get(service.name)?.digest === undefined;
    const hasFailed = ({ service }) => outcomes.get(service.name)?.log.failed === true;
    const limit = (0,p_limit/* default */.A)(bakesAtOnce);
    for (let start = 0; start < plans.length; start += targetsPerBake) {
        const batch = plans.slice(start, start + targetsPerBake);
        await build(batch);
        const cancelled = batch.filter((plan) => isMissing(plan) && !hasFailed(plan));
        if (cancelled.length > 0 && cancelled.length < batch.filter(isMissing).length)
            await build(cancelled);
        // Those that failed are tried once more, too: registries and caches have bad moments.
        await Promise.all(batch.filter(isMissing).map((plan) => limit(() => build([plan]))));
    }
    return outcomes;
}
// While BuildKit waits for a cache, that builder builds nothing else, for anybody, and it waits without end: so it is asked here first.
async function withLiveCache(plans, options, registry, { progress, environment }) {
    if (await cacheAnswers(plans, options, registry, environment))
        return options;
    progress(deadCache(options));
    return { ...options, cache: 'off' };
}
async function cacheAnswers(plans, { cache, platforms }, registry, environment) {
    if (cache === 'gha')
        return (0,actions_cache.cacheServiceAnswers)(environment, cacheAnswersWithin);
    if (cache !== 'registry' && cache !== 'inline')
        return true;
    const answers = plans.map(({ service: { image } }) => registry.answers(cache === 'registry' ? registryCache(image, platforms) : `${image}:${labels/* lastTag */.$m}`, cacheAnswersWithin));
    return !(await Promise.all(answers)).includes(false);
}
// What comes before BuildKit's own tolerance (`ignore-error`): a token that it cannot read, a builder that exports no cache.
const unusableCache = /failed to configure \S+ cache (?:im|ex)porter|cache export (?:feature )?is (?:currently )?not supported/i;
const deadCache = ({ cache }) => `The cache (${cache}) does not answer; building without it.`;
async function build_images_bake(plans, options, shell) {
    const folder = (0,external_node_fs_.mkdtempSync)((0,external_node_path_.join)((0,external_node_os_.tmpdir)(), 'nself-bake-'));
    const remove = () => (0,external_node_fs_.rmSync)(folder, { recursive: true, force: true });
    return (0,clean_up/* cleanUpAfter */.T)(remove, async () => {
        const [file, metadataFile] = [(0,external_node_path_.join)(folder, 'bake.json'), (0,external_node_path_.join)(folder, 'metadata.json')];
        (0,external_node_fs_.writeFileSync)(file, bakeRun(plans, options));
        const stall = watchForStall(shell.stallSeconds);
        const args = ['buildx', 'bake', '--file', file, '--progress', 'plain', '--metadata-file', metadataFile];
        const { exitCode, output } = await (0,docker/* docker */.T3)([...args, ...(shell.builder === '' ? [] : ['--builder', shell.builder])], {
            cwd: shell.root,
            environment: shell.environment,
            onLine: (line) => {
                stall.saw(line);
                shell.progress(line);
            },
            signal: stall.signal,
        });
        stall.end();
        if (options.cache !== 'off' && (stall.signal.aborted || (exitCode !== 0 && unusableCache.test(output)))) {
            shell.progress(stall.signal.aborted ? deadCache(options) : `The cache (${options.cache}) cannot be used; building without it.`);
            return build_images_bake(plans, { ...options, cache: 'off' }, shell);
        }
        const digests = exitCode === 0 ? readDigests(metadataFile) : {};
        const logs = readProgress(output, plans.map(({ service }) => service.host));
        return new Map(plans.map(({ service: { name, host } }) => {
            const log = logs.get(host) ?? emptyLog;
            const lines = log.lines.length > 0 && (exitCode === 0 || log.failed) ? log.lines : output.trim().split('\n').slice(-10);
            return [name, { digest: digests[host], log: { ...log, lines } }];
        }));
    });
}
function readDigests(metadataFile) {
    const metadata = JSON.parse((0,external_node_fs_.readFileSync)(metadataFile, 'utf8'));
    return Object.fromEntries(Object.entries(metadata).flatMap(([host, { 'containerimage.digest': digest }]) => (digest === undefined ? [] : [[host, digest]])));
}
// BuildKit bounds neither connecting to a cache nor reading from one; writing may take its time. Of several targets, each has its name first.
function watchForStall(stallSeconds) {
    const controller = new AbortController();
    const [importing, exporting] = [new Set(), new Set()];
    let timer;
    return {
        signal: controller.signal,
        saw: (line) => {
            const [, step = '', rest = ''] = /^#(\d+) (?:\[[^\]]*\] )?(.*)$/.exec(line) ?? [];
            if (/^importing cache manifest/.test(rest))
                importing.add(step);
            if (/^exporting cache/.test(rest))
                exporting.add(step);
            if (/^(DONE|ERROR|CANCELED)/.test(rest))
                for (const steps of [importing, exporting])
                    steps.delete(step);
            clearTimeout(timer);
            const seconds = importing.size > 0 ? stallSeconds : stallSeconds * exportPatience;
            if (importing.size + exporting.size > 0)
                timer = setTimeout(() => controller.abort(), seconds * 1000);
        },
        end: () => clearTimeout(timer),
    };
}

;// CONCATENATED MODULE: ./build/commands/build/run-builds.js












/** Builds the images that are missing, with the builder, the login and the cache that the inputs name. */
async function runBuilds(misses, project, context, { registry, engine }, progress) {
    const [first] = misses;
    if (first === undefined)
        return new Map();
    const { inputs, root, outer } = context;
    const { own, driver } = await chooseBuilder(context, engine);
    const build = (builder) => withLogin((0,credentials/* dockerConfigFolder */.P)(outer), (0,reference/* parseReference */.F2)(first.service.image).registry, (0,open_registry/* loginOf */.D)(inputs), (login) => buildImages(misses, bakeOptions(context, driver), registry, {
        root,
        environment: { ...outer, ...epochOf(context), ...login },
        builder,
        progress,
        stallSeconds: 90,
    }));
    const buildThere = () => (own === undefined ? build(inputs.builder) : withBuilder(own, { cwd: root, environment: outer }, build));
    if (inputs.cache !== 'local')
        return buildThere();
    const folder = (0,external_node_path_.join)(root, inputs.cacheFolder);
    const keepFolder = context.keepFolder ?? ((_where, _progress, use) => use());
    return keepFolder({ folder, ...cacheKey(misses, project, context) }, progress, async () => {
        const outcomes = await buildThere();
        replaceCaches(folder);
        return outcomes;
    });
}
// With the classic image store the Engine's own builder can neither export a cache nor attest: the state of hosted runners.
async function chooseBuilder({ inputs, outer }, engine) {
    if (inputs.endpoint !== '')
        return withDriver(builderAt(inputs.endpoint));
    const driver = await (0,docker/* builderDriver */.kW)(inputs.builder, outer, (0,credentials/* dockerConfigFolder */.P)(outer));
    if (driver !== 'docker' || (await engine.hasContainerdStore()))
        return { driver };
    return withDriver({ driver: 'docker-container', endpoint: '' });
}
const withDriver = (own) => ({ own, driver: own.driver });
function cacheKey(misses, project, { inputs }) {
    const prefix = `nself-layers-${project}-${(0,plan_images/* platformsOf */.W)(inputs).join('-').replaceAll('/', '-')}-`;
    const keys = misses.map(({ service, key }) => `${service.name}=${key}`).join('\n');
    return { prefix, key: prefix + (0,external_node_crypto_.createHash)('sha256').update(keys).digest('hex').slice(0, 24) };
}
function replaceCaches(folder) {
    for (const name of ((0,external_node_fs_.existsSync)(folder) ? (0,external_node_fs_.readdirSync)(folder) : []).filter((entry) => entry.endsWith(newCache))) {
        const old = (0,external_node_path_.join)(folder, name.slice(0, -newCache.length));
        (0,external_node_fs_.rmSync)(old, { recursive: true, force: true });
        (0,external_node_fs_.renameSync)((0,external_node_path_.join)(folder, name), old);
    }
}
function bakeOptions({ inputs, outer }, driver) {
    const isActions = outer.ACTIONS_RUNTIME_TOKEN !== undefined;
    return {
        cache: inputs.cache === 'auto' ? (isActions ? 'gha' : 'off') : inputs.cache,
        cacheFolder: inputs.cacheFolder,
        platforms: (0,plan_images/* platformsOf */.W)(inputs),
        buildArgs: inputs.buildArgs,
        secrets: inputs.buildSecrets,
        provenance: inputs.provenance,
        sbom: inputs.sbom,
        rewriteTimes: driver !== 'docker',
        noCache: inputs.noCache,
        pull: inputs.pull,
        source: outer.GITHUB_REPOSITORY === undefined ? '' : `${outer.GITHUB_SERVER_URL ?? 'https://github.com'}/${outer.GITHUB_REPOSITORY}`,
    };
}
// One key, one image: without it, each build of the same files would differ by its times. 0 is what ko and Jib use, too.
function epochOf({ outer }) {
    return { SOURCE_DATE_EPOCH: outer.SOURCE_DATE_EPOCH ?? '0' };
}

// EXTERNAL MODULE: ./build/commands/generate.js
var generate = __webpack_require__(85232);
// EXTERNAL MODULE: ./build/commands/project/read-project.js + 13 modules
var read_project = __webpack_require__(9727);
// EXTERNAL MODULE: ./build/commands/project/select-services.js
var select_services = __webpack_require__(40918);
;// CONCATENATED MODULE: ./build/commands/build.js



















/** Builds and pushes the images that the registry does not have yet, tags all, and writes the digests file. */
async function build(context) {
    const { inputs, root } = context;
    const engine = (0,adapters_engine/* openEngine */.F)(context.outer);
    const { catalogue, diagnostics } = (0,read_project/* openCatalogue */.GP)(context);
    const { project, variables, secrets, ...read } = (0,read_project/* readProject */.Wh)(context, catalogue, inputs.environment);
    diagnostics.push(...read.diagnostics);
    const buildSecrets = buildSecretValues(context, variables);
    const all = [...secrets, inputs.registryPassword, ...Object.values(buildSecrets)].filter((secret) => secret !== '');
    const selected = project === undefined ? [] : (0,select_services/* selectServices */.Z)(project, inputs, diagnostics);
    // With errors in the env files, nobody knows what they would have set.
    diagnostics.push(...checkBuildInputs(inputs, variables === undefined ? {} : buildSecrets));
    diagnostics.push(...(0,find_markers/* findMarkers */.X)((0,files/* openTree */.rB)(root), (service) => selected.some(({ name }) => name === service)));
    if (project === undefined || (0,config_diagnostics/* hasErrors */.Cs)(diagnostics))
        return (0,generate/* refused */.J)((0,config_diagnostics/* sortDiagnostics */.Ds)(diagnostics), all);
    const registry = (0,open_registry/* openRegistry */.M)(context, engine);
    const planned = await (0,plan_images/* planImages */.y)(root, selected, inputs, registry);
    diagnostics.push(...planned.diagnostics);
    const tags = (0,images_tags/* expandTags */.C)(inputs.tags, tagSources(context, project));
    const written = planned.plans.filter(({ action }) => action !== 'reuse' || tags.length > 0);
    await registry.announce(written.map(({ service }) => service.image), 'pull,push');
    const { plans, refused: notAllowed } = await withoutRefused(planned.plans, registry);
    const unplanned = [...planned.unplanned, ...notAllowed];
    const misses = plans.filter(({ action }) => action === 'build');
    const building = { ...context, outer: { ...context.outer, ...buildSecrets } };
    const outcomes = await runBuilds(misses, project.name, building, { registry, engine }, (line) => context.progress((0,redact/* redact */.E$)(line, all)));
    const results = await Promise.all(plans.map((plan) => finishImage(plan, outcomes.get(plan.service.name), tags, registry)));
    const report = (0,report_images/* buildReport */.F)(project, [...results, ...unplanned.map(unplannedResult)]);
    const records = new Map(results.flatMap((result) => recordOf(result, inputs)));
    const isComplete = results.every(({ state }) => state !== 'failed') && unplanned.length === 0;
    if (isComplete)
        writeDigests(root, inputs.digestsFile, project.name, records);
    return {
        exitCode: isComplete ? 0 : 1,
        diagnostics: (0,config_diagnostics/* sortDiagnostics */.Ds)(diagnostics),
        secrets: all,
        text: (0,redact/* redact */.E$)(report.text, all),
        data: {
            environment: project.environment.name,
            services: selected.map(({ name }) => name),
            images: Object.fromEntries([...records].map(([name, { image }]) => [name, image])),
            ...(isComplete ? { 'digests-file': inputs.digestsFile } : {}),
            ...report.data,
        },
        summary: (0,redact/* redact */.E$)(report.summary, all),
    };
}
/** Asks before a build is wasted whether its image may be pushed at all. */
async function withoutRefused(plans, registry) {
    const refused = [];
    const allowed = await Promise.all(plans.map(async (plan) => {
        const problem = plan.action === 'reuse' ? undefined : await registry.pushProblem(plan.service.image);
        if (problem === undefined)
            return [plan];
        refused.push({ service: plan.service, problem });
        return [];
    }));
    return { plans: allowed.flat(), refused };
}
/** Values of the variables that `build-secrets` names: of the env files and the `env` input, else of this process. */
function buildSecretValues({ inputs, outer }, variables) {
    const find = (name) => {
        const resolved = (0,resolve_value/* resolveValue */.g)(name, variables ?? { entries: new Map(), outer });
        return resolved !== undefined && 'value' in resolved ? resolved.value : '';
    };
    return Object.fromEntries(Object.values(inputs.buildSecrets).map((name) => [name, find(name)]));
}
function checkBuildInputs(inputs, buildSecrets) {
    const missing = Object.entries(inputs.buildSecrets).filter(([, variable]) => buildSecrets[variable] === '');
    return [
        ...(inputs.registry === ''
            ? [
                (0,config_diagnostics/* diagnose */.h4)('NB605', 'build needs a registry to push to.', 'Set registry, such as ghcr.io/acme; a registry on this machine is 127.0.0.1:5000.'),
            ]
            : []),
        ...missing.map(([id, variable]) => (0,config_diagnostics/* diagnose */.h4)('NB603', `build-secrets: ${id} is read from ${variable}, which is not set.`, `Set ${variable} in the environment of this step, in the env input, or in .env.secrets.`)),
    ];
}
function tagSources({ outer }, project) {
    const type = outer.GITHUB_REF_TYPE;
    const name = outer.GITHUB_HEAD_REF || outer.GITHUB_REF_NAME || '';
    return {
        sha: outer.GITHUB_SHA ?? '',
        branch: type === 'tag' ? '' : name,
        semver: type === 'tag' ? (/^v?(\d+\.\d+\.\d+(?:-[\w.-]+)?)$/.exec(name)?.[1] ?? '') : '',
        environment: project.environment.name,
    };
}
function recordOf({ service, digest, key, parts, state }, inputs) {
    if (digest === undefined || state === 'failed')
        return [];
    const record = {
        slot: service.slot,
        image: `${service.image}@${digest}`,
        key,
        platforms: (0,plan_images/* platformsOf */.W)(inputs),
        bases: Object.fromEntries((0,content_key/* basesOf */.cF)(parts)),
    };
    return [[service.name, record]];
}
function writeDigests(root, file, project, records) {
    (0,external_node_fs_.writeFileSync)((0,external_node_path_.join)(root, file), formatDigestsFile(project, records));
    (0,external_node_fs_.writeFileSync)((0,external_node_path_.join)(root, `${file}.env`), formatImageLines(records));
}


/***/ }),

/***/ 46191:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   T: () => (/* binding */ expandEntry),
/* harmony export */   g: () => (/* binding */ resolveValue)
/* harmony export */ });
const reference = /\\\$|\$\$|\$\{([A-Za-z_][A-Za-z0-9_]*)(?:(:?[-?+])([^{}]*))?\}|\$([A-Za-z_][A-Za-z0-9_]*)/g;
const longest = 2 ** 20;
const deepest = 20;
/**
 * The value that a container or a build gets: that of the env files, as Compose reads them (`$$` and `\$` are a dollar sign), else that of
 * the process environment as it is. Secrets are allowed, so the text must go nowhere else. A bare `$NAME` is a reference only where an env
 * file sets NAME; otherwise it is part of a password.
 */
function resolveValue(name, variables, path = []) {
    const entry = variables.entries.get(name);
    if (entry !== undefined)
        return expandEntry(entry, variables, [...path, name]);
    const outer = Object.hasOwn(variables.outer, name) ? variables.outer[name] : undefined;
    return outer === undefined ? undefined : { value: outer };
}
/** The value of one line of an env file, with its references resolved. */
function expandEntry(entry, variables, path) {
    if (entry.quote === 'single' || !entry.value.includes('$'))
        return { value: entry.value };
    const problems = [];
    const value = entry.value.replace(reference, (text, braced, sign = '', operand = '', bare) => {
        if (text === '$$' || text === '\\$')
            return '$';
        if (bare !== undefined && !variables.entries.has(bare))
            return text;
        // After the first problem nothing else is looked up: a few variables that name each other twice would take for ever.
        if (problems.length > 0)
            return '';
        const found = substitute({ name: (braced ?? bare), sign, operand }, entry.key, variables, path);
        if ('problem' in found)
            problems.push(found.problem);
        return 'value' in found ? found.value : '';
    });
    const [problem] = problems;
    if (problem !== undefined)
        return { problem };
    return value.length > longest ? { problem: `${entry.key} becomes longer than 1 MiB` } : { value };
}
function substitute({ name, sign, operand }, key, variables, path) {
    if (path.includes(name) || path.length > deepest)
        return { problem: `${[...path, name].join(' → ')} refers to itself` };
    const resolved = resolveValue(name, variables, path);
    if (resolved !== undefined && 'problem' in resolved)
        return resolved;
    const isSet = resolved !== undefined && (!sign.startsWith(':') || resolved.value !== '');
    if (sign.endsWith('+'))
        return { value: isSet ? operand : '' };
    if (isSet)
        return resolved;
    return sign.endsWith('-') ? { value: operand } : { problem: `${key} refers to ${name}, which is not set` };
}


/***/ }),

/***/ 39010:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   X: () => (/* binding */ findMarkers)
/* harmony export */ });
/* harmony import */ var _config_diagnostics_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(24699);
/* harmony import */ var _changes_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(92514);
/* harmony import */ var _lock_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(60508);
/* harmony import */ var _merge_markers_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(55215);
/* harmony import */ var _notices_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(77614);





/**
 * Finds scaffolded files that hold conflicts which we wrote and nobody has resolved yet: such a tree must not be built or deployed.
 * Looks at all of them, or at those that `isLookedAt`.
 */
function findMarkers(tree, isLookedAt = () => true) {
    const found = Object.entries((0,_lock_js__WEBPACK_IMPORTED_MODULE_2__/* .lockOf */ .Vx)(tree.read(_lock_js__WEBPACK_IMPORTED_MODULE_2__/* .lockPath */ .HZ)).services)
        .flatMap(([name, { files }]) => Object.entries(files).flatMap(([file, locked]) => (isLookedAt(name, locked) ? [`services/${name}/${file}`] : [])))
        .flatMap((path) => {
        const line = (0,_merge_markers_js__WEBPACK_IMPORTED_MODULE_4__/* .firstMarker */ .dj)(readQuietly(tree, path));
        return line === undefined ? [] : [{ ...(0,_notices_js__WEBPACK_IMPORTED_MODULE_3__/* .markersNotice */ .o3)(path, line), severity: 'error' }];
    });
    return (0,_config_diagnostics_js__WEBPACK_IMPORTED_MODULE_0__/* .sortDiagnostics */ .Ds)(found);
}
// What is in the way of a file is another finding's matter.
function readQuietly(tree, path) {
    try {
        return tree.read(path)?.toString('utf8') ?? '';
    }
    catch (error) {
        if (error instanceof _changes_js__WEBPACK_IMPORTED_MODULE_1__/* .PathProblem */ .V)
            return '';
        throw error;
    }
}


/***/ })

};
