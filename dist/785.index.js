export const id = 785;
export const ids = [785];
export const modules = {

/***/ 65228:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   T: () => (/* binding */ cleanUpAfter)
/* harmony export */ });
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
/** Runs `use`, then `clean`: also when the process is asked to end meanwhile, as a cancelled job is. `clean` must be synchronous. */
async function cleanUpAfter(clean, use) {
    const end = (signal) => {
        release();
        clean();
        process.kill(process.pid, signal);
    };
    const release = () => {
        for (const signal of signals)
            process.removeListener(signal, end);
    };
    for (const signal of signals)
        process.on(signal, end);
    try {
        return await use();
    }
    finally {
        release();
        clean();
    }
}


/***/ }),

/***/ 85981:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   T3: () => (/* binding */ docker),
/* harmony export */   kW: () => (/* binding */ builderDriver),
/* harmony export */   ut: () => (/* binding */ answerOf)
/* harmony export */ });
/* harmony import */ var node_child_process__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(31421);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(73024);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(76760);
/* harmony import */ var _clean_up_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(65228);




/**
 * Runs docker with arguments that hold no secret. `onLine` gets each line as it comes; the process ends with `signal`. A docker that is
 * not installed is exit code 127 and says so.
 */
function docker(args, options) {
    const { cwd, environment, input = '', onLine = () => { }, signal } = options;
    const child = (0,node_child_process__WEBPACK_IMPORTED_MODULE_0__.spawn)('docker', [...args], { cwd, env: environment, ...(signal === undefined ? {} : { signal }) });
    const result = new Promise((resolve) => {
        let output = '';
        let rest = '';
        const take = (chunk) => {
            output += chunk;
            const lines = (rest + chunk).split('\n');
            rest = lines.pop() ?? '';
            for (const line of lines)
                onLine(line);
        };
        child.stdout.setEncoding('utf8').on('data', take);
        child.stderr.setEncoding('utf8').on('data', take);
        child.stdin.on('error', () => { }).end(input);
        child.on('error', (error) => {
            const isMissing = error.code === 'ENOENT';
            if (isMissing)
                resolve({ exitCode: 127, output: 'docker is not installed, or not on the PATH' });
            else
                output += `${error.message}\n`;
        });
        child.on('close', (exitCode) => resolve({ exitCode: exitCode ?? 1, output }));
    });
    return (0,_clean_up_js__WEBPACK_IMPORTED_MODULE_3__/* .cleanUpAfter */ .T)(() => void child.kill(), () => result);
}
/** The driver of a buildx builder ('' for the current one): `docker` is the Engine itself. */
async function builderDriver(builder, environment, configFolder) {
    if (builder === '' && !hasChosenBuilder(environment, configFolder))
        return 'docker';
    const text = await answerOf(['buildx', 'inspect', ...(builder === '' ? [] : [builder])], environment);
    return /^Driver:\s+(\S+)/m.exec(text ?? '')?.[1] ?? 'docker';
}
// Where buildx remembers `docker buildx use`; a name that is empty is the Engine's own. To ask buildx costs as much as a small build.
function hasChosenBuilder({ BUILDX_BUILDER, BUILDX_CONFIG }, configFolder) {
    if ((BUILDX_BUILDER ?? '') !== '')
        return true;
    const current = (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(BUILDX_CONFIG ?? (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(configFolder, 'buildx'), 'current');
    return (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.existsSync)(current) && !(0,node_fs__WEBPACK_IMPORTED_MODULE_1__.readFileSync)(current, 'utf8').includes('"Name":""');
}
/** What a docker command says on stdout; nothing when it fails. */
function answerOf(args, environment) {
    return new Promise((resolve) => {
        (0,node_child_process__WEBPACK_IMPORTED_MODULE_0__.execFile)('docker', args, { env: environment, timeout: 10_000 }, (error, stdout) => resolve(error === null ? stdout : undefined));
    });
}


/***/ }),

/***/ 79651:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   F: () => (/* binding */ openEngine)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(73024);
/* harmony import */ var node_http__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(37067);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(76760);
/* harmony import */ var _docker_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(85981);
/* harmony import */ var _registry_credentials_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(37031);





/** Asks the Engine at once: the answer comes while the caller does something else. */
function openEngine(environment) {
    // Something else may answer to the name of docker: what cannot be read is not known.
    const info = askSocket(environment)
        .catch(() => (0,_docker_js__WEBPACK_IMPORTED_MODULE_3__/* .answerOf */ .ut)(['info', '--format', '{{json .}}'], environment))
        .then((text = 'null') => JSON.parse(text) ?? {})
        .catch(() => ({}));
    return {
        mirrors: async () => ((await info).RegistryConfig?.Mirrors ?? []).map((mirror) => mirror.replace(/\/$/, '')),
        hasContainerdStore: async () => JSON.stringify((await info).DriverStatus ?? null).includes('io.containerd.snapshotter'),
    };
}
// A tenth of the time of `docker info`, which every build would wait for.
function askSocket(environment) {
    return new Promise((resolve, reject) => {
        const asked = (0,node_http__WEBPACK_IMPORTED_MODULE_1__.request)({ socketPath: localSocket(environment), path: '/info', timeout: 10_000 }, (answer) => {
            let text = '';
            answer.setEncoding('utf8').on('data', (chunk) => (text += chunk));
            answer.on('end', () => (answer.statusCode === 200 ? resolve(text) : reject(new Error(`${answer.statusCode}`)))).on('error', reject);
        });
        asked
            .on('timeout', () => asked.destroy(new Error('no answer')))
            .on('error', reject)
            .end();
    });
}
// Where docker itself finds the Engine; another machine's, or that of a context, only docker reaches.
function localSocket(environment) {
    const host = environment.DOCKER_HOST ?? '';
    if (host.startsWith('unix://'))
        return host.slice('unix://'.length);
    const config = (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)((0,_registry_credentials_js__WEBPACK_IMPORTED_MODULE_4__/* .dockerConfigFolder */ .P)(environment), 'config.json');
    const hasContext = (environment.DOCKER_CONTEXT ?? '') !== '' || ((0,node_fs__WEBPACK_IMPORTED_MODULE_0__.existsSync)(config) && (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readFileSync)(config, 'utf8').includes('"currentContext"'));
    if (host !== '' || hasContext)
        throw new Error('not on a socket of this machine');
    return '/var/run/docker.sock';
}


/***/ }),

/***/ 37031:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   P: () => (/* binding */ dockerConfigFolder),
/* harmony export */   d: () => (/* binding */ dockerCredentials)
/* harmony export */ });
/* harmony import */ var node_child_process__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(31421);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(73024);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(48161);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(76760);
/* harmony import */ var _images_reference_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(28794);





/** Docker's configuration folder: `DOCKER_CONFIG`, else `~/.docker`. */
function dockerConfigFolder(environment) {
    return environment.DOCKER_CONFIG ?? (0,node_path__WEBPACK_IMPORTED_MODULE_3__.join)((0,node_os__WEBPACK_IMPORTED_MODULE_2__.homedir)(), '.docker');
}
/** What the user's Docker configuration knows about a registry: stored credentials, or those of a credential helper. */
function dockerCredentials(folder, registry) {
    const file = (0,node_path__WEBPACK_IMPORTED_MODULE_3__.join)(folder, 'config.json');
    if (!(0,node_fs__WEBPACK_IMPORTED_MODULE_1__.existsSync)(file))
        return undefined;
    const config = JSON.parse((0,node_fs__WEBPACK_IMPORTED_MODULE_1__.readFileSync)(file, 'utf8'));
    const names = [(0,_images_reference_js__WEBPACK_IMPORTED_MODULE_4__/* .loginKey */ .H$)(registry), ...(registry === 'docker.io' ? ['docker.io', 'index.docker.io'] : [`https://${registry}`])];
    for (const name of names) {
        const helper = config.credHelpers?.[name] ?? config.credsStore;
        const found = (helper === undefined ? undefined : askHelper(helper, name)) ?? stored(config.auths?.[name]);
        if (found !== undefined)
            return found;
    }
    return undefined;
}
function stored(entry) {
    if (entry?.username !== undefined && entry.password !== undefined)
        return { username: entry.username, password: entry.password };
    if (entry?.auth === undefined || entry.auth === '')
        return undefined;
    const text = Buffer.from(entry.auth, 'base64').toString('utf8');
    const colon = text.indexOf(':');
    return colon === -1 ? undefined : { username: text.slice(0, colon), password: text.slice(colon + 1) };
}
// The protocol of docker-credential-helpers: the server's name on stdin, JSON on stdout.
function askHelper(helper, server) {
    const { status, stdout } = (0,node_child_process__WEBPACK_IMPORTED_MODULE_0__.spawnSync)(`docker-credential-${helper}`, ['get'], { input: server, encoding: 'utf8', timeout: 20_000 });
    if (status !== 0)
        return undefined;
    const { Username: username, Secret: password } = JSON.parse(stdout);
    return { username, password };
}


