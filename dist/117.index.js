export const id = 117;
export const ids = [117];
export const modules = {

/***/ 9117:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   cacheServiceAnswers: () => (/* binding */ cacheServiceAnswers),
/* harmony export */   keepInActionsCache: () => (/* binding */ keepInActionsCache)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);

/** Keeps a folder in the cache of GitHub Actions; where there is none, it only runs `use`. A cache that fails says so and fails nothing. */
const keepInActionsCache = async ({ folder, key, prefix }, progress, use) => {
    // Loaded when it is needed: it doubles the start.
    const cache = await __webpack_require__.e(/* import() */ 691).then(__webpack_require__.bind(__webpack_require__, 1691));
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
    return fetch(url, { signal: AbortSignal.timeout(withinMilliseconds) }).then(() => true, () => false);
}


/***/ })

};
