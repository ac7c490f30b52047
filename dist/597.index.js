export const id = 597;
export const ids = [597];
export const modules = {

/***/ 77597:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  planBuilds: () => (/* binding */ planBuilds)
});

// EXTERNAL MODULE: ./build/config/diagnostics.js + 1 modules
var config_diagnostics = __webpack_require__(24699);
;// CONCATENATED MODULE: ./build/images/matrix.js
// GitHub's own bound of a matrix.
const mostJobs = 256;
/**
 * Spreads the images that must be built over jobs: one per service and platform, several services per job when that would be more
 * than a matrix may have. `runners` says which runner a platform is built on; without an entry it is `ubuntu-latest`.
 */
function buildMatrix(services, platforms, runners) {
    const batchSize = Math.max(1, Math.ceil((services.length * platforms.length) / mostJobs));
    const batches = Array.from({ length: Math.ceil(services.length / batchSize) }, (_, index) => services.slice(index * batchSize, (index + 1) * batchSize));
    const include = batches.flatMap((batch) => platforms.map((platform) => ({
        name: platforms.length === 1 ? batch.join(', ') : `${batch.join(', ')} (${platform})`,
        services: batch.join(','),
        platforms: platform,
        runner: runners[platform] ?? 'ubuntu-latest',
    })));
    return { include };
}

// EXTERNAL MODULE: ./build/report/images.js
var report_images = __webpack_require__(83385);
// EXTERNAL MODULE: ./build/report/redact.js
var redact = __webpack_require__(17234);
// EXTERNAL MODULE: ./build/commands/project/select-services.js
var select_services = __webpack_require__(40918);
// EXTERNAL MODULE: ./build/commands/build/open-registry.js + 5 modules
var open_registry = __webpack_require__(18277);
// EXTERNAL MODULE: ./build/commands/build/plan-images.js + 8 modules
var plan_images = __webpack_require__(78534);
;// CONCATENATED MODULE: ./build/commands/build/plan-builds.js







/** What `build` would do, for `plan`: text, Markdown, and the matrix of the jobs that have something to build. Nothing after an error. */
async function planBuilds(context, project, diagnostics) {
    const { inputs, root } = context;
    const selected = (0,select_services/* selectServices */.Z)(project, inputs, diagnostics);
    if ((0,config_diagnostics/* hasErrors */.Cs)(diagnostics))
        return undefined;
    const { plans, unplanned, diagnostics: checks } = await (0,plan_images/* planImages */.y)(root, selected, inputs, (0,open_registry/* openRegistry */.M)(context));
    diagnostics.push(...checks);
    const problems = new Map(unplanned.map(({ service, problem }) => [service.name, (0,redact/* redact */.E$)(problem, [inputs.registryPassword])]));
    const misses = plans.filter(({ action }) => action === 'build').map(({ service }) => service.name);
    const matrix = buildMatrix(misses, (0,plan_images/* platformsOf */.W)(inputs), inputs.runners);
    const { text, markdown } = (0,report_images/* planReport */.s)(plans, problems);
    return {
        text,
        markdown,
        isComplete: unplanned.length === 0,
        data: {
            matrix,
            'fan-out': matrix.include.length > 1,
            build: misses,
            reused: plans.filter(({ action }) => action === 'reuse').map(({ service }) => service.name),
            failed: [...problems.keys()],
            reasons: Object.fromEntries([...plans.map(({ service, reason }) => [service.name, reason]), ...problems]),
            keys: Object.fromEntries(plans.map(({ service, key }) => [service.name, key])),
        },
    };
}


/***/ })

};