/***/ }),

/***/ 21673:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   cv: () => (/* binding */ exchange),
/* harmony export */   gl: () => (/* binding */ RegistryError),
/* harmony export */   j2: () => (/* binding */ responds)
/* harmony export */ });
/** One exchange with a registry could not be completed; says what was tried, and how it ended. */
class RegistryError extends Error {
    status;
    constructor(message, status) {
        super(message);
        this.name = 'RegistryError';
        this.status = status;
    }
}
const attempts = 5;
const answerWithin = 30_000;
const longestWait = 60_000;
const mostRedirects = 5;
/**
 * Sends a request, and again when the registry is busy (429), broken (5xx) or out of reach: after 0.5, 1, 2 and 4 s, or when
 * `Retry-After` says. Throws a RegistryError when it stays so. Every request here may be repeated: they name content by its digest.
 */
async function exchange(url, request, { sleep }) {
    const what = `${request.method ?? 'GET'} ${withoutQuery(url)}`;
    for (let attempt = 1;; attempt++) {
        const outcome = await send(url, request);
        const isLast = attempt === attempts;
        if ('answer' in outcome) {
            const { status, headers } = outcome.answer;
            if (status !== 429 && status < 500)
                return outcome.answer;
            if (isLast)
                throw new RegistryError(`${what} answered ${status} ${attempts} times`, status);
            await sleep(waitOf(headers.get('retry-after'), attempt));
        }
        else {
            if (isLast)
                throw new RegistryError(`${what} failed ${attempts} times: ${outcome.problem}`);
            await sleep(waitOf(undefined, attempt));
        }
    }
}
/** Whether anything answers a request within a time, whatever the answer is. Nothing of it is left under way afterwards. */
function responds(url, request, milliseconds) {
    return ask(url, request, AbortSignal.timeout(milliseconds)).then(() => true, () => false);
}
async function send(url, request) {
    const signal = AbortSignal.timeout(answerWithin);
    try {
        return { answer: await follow(url, request, signal) };
    }
    catch (error) {
        const { message, code } = error;
        return { problem: signal.aborted ? `no answer within ${answerWithin / 1000} s` : (code ?? message) };
    }
}
// Blobs lie elsewhere, behind an address that is signed; the login is the registry's alone.
async function follow(url, request, signal) {
    const { method = 'GET', headers: { authorization: _, ...others } = {} } = request;
    for (let address = url, hops = 0;; hops++) {
        const isElsewhere = new URL(address).origin !== new URL(url).origin;
        const answer = await ask(address, isElsewhere ? { ...request, headers: others } : request, signal);
        const location = answer.headers.get('location');
        const isRedirect = answer.status >= 300 && answer.status < 400 && location !== undefined;
        if (!isRedirect || hops === mostRedirects || (method !== 'GET' && method !== 'HEAD'))
            return answer;
        address = new URL(location, address).href;
    }
}
// Not by `fetch`: to load it takes as long as forty questions.
async function ask(url, { method = 'GET', headers, body }, signal) {
    const { request } = await (url.startsWith('https:') ? Promise.resolve(/* import() */).then(__webpack_require__.t.bind(__webpack_require__, 44708, 19)) : Promise.resolve(/* import() */).then(__webpack_require__.t.bind(__webpack_require__, 37067, 19)));
    const options = { method, headers: { 'user-agent': 'nself-build', ...headers }, signal };
    const response = await new Promise((resolve, reject) => {
        request(url, options, resolve).on('error', reject).end(body);
    });
    let text = '';
    for await (const part of response.setEncoding('utf8'))
        text += part;
    const answered = Object.entries(response.headers).flatMap(([name, value]) => value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]]);
    return { status: response.statusCode ?? 0, headers: new Map(answered), body: text };
}
function waitOf(retryAfter, attempt) {
    const seconds = Number(retryAfter);
    const asked = retryAfter === undefined ? 0 : Number.isFinite(seconds) ? seconds * 1000 : Date.parse(retryAfter) - Date.now();
    return asked > 0 ? Math.min(asked, longestWait) : 250 * 2 ** attempt;
}
// Tokens may stand in the query of a redirected address.
function withoutQuery(url) {
    return url.split('?')[0] ?? url;
}


/***/ }),

/***/ 92996:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   m: () => (/* binding */ inspectImage),
/* harmony export */   v: () => (/* binding */ imageBytes)
/* harmony export */ });
/* harmony import */ var _adapters_registry_http_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(21673);
/* harmony import */ var _images_labels_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(34096);


const unknown = { bytes: undefined, parts: undefined };
/** Looks at the image `<repository>:<tag>`: two or three requests. */
function inspectImage(repository, tag, registry) {
    return orElse(unknown, async () => {
        const manifest = await firstPlatform(repository, (await registry.manifest(`${repository}:${tag}`))?.text, registry);
        if (manifest.config === undefined)
            return { bytes: bytesOf(manifest), parts: undefined };
        const { config } = JSON.parse(await registry.blob(repository, manifest.config.digest));
        return { bytes: bytesOf(manifest), parts: (0,_images_labels_js__WEBPACK_IMPORTED_MODULE_1__/* .readPartsLabel */ .DN)(config?.Labels) };
    });
}
/** The compressed size of an image whose manifest is known: one request, when it is an index. */
function imageBytes(repository, manifest, registry) {
    return orElse(undefined, async () => bytesOf(await firstPlatform(repository, manifest, registry)));
}
async function firstPlatform(repository, text, registry) {
    const manifest = JSON.parse(text ?? '{}');
    const first = manifest.manifests?.[0];
    if (first === undefined)
        return manifest;
    return JSON.parse((await registry.manifest(`${repository}@${first.digest}`))?.text ?? '{}');
}
function bytesOf({ layers }) {
    return layers?.reduce((sum, { size }) => sum + size, 0);
}
async function orElse(fallback, find) {
    try {
        return await find();
    }
    catch (error) {
        if (error instanceof _adapters_registry_http_js__WEBPACK_IMPORTED_MODULE_0__/* .RegistryError */ .gl || error instanceof SyntaxError)
            return fallback;
        throw error;
    }
}


/***/ }),

/***/ 18277:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  D: () => (/* binding */ loginOf),
  M: () => (/* binding */ openRegistry)
});

