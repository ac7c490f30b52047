export const id = 117;
export const ids = [117];
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


/***/ })

};