// EXTERNAL MODULE: external "node:timers/promises"
var promises_ = __webpack_require__(58500);
// EXTERNAL MODULE: ./build/adapters/engine.js
var adapters_engine = __webpack_require__(79651);
// EXTERNAL MODULE: ./node_modules/p-limit/index.js + 1 modules
var p_limit = __webpack_require__(70370);
// EXTERNAL MODULE: ./build/images/reference.js
var images_reference = __webpack_require__(28794);
;// CONCATENATED MODULE: ./build/images/refusals.js
/** Says why a registry takes no image, and what to do, in the words of that registry's settings. */
function explainRefusal({ registry, repository }, status, detail) {
    const what = `${registry}/${repository} cannot be pushed to`;
    if (status !== 401 && status !== 403 && status !== 404)
        return `${what}: ${detail}`;
    if (registry === 'ghcr.io')
        return `${what} (${status}). The token needs packages: write. A package that another repository or a person made must also let this repository in: package settings, Manage Actions access, role Write. Its first part must be the owner's name, here ${repository.split('/')[0]}.`;
    if (status === 401)
        return `${what} (401): nobody is logged in, or the password is wrong. Set registry-username and registry-password, or run docker login ${registry}.`;
    return `${what} (${status}): the user has no right to push there, or the repository must be created first.`;
}

// EXTERNAL MODULE: ./build/adapters/registry/http.js
var http = __webpack_require__(21673);
;// CONCATENATED MODULE: ./build/adapters/registry/protocol.js
/** What is accepted for a manifest: an image or an index, as OCI and as Docker spell them. */
const manifestTypes = [
    'application/vnd.oci.image.index.v1+json',
    'application/vnd.docker.distribution.manifest.list.v2+json',
    'application/vnd.oci.image.manifest.v1+json',
    'application/vnd.docker.distribution.manifest.v2+json',
].join(', ');
/** The scope of a token (distribution's token protocol). */
function scopeOf(repository, actions) {
    return `repository:${repository}:${actions}`;
}
/** Where a registry's API is. */
function originOf(registry) {
    const host = registry === 'docker.io' ? 'registry-1.docker.io' : registry;
    return `${isLoopback(`http://${host}`) ? 'http' : 'https'}://${host}`;
}
/** The host that may be sent a password without TLS; nothing for a registry that is not on this machine. */
function insecureHost(origin) {
    return isLoopback(origin) ? new URL(origin).hostname : undefined;
}
// As the Engine: loopback addresses need no TLS.
function isLoopback(origin) {
    const { hostname } = new URL(origin);
    return hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.');
}

;// CONCATENATED MODULE: ./build/adapters/registry/authorize.js

/** Reads the first challenge that we can meet (RFC 9110, section 11; the Bearer form is distribution's token protocol). */
function readChallenge(header) {
    const match = /\b(basic|bearer)\s+(.*)$/i.exec(header);
    if (match === null)
        return undefined;
    const [, scheme = '', rest = ''] = match;
    const parameters = Object.fromEntries([...rest.matchAll(/(\w+)="([^"]*)"/g)].map(([, name, value]) => [name, value]));
    return { scheme: scheme.toLowerCase(), parameters };
}
/** Meets a challenge: the value of the `Authorization` header. Throws when the registry gives no token. */
async function authorize(challenge, scopes, credentials, insecureHost, clock) {
    const basic = credentials === undefined ? undefined : `Basic ${btoa(`${credentials.username}:${credentials.password}`)}`;
    if (challenge.scheme === 'basic') {
        if (basic === undefined)
            throw refusedLogin('the registry', undefined, 401);
        return basic;
    }
    const realm = new URL(challenge.parameters.realm ?? '');
    // Credentials go over plain HTTP only to the machine itself.
    if (realm.protocol !== 'https:' && realm.hostname !== insecureHost)
        throw new http/* RegistryError */.gl(`it wants the password sent to ${realm.origin}, which is not encrypted`, 401);
    if (challenge.parameters.service !== undefined)
        realm.searchParams.set('service', challenge.parameters.service);
    for (const scope of scopes)
        realm.searchParams.append('scope', scope);
    const { status, body } = await (0,http/* exchange */.cv)(realm.href, basic === undefined ? {} : { headers: { authorization: basic } }, clock);
    if (status === 401 || status === 403)
        throw refusedLogin(realm.host, credentials, status);
    if (status !== 200)
        throw new http/* RegistryError */.gl(`${realm.origin} gave no token for ${scopes.join(' ')} (${status})`, status);
    const { token, access_token: accessToken } = JSON.parse(body);
    return `Bearer ${token ?? accessToken ?? ''}`;
}
/** Says that a login failed, and what to do. */
function refusedLogin(who, credentials, status) {
    const problem = credentials === undefined ? 'wants a login, and none is known' : `does not accept the login of ${credentials.username}`;
    return new http/* RegistryError */.gl(`${who} ${problem} (${status}); set registry-username and registry-password, or use docker login`, status);
}

;// CONCATENATED MODULE: ./build/adapters/registry/tokens.js




// As many as fit into an address of a few kilobytes.
const scopesPerToken = 40;
function createTokens(credentials, clock) {
    const tokens = new Map();
    /** Those of them that are one for many scopes. */
    const shared = new Set();
    const challenges = new Map();
    const keyOf = (origin, scope) => `${origin} ${scope}`;
    // A mirror gets its own credentials, never those of the registry that it mirrors.
    const credentialsFor = (origin, registry) => credentials(origin === originOf(registry) ? registry : new URL(origin).host);
    async function renew(origin, registry, scope, { status, headers }) {
        const key = keyOf(origin, scope);
        // There was no token yet, or it has expired; or it was one for many, of which this registry does not think much.
        const isShared = status === 403 && shared.delete(key);
        if (status !== 401 && !isShared)
            return false;
        const challenge = isShared ? await challengeOf(origin) : readChallenge(headers.get('www-authenticate') ?? '');
        if (challenge === undefined)
            return false;
        const token = authorize(challenge, [scope], credentialsFor(origin, registry), insecureHost(origin), clock);
        tokens.set(key, token);
        token.catch(() => tokens.delete(key));
        return true;
    }
    async function announce(repositories, actions) {
        const all = repositories.map(images_reference/* parseReference */.F2);
        const registries = [...new Set(all.map(({ registry }) => registry))];
        const logins = registries.flatMap((registry) => logIn(registry, scopesOf(all, registry, actions)));
        await Promise.allSettled(logins);
    }
    // Requests that come meanwhile wait for the token. Where one for all is refused, each repository asks for its own.
    function logIn(registry, scopes) {
        const origin = originOf(registry);
        const starts = scopes.flatMap((_, index) => (index % scopesPerToken === 0 ? [index] : []));
        return starts.map((start) => {
            const some = scopes.slice(start, start + scopesPerToken);
            const token = challengeOf(origin)
                .then((challenge) => challenge && authorize(challenge, some, credentialsFor(origin, registry), insecureHost(origin), clock))
                .catch((error) => {
                if (error.status === 401 || error.status === 403)
                    return undefined;
                throw error;
            });
            for (const scope of some) {
                tokens.set(keyOf(origin, scope), token);
                shared.add(keyOf(origin, scope));
            }
            return token;
        });
    }
    // Asked once: a registry does not change its mind within a run.
    function challengeOf(origin) {
        const known = challenges.get(origin);
        if (known !== undefined)
            return known;
        const challenge = (0,http/* exchange */.cv)(`${origin}/v2/`, {}, clock).then(({ status, headers }) => status === 401 ? readChallenge(headers.get('www-authenticate') ?? '') : undefined);
        challenges.set(origin, challenge);
        return challenge;
    }
    return {
        find: async (origin, scope) => tokens.get(keyOf(origin, scope)),
        renew,
        announce,
        refusal: (origin, registry) => refusedLogin(new URL(origin).host, credentialsFor(origin, registry), 401),
    };
}
function scopesOf(all, registry, actions) {
    const own = all.filter((reference) => reference.registry === registry);
    return [...new Set(own.map(({ repository }) => scopeOf(repository, actions)))];
}

;// CONCATENATED MODULE: ./build/adapters/registry/client.js






// Enough to hide a round trip of 100 ms behind others, few enough for a registry on a small machine.
const requestsAtOnce = 16;
/** Makes a client that keeps one token per registry and scope. */
function createRegistryClient(options) {
    const limit = (0,p_limit/* default */.A)(requestsAtOnce);
    const tokens = createTokens(options.credentials, options);
    async function request(origin, reference, actions, path, asked) {
        const scope = scopeOf(reference.repository, actions);
        const url = `${origin}/v2/${reference.repository}/${path}`;
        const send = async () => {
            const token = await tokens.find(origin, scope);
            const login = token === undefined ? {} : { authorization: token };
            return limit(() => (0,http/* exchange */.cv)(url, { ...asked, headers: { ...asked.headers, ...login } }, options));
        };
        const first = await send();
        if (!(await tokens.renew(origin, reference.registry, scope, first)))
            return first;
        const second = await send();
        if (second.status === 401)
            throw tokens.refusal(origin, reference.registry);
        return second;
    }
    async function find(text, method) {
        const reference = (0,images_reference/* parseReference */.F2)(text);
        for (const origin of await origins(reference)) {
            const isMirror = origin !== originOf(reference.registry);
            const answer = await request(origin, reference, 'pull', `manifests/${(0,images_reference/* targetOf */.$r)(reference)}`, {
                method,
                headers: { accept: manifestTypes },
            }).catch((error) => {
                if (isMirror)
                    return undefined;
                throw error;
            });
            if (answer?.status === 200)
                return answer;
            // Docker Hub and GHCR answer 401 and 403 for what does not exist, too.
            if (isMirror || answer === undefined || answer.status === 404)
                continue;
            throw new http/* RegistryError */.gl(`${text}: the registry answered ${answer.status}`, answer.status);
        }
        return undefined;
    }
    async function origins({ registry }) {
        return [...(registry === 'docker.io' ? await options.mirrors() : []), originOf(registry)];
    }
    return {
        announce: tokens.announce,
        digestOf: async (text) => {
            const answer = await find(text, 'HEAD');
            const digest = answer?.headers.get('docker-content-digest');
            if (answer !== undefined && digest === undefined)
                return (await find(text, 'GET'))?.headers.get('docker-content-digest');
            return digest;
        },
        answers: async (text, milliseconds) => {
            const reference = (0,images_reference/* parseReference */.F2)(text);
            const origin = originOf(reference.registry);
            const authorization = await tokens.find(origin, scopeOf(reference.repository, 'pull')).catch(() => undefined);
            const headers = { accept: manifestTypes, ...(authorization === undefined ? {} : { authorization }) };
            const url = `${origin}/v2/${reference.repository}/manifests/${(0,images_reference/* targetOf */.$r)(reference)}`;
            return limit(() => (0,http/* responds */.j2)(url, { method: 'HEAD', headers }, milliseconds));
        },
        manifest: async (text) => {
            const answer = await find(text, 'GET');
            if (answer === undefined)
                return undefined;
            const digest = answer.headers.get('docker-content-digest') ?? '';
            return { mediaType: answer.headers.get('content-type') ?? '', digest, text: answer.body };
        },
        blob: async (repository, digest) => {
            const reference = (0,images_reference/* parseReference */.F2)(repository);
            const { status, body } = await request(originOf(reference.registry), reference, 'pull', `blobs/${digest}`, {});
            if (status !== 200)
                throw new http/* RegistryError */.gl(`${repository}@${digest}: the registry answered ${status}`, status);
            return body;
        },
        pushProblem: async (repository) => {
            const reference = (0,images_reference/* parseReference */.F2)(repository);
            const origin = originOf(reference.registry);
            const answer = await request(origin, reference, 'pull,push', 'blobs/uploads/', { method: 'POST' }).catch((error) => error);
            if (answer instanceof http/* RegistryError */.gl)
                return explainRefusal(reference, answer.status, answer.message);
            if (answer.status !== 202)
                return explainRefusal(reference, answer.status, answer.body.slice(0, 200));
            const location = new URL(answer.headers.get('location') ?? '', origin);
            const upload = location.pathname.slice(`/v2/${reference.repository}/`.length) + location.search;
            // It would expire anyway: nobody waits for it.
            void request(origin, reference, 'pull,push', upload, { method: 'DELETE' }).catch(() => { });
            return undefined;
        },
        tag: async (repository, tag, { mediaType, text }) => {
            const reference = (0,images_reference/* parseReference */.F2)(repository);
            const { status, body } = await request(originOf(reference.registry), reference, 'pull,push', `manifests/${tag}`, {
                method: 'PUT',
                headers: { 'content-type': mediaType },
                body: text,
            });
            if (status === 201)
                return;
            const isRefused = status === 401 || status === 403;
            const problem = isRefused ? explainRefusal(reference, status, '') : body.slice(0, 200);
            throw new http/* RegistryError */.gl(`${repository}:${tag} could not be set (${status}): ${problem}`, status);
        },
    };
}

// EXTERNAL MODULE: ./build/adapters/registry/credentials.js
var credentials = __webpack_require__(37031);
;// CONCATENATED MODULE: ./build/commands/build/open-registry.js





/** A client that knows the credentials of the inputs and of the Docker configuration. */
function openRegistry({ inputs, outer }, engine = (0,adapters_engine/* openEngine */.F)(outer)) {
    const folder = (0,credentials/* dockerConfigFolder */.P)(outer);
    const own = (0,images_reference/* parseReference */.F2)(`${inputs.registry}/x`).registry;
    // Asked once: behind it are files and processes.
    const known = new Map();
    return createRegistryClient({
        credentials: (registry) => {
            if (!known.has(registry))
                known.set(registry, (registry === own ? loginOf(inputs) : undefined) ?? (0,credentials/* dockerCredentials */.d)(folder, registry));
            return known.get(registry);
        },
        mirrors: engine.mirrors,
        sleep: (milliseconds) => (0,promises_.setTimeout)(milliseconds),
    });
}
/** The registry's credentials of the inputs. */
function loginOf({ registryUsername: username, registryPassword: password }) {
    return password === '' ? undefined : { username, password };
}


/***/ }),

/***/ 78534:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  y: () => (/* binding */ planImages),
  W: () => (/* binding */ platformsOf)
});

// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(48161);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(73024);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
;// CONCATENATED MODULE: ./build/images/ignore-pattern.js
// The rules of BuildKit's matcher (github.com/moby/patternmatcher), to the letter and with its oddities: `|` and `{2}` mean what they
// mean in regular expressions, `**x` matches every path that ends in x. A file more or less in the key would be a wrong image.
// What Go's filepath.Match accepts: closed classes with at least one character, nothing escaped by the last `\`.
const classItem = String.raw `(?:\\.|[^\\\]-])`;
const wellFormed = new RegExp(String.raw `^(?:\\.|\[(?:\^|(?!\^))(?:${classItem}(?:-${classItem})?)+\]|[^\\[])*$`, 'su');
/** Reads one pattern, cleaned and without its `!`. Throws on one that BuildKit refuses, and on `[[:alpha:]]`, which nobody writes. */
function compilePattern(pattern) {
    if (!wellFormed.test(pattern) || pattern.includes('[:'))
        throw unreadable(pattern);
    const { kind, source } = translate(pattern);
    if (kind === 'exact')
        return (path) => path === pattern;
    if (kind === 'prefix')
        return (path) => path.startsWith(pattern.slice(0, -2));
    if (kind === 'suffix')
        return (path) => path.endsWith(pattern.slice(2)) || pattern.slice(2) === `/${path}`;
    try {
        const expression = new RegExp(source, 'u');
        return (path) => expression.test(path);
    }
    catch {
        throw unreadable(pattern);
    }
}
const tokens = /\*\*\/?|\\.|\{\d+(?:,\d*)?\}|./gsu;
/** The kind decides, as there, whether the regular expression is used at all. */
function translate(pattern) {
    const expression = expressionWriter(pattern);
    let kind = 'exact';
    for (const { 0: token, index } of pattern.matchAll(tokens)) {
        if (token.startsWith('**')) {
            const isLast = index + token.length === pattern.length;
            expression.add(isLast ? '.*' : '(.*/)?');
            kind = index === 0 ? 'suffix' : isLast && kind === 'exact' ? 'prefix' : 'expression';
        }
        else {
            expression.addToken(token);
            if (/^[*?[\]\\]/.test(token))
                kind = 'expression';
        }
    }
    return { kind, source: `^${expression.source()}$` };
}
/** Writes what Go's regexp would read, in the spelling that JavaScript reads the same way. */
function expressionWriter(pattern) {
    let source = '';
    // Wildcards count in classes, too: `[*]` becomes `[[^/]*]`.
    let inClass = false;
    function add(text) {
        for (const character of text) {
            if (character === '[' && inClass)
                source += '\\[';
            else if (character === ']' && !inClass)
                source += '\\]';
            else if (character === '.' && !inClass)
                source += '[^\\n]';
            else
                source += character;
            if (character === '[' || character === ']')
                inClass = character === '[';
        }
    }
    function addLiteral(text) {
        for (const character of text)
            source += /[\d,]/.test(character) ? character : `\\${character}`;
    }
    // `bin\Debug` is no folder but the class of what is no digit; letters that mean nothing are an error.
    function addEscaped(character) {
        if (/[bBdDfnrtvwW]/.test(character))
            source += `\\${character}`;
        else if (/[a-z\d]/i.test(character) || character > '\x7f')
            throw unreadable(pattern);
        else
            source += `\\u{${character.codePointAt(0).toString(16)}}`;
    }
    function addToken(token) {
        if (token === '*')
            add('[^/]*');
        else if (token === '?')
            add('[^/]');
        else if (token.startsWith('\\'))
            addEscaped(token.slice(1));
        // `{2}` repeats what is before it; other braces are themselves.
        else if (token.length > 1 && !inClass)
            source += token;
        else if (/^[.+()${}]/.test(token))
            addLiteral(token);
        else
            add(token);
    }
    return { source: () => source, add, addToken };
}
function unreadable(pattern) {
    return new Error(`the ignore pattern ${JSON.stringify(pattern)} cannot be read`);
}

;// CONCATENATED MODULE: ./build/images/context-files.js


/** Reads the text of a `.dockerignore`; an absent one is ''. Throws on a line that BuildKit refuses. */
function ignoreRules(text) {
    const rules = text
        .replace(/^\uFEFF/, '')
        .split('\n')
        .filter((line) => !line.startsWith('#'))
        .map(trim)
        .filter((line) => line !== '')
        .map(readRule);
    return { judge: (path, folder) => judge(rules, path, folder), mayReturn: rules.some(({ isException }) => isException) };
}
function readRule(line) {
    const isNegated = line.startsWith('!');
    const pattern = isNegated ? trim(line.slice(1)) : line;
    // Cleaned twice, once with its `!`: as there.
    const cleaned = clean(`${isNegated ? '!' : ''}${pattern === '' ? '' : clean(pattern).replace(/^\/(?=.)/, '')}`);
    if (cleaned === '!')
        throw new Error('the ignore pattern "!" names nothing');
    const isException = cleaned.startsWith('!');
    return { isException, means: compilePattern(isException ? cleaned.slice(1) : cleaned) };
}
// The last rule that means a path decides. A rule that could change nothing is not asked, and then does not count for what is below the
// path either: BuildKit's own shortcut, and visible in what it sends.
function judge(rules, path, folder) {
    let isIgnored = false;
    const matches = rules.map(({ isException, means }, index) => {
        const isMatch = folder?.matches[index] === true || (isException === isIgnored && means(path));
        if (isMatch)
            isIgnored = !isException;
        return isMatch;
    });
    return { isIgnored, matches };
}
// As Go's filepath.Clean.
function clean(path) {
    return external_node_path_.posix.normalize(path).replace(/(?<=.)\/$/, '');
}
// White space as Go's strings.TrimSpace has it: with U+0085, without the byte order mark.
function trim(text) {
    return text.replace(/^(?:(?!\uFEFF)[\s\u0085])+|(?:(?!\uFEFF)[\s\u0085])+$/g, '');
}

;// CONCATENATED MODULE: ./build/adapters/build-context.js




const mostHops = 40;
// Node reads no file over 2 GiB in one go, and half of that is a lot of memory.
const mostAtOnce = 64 * 1024 ** 2;
/**
 * Lists what BuildKit would be sent of a folder, by reading the folder itself: git's index knows neither line-ending filters nor
 * submodules nor files marked unchanged, and would have to be checked against the disk anyway. A socket becomes an empty file, as in
 * BuildKit. Throws when the Dockerfile is missing.
 */
function readBuildContext(folder, dockerfile) {
    const rules = ignoreRules(readOptional(folder, `${dockerfile}.dockerignore`) ?? readOptional(folder, '.dockerignore') ?? '');
    const entries = [];
    walk(folder, '', undefined, rules, entries);
    return { entries, dockerfile: { path: dockerfile, content: (0,external_node_fs_.readFileSync)((0,external_node_path_.join)(folder, dockerfile), 'utf8') } };
}
/** Returns whether anything below was kept: an ignored folder is sent when one of its files comes back by a `!` line. */
function walk(root, parent, above, rules, entries) {
    let isKept = false;
    // Not `join`: with a call per file, it would be seen in how long a run takes.
    for (const entry of (0,external_node_fs_.readdirSync)(`${root}/${parent}`, { withFileTypes: true })) {
        const path = parent === '' ? entry.name : `${parent}/${entry.name}`;
        const verdict = rules.judge(path, above);
        const { isIgnored } = verdict;
        if (entry.isDirectory()) {
            if (isIgnored && !rules.mayReturn)
                continue;
            const hasKept = walk(root, path, verdict, rules, entries);
            if (isIgnored && !hasKept)
                continue;
            entries.push({ path, type: 'folder', mode: (0,external_node_fs_.lstatSync)(`${root}/${path}`).mode & 0o7777, content: '' });
            isKept = true;
        }
        else if (!isIgnored) {
            entries.push(describe(root, path));
            isKept = true;
        }
    }
    return isKept;
}
function describe(root, path) {
    const place = `${root}/${path}`;
    const stats = (0,external_node_fs_.lstatSync)(place);
    const mode = stats.mode & 0o7777;
    if (stats.isSymbolicLink())
        return { path, type: 'link', mode: 0, content: (0,external_node_fs_.readlinkSync)(place) };
    if (stats.isFile())
        return { path, type: 'file', mode, content: hashFile(place, stats.size) };
    if (stats.isSocket())
        return { path, type: 'file', mode, content: (0,external_node_crypto_.createHash)('sha256').digest('hex') };
    // A pipe or a device: sent as what it is. To read it could take for ever.
    return { path, type: 'special', mode, content: `${stats.mode & external_node_fs_.constants.S_IFMT}:${stats.rdev}` };
}
function hashFile(place, size) {
    const hash = (0,external_node_crypto_.createHash)('sha256');
    if (size <= mostAtOnce)
        return hash.update((0,external_node_fs_.readFileSync)(place)).digest('hex');
    const part = Buffer.allocUnsafe(mostAtOnce);
    const file = (0,external_node_fs_.openSync)(place, 'r');
    try {
        for (let read = (0,external_node_fs_.readSync)(file, part); read > 0; read = (0,external_node_fs_.readSync)(file, part))
            hash.update(part.subarray(0, read));
    }
    finally {
        (0,external_node_fs_.closeSync)(file);
    }
    return hash.digest('hex');
}
// BuildKit follows a link as if the context were the whole disk.
function readOptional(root, path, hops = 0) {
    const place = (0,external_node_path_.join)(root, path);
    const stats = (0,external_node_fs_.lstatSync)(place, { throwIfNoEntry: false });
    if (stats?.isSymbolicLink() && hops < mostHops)
        return readOptional(root, external_node_path_.posix.resolve('/', external_node_path_.posix.dirname(path), (0,external_node_fs_.readlinkSync)(place)), hops + 1);
    return stats?.isFile() ? (0,external_node_fs_.readFileSync)(place, 'utf8') : undefined;
}

// EXTERNAL MODULE: ./build/adapters/registry/http.js
var http = __webpack_require__(21673);
// EXTERNAL MODULE: ./build/images/content-key.js
var content_key = __webpack_require__(12576);
// EXTERNAL MODULE: ./node_modules/dockerfile-ast/lib/main.js
var main = __webpack_require__(78390);
;// CONCATENATED MODULE: ./build/images/remember.js
/** Gives for a text what it gave before: services of one template have the same Dockerfile. */
function remember(make) {
    const made = new Map();
    return (text) => {
        const known = made.get(text) ?? make(text);
        made.set(text, known);
        return known;
    };
}

;// CONCATENATED MODULE: ./build/images/dockerfile.js


const parse = remember((text) => main.DockerfileParser.parse(text));
/**
 * The images that a build starts from, copies from or mounts, on any of its platforms, and the frontend of a `# syntax=` line: sorted,
 * variables expanded as BuildKit does for `FROM`, without stages and `scratch`.
 */
function baseImages(dockerfile, { target, buildArgs, platforms, builderPlatform }) {
    const parsed = parse(dockerfile);
    const images = platforms.flatMap((platform) => {
        const variables = { ...platformArguments('BUILD', builderPlatform), ...platformArguments('TARGET', platform), ...buildArgs };
        return imagesOf(parsed.getInstructions(), target, variables, buildArgs);
    });
    const frontend = parsed.getDirectives().find((directive) => directive.getName().toLowerCase() === 'syntax');
    if (frontend !== undefined)
        images.push(frontend.getValue());
    return [...new Set(images)].sort();
}
// docs.docker.com/build/building/variables/#multi-platform-build-arguments
function platformArguments(prefix, platform) {
    const [os = '', architecture = '', variant = ''] = platform.split('/');
    return { [`${prefix}PLATFORM`]: platform, [`${prefix}OS`]: os, [`${prefix}ARCH`]: architecture, [`${prefix}VARIANT`]: variant };
}
function imagesOf(instructions, target, variables, buildArgs) {
    const stages = [];
    for (const instruction of instructions) {
        const keyword = instruction.getKeyword();
        if (keyword === 'ARG' && stages.length === 0)
            addArgument(instruction, variables, buildArgs);
        if (keyword === 'FROM') {
            const from = instruction;
            stages.push({ name: from.getBuildStage()?.toLowerCase() ?? '', image: expand(from.getImage() ?? '', variables), uses: [] });
        }
        stages.at(-1)?.uses.push(...sourcesOf(instruction));
    }
    const images = new Set();
    const seen = new Set();
    const visit = (name, before) => {
        const index = stageIndex(stages, name, before);
        const stage = stages[index];
        if (stage === undefined) {
            if (name !== 'scratch' && name !== '')
                images.add(name);
            return;
        }
        if (seen.has(stage))
            return;
        seen.add(stage);
        for (const source of [stage.image, ...stage.uses])
            visit(source, index);
    };
    if (stages.length > 0)
        visit(target ?? String(stages.length - 1), stages.length);
    return [...images];
}
// `COPY --from` may name a stage by its number, too; a stage sees only those before it.
function stageIndex(stages, name, before) {
    if (/^\d+$/.test(name))
        return Number(name) < before ? Number(name) : -1;
    return stages.findLastIndex((stage, index) => index < before && stage.name !== '' && stage.name === name.toLowerCase());
}
function addArgument(instruction, variables, buildArgs) {
    for (const argument of instruction.getArguments()) {
        const [name = '', ...rest] = argument.getValue().split('=');
        const value = buildArgs[name] ?? (rest.length === 0 ? undefined : expand(unquote(rest.join('=')), variables));
        if (value !== undefined)
            variables[name] = value;
    }
}
function sourcesOf(instruction) {
    const flags = 'getFlags' in instruction ? instruction.getFlags() : [];
    return flags.flatMap((flag) => {
        const value = flag.getValue() ?? '';
        if (flag.getName() === 'from')
            return [value];
        if (flag.getName() === 'mount')
            return /(?:^|,)from=([^,]+)/.exec(value)?.slice(1) ?? [];
        return [];
    });
}
function unquote(text) {
    return /^(["']).*\1$/.test(text) ? text.slice(1, -1) : text;
}
/** `$X`, `${X}`, `${X:-default}` and `${X:+other}`; without the colon, an empty value is a value. */
function expand(text, variables) {
    return text.replace(/\$(?:(\w+)|\{(\w+)(?:(:?)([-+])([^}]*))?\})/g, (_, plain, braced, colon, operator, word = '') => {
        const value = variables[plain ?? braced];
        const isSet = value !== undefined && (colon === '' || value !== '');
        if (operator === '-')
            return isSet ? value : word;
        if (operator === '+')
            return isSet ? word : '';
        return value ?? '';
    });
}

// EXTERNAL MODULE: ./node_modules/dockerfile-utils/lib/main.js
var lib_main = __webpack_require__(10285);
// EXTERNAL MODULE: ./build/config/diagnostics.js + 1 modules
var diagnostics = __webpack_require__(24699);
;// CONCATENATED MODULE: ./build/images/dockerfile-checks.js



const findings = remember((text) => (0,lib_main.validate)(text));
/**
 * What the Dockerfile language service says about a Dockerfile, each with its place. All of it is a warning: whether the file builds is
 * for BuildKit to say.
 */
function checkDockerfile(text, path) {
    return findings(text).map(({ message, severity, range }) => (0,diagnostics/* diagnose */.h4)('NB606', `${textOf(message).replace(/\.$/, '')}.`, severity === lib_main.ValidationSeverity.ERROR
        ? 'Correct the instruction; the build will most likely stop here.'
        : 'Rewrite the instruction; it builds, but not as it should.', { file: path, line: range.start.line + 1, column: range.start.character + 1 }));
}
function textOf(message) {
    return typeof message === 'string' ? message : message.value;
}

;// CONCATENATED MODULE: ./build/images/reasons.js

/** Says which inputs differ between the image that is there and the one that is wanted; '' when none does. */
function changedInputs(before, now) {
    const names = [...new Set([...Object.keys(before), ...Object.keys(now)])].sort();
    return names
        .filter((name) => before[name] !== now[name])
        .map((name) => {
        const image = (0,content_key/* baseOf */.bx)(name);
        return image === undefined ? name : describeBase(image, before[name], now[name]);
    })
        .join(', ');
}
function describeBase(image, before, now) {
    if (before === undefined)
        return `new base ${image}`;
    if (now === undefined)
        return `base ${image} is gone`;
    return `base ${image} moved`;
}

;// CONCATENATED MODULE: ./build/images/image-plan.js


/** Decides between reuse and build, and says why. */
function planImage(service, parts, platformReferences, known, force) {
    const key = (0,content_key/* contentKey */.lO)(parts);
    const base = {
        service,
        key,
        parts,
        platformReferences,
        previousBytes: known.previous.bytes,
        reference: `${service.image}:${(0,content_key/* keyTag */.QR)(key)}`,
    };
    if (known.digest !== undefined && !force)
        return { ...base, action: 'reuse', reason: 'unchanged', digest: known.digest };
    if (known.hasPlatforms && !force)
        return { ...base, action: 'join', reason: 'built per platform', digest: known.digest };
    return { ...base, action: 'build', reason: force ? 'forced' : reasonOf(parts, known.previous.parts), digest: known.digest };
}
function reasonOf(parts, previous) {
    if (previous === undefined)
        return 'never built';
    const changes = changedInputs(previous, parts);
    return changes === '' ? 'its image is gone' : `changed: ${changes}`;
}

// EXTERNAL MODULE: ./build/images/labels.js
var labels = __webpack_require__(34096);
// EXTERNAL MODULE: ./build/images/reference.js
var reference = __webpack_require__(28794);
// EXTERNAL MODULE: ./build/commands/build/inspect-image.js
var inspect_image = __webpack_require__(92996);
;// CONCATENATED MODULE: ./build/commands/build/plan-images.js










const ownPlatform = `${(0,external_node_os_.platform)() === 'win32' ? 'windows' : 'linux'}/${process.arch === 'arm64' ? 'arm64' : 'amd64'}`;
/** The platforms to build for: those of the input, else this machine's. */
function platformsOf({ platforms }) {
    return platforms.length > 0 ? platforms : [ownPlatform];
}
/** Finds out which images are there already: one question per base image, one per service. Nothing is built. */
async function planImages(root, services, inputs, registry) {
    const platforms = platformsOf(inputs);
    const unplanned = [];
    const read = [];
    for (const service of services) {
        try {
            read.push(readService(root, service, inputs, platforms));
        }
        catch (error) {
            unplanned.push({ service, problem: contextProblem(error, service) });
        }
    }
    const [digests] = await Promise.all([resolveBases(read, registry), announceAll(read, registry)]);
    const plans = await Promise.all(read.map(async ({ service, bases, parts }) => {
        const broken = bases.map((base) => digests.problems.get(base)).find((problem) => problem !== undefined);
        if (broken !== undefined)
            return { service, problem: broken };
        const all = parts(digests.found, platforms);
        const referenceOf = (wanted) => `${service.image}:${(0,content_key/* keyTag */.QR)((0,content_key/* contentKey */.lO)(wanted))}`;
        const apart = platforms.length === 1 ? [] : platforms;
        const perPlatform = new Map(apart.map((one) => [one, referenceOf(parts(digests.found, [one]))]));
        try {
            const known = await askRegistry(referenceOf(all), service, perPlatform, inputs.force, registry);
            return planImage(service, all, perPlatform, known, inputs.force);
        }
        catch (error) {
            if (!(error instanceof http/* RegistryError */.gl))
                throw error;
            return { service, problem: error.message };
        }
    }));
    return {
        plans: plans.filter((plan) => 'key' in plan),
        unplanned: [...unplanned, ...plans.filter((plan) => 'problem' in plan)],
        diagnostics: read.flatMap(({ checks }) => checks),
    };
}
async function announceAll(read, registry) {
    const images = read.map(({ service }) => service.image);
    const own = new Set(images.map((image) => (0,reference/* parseReference */.F2)(image).registry));
    const bases = read.flatMap((one) => one.bases).filter((base) => own.has((0,reference/* parseReference */.F2)(base).registry));
    await registry.announce([...images, ...bases], 'pull');
}
// What is only needed for an image that is missing is only asked then: a run without changes costs one request per service.
async function askRegistry(reference, service, perPlatform, force, registry) {
    const digest = await registry.digestOf(reference);
    if (digest !== undefined && !force)
        return { digest, previous: { parts: undefined, bytes: undefined }, hasPlatforms: false };
    const [previous, ...there] = await Promise.all([
        (0,inspect_image/* inspectImage */.m)(service.image, labels/* lastTag */.$m, registry),
        ...[...perPlatform.values()].map((platformReference) => registry.digestOf(platformReference)),
    ]);
    return { digest, previous, hasPlatforms: there.length > 0 && !there.includes(undefined) };
}
function readService(root, service, inputs, all) {
    const { context, dockerfile, releaseTarget: target } = service.build;
    const { entries, dockerfile: file } = readBuildContext(`${root}/${context}`, dockerfile);
    const basesFor = (platforms) => baseImages(file.content, { target, buildArgs: inputs.buildArgs, platforms, builderPlatform: ownPlatform });
    const bases = basesFor(all);
    return {
        service,
        bases,
        checks: checkDockerfile(file.content, `${context}/${dockerfile}`),
        parts: (digests, platforms) => (0,content_key/* keyParts */.Qi)({
            context: entries,
            dockerfile: file,
            target,
            buildArgs: inputs.buildArgs,
            platforms,
            bases: Object.fromEntries((platforms === all ? bases : basesFor(platforms)).map((base) => [base, digests.get(base) ?? ''])),
            secretIds: Object.keys(inputs.buildSecrets),
            attestations: { provenance: inputs.provenance, sbom: String(inputs.sbom) },
        }),
    };
}
async function resolveBases(read, registry) {
    const found = new Map();
    const problems = new Map();
    const names = [...new Set(read.flatMap(({ bases }) => bases))];
    await Promise.all(names.map(async (name) => {
        const pinned = /@(sha256:[0-9a-f]{64})$/.exec(name)?.[1];
        try {
            found.set(name, pinned ?? (await registry.digestOf(name)) ?? '');
        }
        catch (error) {
            if (!(error instanceof http/* RegistryError */.gl))
                throw error;
            // An image that only this machine has: its name must do.
            if (error.status === 401 || error.status === 403)
                found.set(name, '');
            else
                problems.set(name, `the base image ${name} could not be looked up: ${error.message}`);
        }
    }));
    return { found, problems };
}
function contextProblem({ code, path, message }, { name, build }) {
    if (code === 'ENOENT')
        return `${build.context}/${build.dockerfile} is missing; run nself-build generate, or correct CS_N_PATH of ${name}`;
    return code === undefined ? message : `${path ?? build.context} cannot be read (${code})`;
}


/***/ }),

/***/ 40918:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Z: () => (/* binding */ selectServices)
/* harmony export */ });
/* harmony import */ var _config_diagnostics_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(24699);
/* harmony import */ var _config_suggest_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(85813);
/* harmony import */ var _render_bake_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(52800);



/** The services that are built, or those of them that the `services` input names. */
function selectServices(project, { services: names }, diagnostics) {
    const built = (0,_render_bake_js__WEBPACK_IMPORTED_MODULE_2__/* .builtServices */ .vm)(project);
    for (const name of names) {
        if (built.some((service) => service.name === name))
            continue;
        const isReady = project.services.some((service) => service.name === name);
        const fix = isReady
            ? 'It runs a ready image (CS_N_IMAGE).'
            : (0,_config_suggest_js__WEBPACK_IMPORTED_MODULE_1__/* .didYouMean */ .a)(name, built.map((service) => service.name)) || 'Name services of this project.';
        diagnostics.push((0,_config_diagnostics_js__WEBPACK_IMPORTED_MODULE_0__/* .diagnose */ .h4)('NB603', `services: ${name} is not a service that is built.`, fix));
    }
    return names.length === 0 ? built : built.filter(({ name }) => names.includes(name));
}


/***/ }),

/***/ 12576:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   QR: () => (/* binding */ keyTag),
/* harmony export */   Qi: () => (/* binding */ keyParts),
/* harmony export */   bx: () => (/* binding */ baseOf),
/* harmony export */   cF: () => (/* binding */ basesOf),
/* harmony export */   lO: () => (/* binding */ contentKey)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(77598);

// Raise it when the canonical form changes: every image is built once more then.
const version = 1;
const basePrefix = 'base ';
/** Hashes the inputs one by one. Order of files, arguments and platforms does not count. */
function keyParts(inputs) {
    const { context, dockerfile, target, buildArgs, platforms, bases, secretIds, attestations } = inputs;
    const files = context
        .map(({ path, type, mode, content }) => `${path}\0${type}\0${mode.toString(8)}\0${content}`)
        .sort()
        .join('\0');
    return {
        context: hash(files),
        dockerfile: hash(`${dockerfile.path}\0${dockerfile.content}`),
        target: target ?? '',
        'build arguments': hash(canonical(buildArgs)),
        platforms: [...platforms].sort().join(','),
        secrets: [...secretIds].sort().join(','),
        attestations: canonical(attestations),
        ...Object.fromEntries(Object.entries(bases).map(([image, digest]) => [`${basePrefix}${image}`, digest])),
    };
}
/** The content key: 40 hexadecimal digits, usable in a tag. */
function contentKey(parts) {
    return hash(`${version}\n${canonical(parts)}`).slice(0, 40);
}
/** The tag under which a registry remembers a key. */
function keyTag(key) {
    return `src-${key}`;
}
/** The base image that a part of a key stands for; nothing for the other parts. */
function baseOf(part) {
    return part.startsWith(basePrefix) ? part.slice(basePrefix.length) : undefined;
}
/** Base image → digest, of the parts of a key. */
function basesOf(parts) {
    return Object.entries(parts).flatMap(([part, digest]) => {
        const image = baseOf(part);
        return image === undefined ? [] : [[image, digest]];
    });
}
function canonical(record) {
    return JSON.stringify(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}
function hash(text) {
    return (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(text).digest('hex');
}


/***/ }),

/***/ 34096:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $m: () => (/* binding */ lastTag),
/* harmony export */   DN: () => (/* binding */ readPartsLabel),
/* harmony export */   J0: () => (/* binding */ imageLabels)
/* harmony export */ });
/* unused harmony export partsLabel */
/** The label in which an image says what it was built from: JSON of its key's parts. */
const partsLabel = 'org.nself.build.inputs';
/** The tag of the image that was built last, whatever it was built from. Only explanations rest on it. */
const lastTag = 'src-last';
/** Labels of the image of one service (OCI image spec, annotations). Nothing here depends on the time or the commit. */
function imageLabels(title, parts, source) {
    return {
        'org.opencontainers.image.title': title,
        ...(source === '' ? {} : { 'org.opencontainers.image.source': source }),
        [partsLabel]: JSON.stringify(Object.fromEntries(Object.entries(parts).sort(([a], [b]) => (a < b ? -1 : 1)))),
    };
}
/** Reads the label back. Labels of strangers are no error: they explain nothing. */
function readPartsLabel(labels) {
    try {
        const parts = JSON.parse(labels?.[partsLabel] ?? '');
        if (parts === null || typeof parts !== 'object')
            return undefined;
        return Object.fromEntries(Object.entries(parts).filter((entry) => typeof entry[1] === 'string'));
    }
    catch {
        return undefined;
    }
}


/***/ }),

/***/ 28794:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $r: () => (/* binding */ targetOf),
/* harmony export */   F2: () => (/* binding */ parseReference),
/* harmony export */   H$: () => (/* binding */ loginKey),
/* harmony export */   hG: () => (/* binding */ familiarName)
/* harmony export */ });
/** Takes a reference apart. The text must be a valid reference. */
function parseReference(text) {
    const [named = '', digest] = text.split('@');
    const slash = named.indexOf('/');
    const first = slash === -1 ? '' : named.slice(0, slash);
    const hasRegistry = /[.:]/.test(first) || first === 'localhost';
    const registry = hasRegistry ? first.replace(/^index\.docker\.io$/, 'docker.io') : 'docker.io';
    const path = hasRegistry ? named.slice(slash + 1) : named;
    const colon = path.lastIndexOf(':');
    const repository = colon === -1 ? path : path.slice(0, colon);
    return {
        registry,
        repository: registry === 'docker.io' && !repository.includes('/') ? `library/${repository}` : repository,
        tag: colon === -1 ? undefined : path.slice(colon + 1),
        digest,
    };
}
/** The short form of a name and its tag, as BuildKit looks up named contexts: `node:24`, `ghcr.io/acme/base`. */
function familiarName({ registry, repository, tag }) {
    const name = registry === 'docker.io' ? repository.replace(/^library\//, '') : `${registry}/${repository}`;
    return tag === undefined || tag === 'latest' ? name : `${name}:${tag}`;
}
/** The manifest that a reference means: its digest, else its tag, else `latest`. */
function targetOf({ tag, digest }) {
    return digest ?? tag ?? 'latest';
}
/** The key under which Docker's configuration keeps the login of a registry; Docker Hub's is historical. */
function loginKey(registry) {
    return registry === 'docker.io' ? 'https://index.docker.io/v1/' : registry;
}


/***/ }),

/***/ 83385:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   F: () => (/* binding */ buildReport),
/* harmony export */   s: () => (/* binding */ planReport)
/* harmony export */ });
/* harmony import */ var _table_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(71799);

const columns = ['service', 'image', 'why', 'platform', 'time', 'cached steps', 'size', 'digest'];
/** The result of `build` for people and machines. */
function buildReport(project, results) {
    const names = (state) => results.filter((result) => result.state === state).map(({ service }) => service.name);
    const [built, reused, failed] = [names('built'), names('reused'), names('failed')];
    const failures = results.filter(({ state }) => state === 'failed');
    const counts = `${built.length} built, ${reused.length} reused, ${failed.length} failed`;
    const rerun = failed.length === 0 ? '' : 'Run the command again to finish: what was built is not built again.\n';
    return {
        text: `${(0,_table_js__WEBPACK_IMPORTED_MODULE_0__/* .textTable */ .ed)(columns, results.map(row))}\n${failures.map(failureText).join('')}${counts}\n${rerun}`,
        summary: `## nself: build\n\nProject **${(0,_table_js__WEBPACK_IMPORTED_MODULE_0__/* .escapeCell */ .kq)(project.name)}**: ${counts}.\n\n${(0,_table_js__WEBPACK_IMPORTED_MODULE_0__/* .markdownTable */ .Qj)(columns, results.map(row))}\n${failures.map(failureMarkdown).join('')}${rerun}`,
        data: {
            built,
            reused,
            failed,
            reasons: Object.fromEntries(results.map(({ service, reason, problem }) => [service.name, problem ?? reason])),
        },
    };
}
/** What `plan` shows of images. */
function planReport(plans, problems) {
    const header = ['service', 'image', 'why', 'key'];
    const rows = [
        ...plans.map(({ service, action, reason, key }) => [service.name, action, reason, key.slice(0, 12)]),
        ...[...problems].map(([name, problem]) => [name, 'unknown', problem, '']),
    ];
    return { text: (0,_table_js__WEBPACK_IMPORTED_MODULE_0__/* .textTable */ .ed)(header, rows), markdown: (0,_table_js__WEBPACK_IMPORTED_MODULE_0__/* .markdownTable */ .Qj)(header, rows) };
}
function row({ service, state, reason, problem, parts, log, digest, bytes, previousBytes }) {
    return [
        service.name,
        state,
        problem ?? reason,
        parts.platforms ?? '',
        log === undefined ? '' : `${log.seconds.toFixed(1)} s`,
        log === undefined || log.steps === 0 ? '' : `${log.cachedSteps} of ${log.steps}`,
        sizeText(bytes, previousBytes),
        digest?.slice(7, 19) ?? '',
    ];
}
function sizeText(bytes, previous) {
    if (bytes === undefined)
        return '';
    const megabytes = (count) => (count / 1e6).toFixed(1);
    const change = previous === undefined ? 0 : bytes - previous;
    return `${megabytes(bytes)} MB${Math.abs(change) < 5e4 ? '' : ` (${change > 0 ? '+' : '-'}${megabytes(Math.abs(change))})`}`;
}
function failureText({ service, problem, log }) {
    const lines = (log?.lines ?? []).map((line) => `    ${line}\n`).join('');
    return `${service.name}: ${problem ?? ''}\n${lines}\n`;
}
function failureMarkdown({ service, problem, log }) {
    const lines = (log?.lines ?? []).join('\n').replaceAll('```', '` ` `');
    return `### ${(0,_table_js__WEBPACK_IMPORTED_MODULE_0__/* .escapeCell */ .kq)(service.name)}: ${(0,_table_js__WEBPACK_IMPORTED_MODULE_0__/* .escapeCell */ .kq)(problem ?? '')}\n\n${lines === '' ? '' : `\`\`\`\n${lines}\n\`\`\`\n\n`}`;
}


/***/ })

};
