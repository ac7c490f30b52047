export const id = 595;
export const ids = [595];
export const modules = {

/***/ 31160:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   V: () => (/* binding */ whatServes),
/* harmony export */   w: () => (/* binding */ runOnHosts)
/* harmony export */ });
/* harmony import */ var _config_diagnostics_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(24699);
/* harmony import */ var _deploy_remote_activate_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(90235);
/* harmony import */ var _deploy_remote_deliver_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(11489);
/* harmony import */ var _deploy_remote_remote_error_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(24260);
/* harmony import */ var _deploy_hosts_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(9255);





/**
 * Brings the release and its images to all machines first, which changes nothing for users, then makes it current on one after another, the
 * canary first. When one fails, it is as before by itself, and those that were done in this run go back, too.
 */
async function runOnHosts(targets, settings) {
    const states = new Map(targets.map(({ ssh }) => [ssh.host, 'untouched']));
    const { agent, root, bundle } = settings;
    try {
        for (const { ssh, probe } of targets)
            await (0,_deploy_remote_deliver_js__WEBPACK_IMPORTED_MODULE_2__/* .deliver */ .c)(ssh, { agent, root, release: { id: bundle.id, files: bundle.files }, secrets: { hash: bundle.manifest.envHash, text: bundle.env } }, probe);
        // With one machine, the run itself begins with that.
        if (targets.length > 1)
            for (const target of targets)
                await prepare(target, settings);
    }
    catch (error) {
        return { states, diagnostics: [(0,_deploy_hosts_js__WEBPACK_IMPORTED_MODULE_4__/* .remoteDiagnostic */ .kb)(error)] };
    }
    const done = [];
    for (const target of targets) {
        const { host } = target.ssh;
        const failure = await runOne(target, settings);
        states.set(host, failure === undefined ? 'done' : failure.state);
        if (failure === undefined)
            done.push(target);
        else
            return { states, diagnostics: [...failure.diagnostics, ...(failure.state === 'failed' ? await goBack(done, settings, states) : [])] };
    }
    return { states, diagnostics: [] };
}
async function prepare({ ssh, plan }, settings) {
    const { status, detail } = await (0,_deploy_remote_activate_js__WEBPACK_IMPORTED_MODULE_1__/* .activate */ .Y)(ssh, activation(settings, plan.release, 'prepare'), settings.waiting(ssh.host));
    if (status === 'ok')
        return;
    const why = status === 'running' ? `it has not ended after ${settings.waitSeconds} s` : detail;
    throw new _deploy_remote_remote_error_js__WEBPACK_IMPORTED_MODULE_3__/* .RemoteError */ .H('NB814', `${ssh.host}: the machine could not be prepared: ${why}. No machine serves anything new.`, 'Repair what the message names, and run `deploy` again.');
}
async function runOne({ ssh, plan }, settings) {
    try {
        const result = await (0,_deploy_remote_activate_js__WEBPACK_IMPORTED_MODULE_1__/* .activate */ .Y)(ssh, activation(settings, plan.release, 'activate'), settings.waiting(ssh.host));
        return failureOf(ssh.host, plan, result, settings.waitSeconds);
    }
    catch (error) {
        return { state: 'failed', diagnostics: [(0,_deploy_hosts_js__WEBPACK_IMPORTED_MODULE_4__/* .remoteDiagnostic */ .kb)(error)] };
    }
}
function failureOf(host, { current }, result, waitSeconds) {
    const { status, detail } = result;
    if (status === 'ok')
        return undefined;
    if (status === 'running')
        return {
            state: 'running',
            diagnostics: waitSeconds === 0
                ? []
                : [
                    (0,_config_diagnostics_js__WEBPACK_IMPORTED_MODULE_0__/* .diagnose */ .h4)('NB816', `${host}: the run has not ended after ${waitSeconds} s; it goes on there.`, 'Look with `status`; running `deploy` again follows it to its end.'),
                ],
        };
    return {
        state: 'failed',
        diagnostics: [
            (0,_config_diagnostics_js__WEBPACK_IMPORTED_MODULE_0__/* .diagnose */ .h4)('NB814', `${host}: ${status === 'interrupted' ? `the run was interrupted${detail === '' ? '' : `: ${detail}`}` : detail}. ${whatServes(current, result)}`, status === 'interrupted'
                ? 'Run `deploy` again: it continues where this one stopped.'
                : 'Repair what the message names, and run `deploy` again; the log above has the last lines of the service.'),
        ],
    };
}
/** What answers after a run that did not end well: only what is known for sure. */
function whatServes(before, { status, restored = true }) {
    if (status === 'interrupted')
        return 'Each service has its old or its new containers; `status` shows which.';
    if (!restored)
        return '`status` shows what serves now.';
    return before === '' ? 'Nothing was running before.' : `${before} serves as before.`;
}
function activation(settings, release, action) {
    const { agent, root, owner, options, dockerConfig, lockWaitSeconds, waitSeconds } = settings;
    return { agent, root, release, action, owner, options, dockerConfig, lockWaitSeconds, waitSeconds };
}
async function goBack(done, settings, states) {
    const diagnostics = [];
    // What keeps data was replaced by wish, and is not replaced twice.
    const options = Object.fromEntries(Object.entries(settings.options).filter(([name]) => name === 'prune-keep'));
    const back = { ...settings, options };
    for (const { ssh, plan } of done.toReversed()) {
        if (plan.current === '' || plan.current === plan.release)
            continue;
        try {
            const { status, detail } = await (0,_deploy_remote_activate_js__WEBPACK_IMPORTED_MODULE_1__/* .activate */ .Y)(ssh, activation(back, plan.current, 'rollback'), settings.waiting(ssh.host));
            if (status === 'ok')
                states.set(ssh.host, 'rolled back');
            else
                diagnostics.push(notBack(ssh.host, plan, detail));
        }
        catch (error) {
            diagnostics.push((0,_deploy_hosts_js__WEBPACK_IMPORTED_MODULE_4__/* .remoteDiagnostic */ .kb)(error), notBack(ssh.host, plan, 'the machine cannot be reached'));
        }
    }
    return diagnostics;
}
function notBack(host, { current, release }, detail) {
    return (0,_config_diagnostics_js__WEBPACK_IMPORTED_MODULE_0__/* .diagnose */ .h4)('NB814', `${host}: going back to ${current} failed: ${detail}. It serves ${release}.`, `Run \`rollback\` with host ${host} and release ${current}, or deploy again.`);
}


/***/ }),

/***/ 73595:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  rollback: () => (/* binding */ rollback)
});

// EXTERNAL MODULE: ./build/adapters/agent-script.js + 1 modules
var agent_script = __webpack_require__(5099);
// EXTERNAL MODULE: ./build/config/diagnostics.js + 1 modules
var config_diagnostics = __webpack_require__(24699);
// EXTERNAL MODULE: ./build/deploy/plan/format-plan.js
var format_plan = __webpack_require__(51737);
// EXTERNAL MODULE: ./build/deploy/release/names.js
var names = __webpack_require__(41132);
// EXTERNAL MODULE: ./build/deploy/remote/activate.js + 2 modules
var activate = __webpack_require__(90235);
// EXTERNAL MODULE: ./build/deploy/remote/deliver.js + 1 modules
var deliver = __webpack_require__(11489);
// EXTERNAL MODULE: ./build/report/redact.js
var redact = __webpack_require__(17234);
// EXTERNAL MODULE: ./build/report/services.js
var services = __webpack_require__(95995);
// EXTERNAL MODULE: ./build/report/table.js
var report_table = __webpack_require__(71799);
// EXTERNAL MODULE: ./build/commands/deploy/check-host.js
var check_host = __webpack_require__(89090);
// EXTERNAL MODULE: ./build/commands/deploy/deploy-context.js
var deploy_context = __webpack_require__(9286);
// EXTERNAL MODULE: ./build/commands/deploy/deploy-hosts.js + 8 modules
var deploy_hosts = __webpack_require__(9255);
// EXTERNAL MODULE: ./build/commands/deploy/deploy-report.js
var deploy_report = __webpack_require__(70567);
// EXTERNAL MODULE: ./build/commands/deploy/deploy-run.js
var deploy_run = __webpack_require__(31160);
// EXTERNAL MODULE: ./build/commands/deploy/deploy-target.js
var deploy_target = __webpack_require__(48816);
// EXTERNAL MODULE: ./build/deploy/plan/host-plan.js + 1 modules
var host_plan = __webpack_require__(11919);
// EXTERNAL MODULE: ./build/deploy/plan/swarm-plan.js
var swarm_plan = __webpack_require__(14458);
// EXTERNAL MODULE: ./build/deploy/remote/probe.js
var probe = __webpack_require__(82243);
;// CONCATENATED MODULE: ./build/commands/deploy/plan-back.js



/**
 * What going back to a release does on a machine, which has its manifest: what a deploy of it would do, except that nothing migrates. None
 * when another version wrote that manifest.
 */
async function planBack(host, release, agent, root) {
    const manifest = (0,host_plan/* readManifest */.W)(await (0,probe/* readRelease */.i)(host.ssh, agent, root, release));
    if (manifest === undefined)
        return undefined;
    const plan = manifest.target === 'swarm'
        ? (0,swarm_plan/* planSwarm */.i)(host.ssh.host, manifest, host.probe, { recreate: [], newCertificates: false })
        : (0,host_plan/* planHost */.A)(host.ssh.host, manifest, host.probe, { recreate: [], restartEdge: false });
    return { ...plan, services: plan.services.map((service) => ({ ...service, migrates: false })) };
}

;// CONCATENATED MODULE: ./build/commands/rollback.js
















/** Makes an earlier release current again: its files, images and secrets are still on the machine. */
async function rollback(context) {
    const { inputs } = context;
    const { project, diagnostics, secrets } = (0,deploy_context/* remoteProject */.ID)(context);
    diagnostics.push(...(0,deploy_target/* checkTargetInputs */.l)(inputs));
    if (project === undefined || (0,config_diagnostics/* hasErrors */.Cs)(diagnostics))
        return (0,deploy_report/* refusedRemotely */.CV)('rollback: the configuration has errors', diagnostics, secrets, 2);
    const agent = (0,agent_script/* readAgentScript */.J)(context.tool, inputs.target);
    const root = (0,deploy_context/* rootOf */.I5)(inputs, project);
    try {
        return await (0,deploy_hosts/* withHosts */.g3)(inputs, agent, root, (0,names/* stackName */.Qx)(project), async (hosts) => {
            const problems = hosts.flatMap((host) => [
                ...(0,check_host/* checkHost */.R)(host, root),
                ...(0,deploy_target/* checkTargetHost */.q)(inputs.target, host),
                ...checkTarget(host, inputs),
            ]);
            if (problems.length > 0)
                return (0,deploy_report/* refusedRemotely */.CV)('rollback: nothing to go back to', [...diagnostics, ...problems], secrets, 1);
            const steps = [];
            for (const host of hosts) {
                const plan = await planBack(host, targetOf(host, inputs), agent, root);
                // What earlier machines did stays done, and is reported.
                const outcome = inputs.dryRun ? 'would go back' : await goBack(host, context, { agent, root, secrets }).catch(deploy_hosts/* remoteDiagnostic */.kb);
                steps.push({ host: host.ssh.host, from: host.probe.current, to: targetOf(host, inputs), plan });
                if (typeof outcome !== 'string')
                    return result(project, steps, [...diagnostics, outcome], secrets, inputs.dryRun);
            }
            return result(project, steps, diagnostics, secrets, inputs.dryRun);
        });
    }
    catch (error) {
        return (0,deploy_report/* refusedRemotely */.CV)('rollback failed', [...diagnostics, (0,deploy_hosts/* remoteDiagnostic */.kb)(error)], secrets, 1);
    }
}
function targetOf({ probe }, { release }) {
    return release || probe.previous;
}
function checkTarget(host, inputs) {
    const target = targetOf(host, inputs);
    const { ssh, probe } = host;
    const others = probe.releases.filter(({ id, intact }) => intact && id !== probe.current).map(({ id }) => id);
    const fix = others.length === 0 ? 'Deploy the commit you want instead.' : `There are: ${others.join(', ')}. Name one: release: ${others[0]}`;
    if (target === '')
        return [(0,config_diagnostics/* diagnose */.h4)('NB815', `${ssh.host}: there is no previous release.`, fix)];
    if (target === probe.current)
        return [(0,config_diagnostics/* diagnose */.h4)('NB815', `${ssh.host}: ${target} is the current release.`, fix)];
    const found = probe.releases.find(({ id }) => id === target);
    if (found?.intact === true)
        return [];
    return [(0,config_diagnostics/* diagnose */.h4)('NB815', `${ssh.host}: ${target} ${found === undefined ? 'is not there' : 'is not whole any more'}.`, fix)];
}
async function goBack(host, context, { agent, root, secrets }) {
    const { inputs } = context;
    const release = targetOf(host, inputs);
    await (0,deliver/* installAgent */.Z)(host.ssh, agent, root, host.probe);
    const ended = await (0,activate/* activate */.Y)(host.ssh, {
        agent,
        root,
        release,
        action: 'rollback',
        owner: (0,deploy_context/* ownerOf */.bf)(context),
        options: { observe: String(inputs.observe), 'prune-keep': String(inputs.keep) },
        dockerConfig: (0,deploy_context/* dockerConfigOf */.Ov)(inputs),
        lockWaitSeconds: inputs.lockWait,
        waitSeconds: inputs.wait ? inputs.waitTimeout : 0,
    }, (0,deploy_context/* waitingFor */.Fz)(host.ssh.host, context, secrets));
    const { status, detail } = ended;
    if (status === 'ok' || (status === 'running' && !inputs.wait))
        return status;
    if (status === 'running')
        return (0,config_diagnostics/* diagnose */.h4)('NB816', `${host.ssh.host}: the run has not ended yet; it goes on there.`, 'Look with `status`.');
    return (0,config_diagnostics/* diagnose */.h4)('NB814', `${host.ssh.host}: going back to ${release} failed: ${detail}. ${(0,deploy_run/* whatServes */.V)(host.probe.current, ended)}`, 'Repair what the message names and run `rollback` again, or deploy a commit that works.');
}
function result(project, steps, diagnostics, secrets, isDryRun) {
    const failed = (0,config_diagnostics/* hasErrors */.Cs)(diagnostics);
    // The last one is that which failed.
    const done = failed ? steps.slice(0, -1) : steps;
    const { environment, urls } = (0,services/* projectData */.OJ)(project, []);
    const title = isDryRun ? 'rollback, dry run' : failed ? 'rollback failed' : 'rollback';
    const plans = steps.flatMap(({ plan }) => plan ?? []);
    const words = steps.map((step) => `${step.host}: ${step.from} → ${step.to}${isDryRun ? ' (would go back)' : done.includes(step) ? '' : ' (failed)'}\n`);
    const table = (0,report_table/* markdownTable */.Qj)(['machine', 'from', 'to'], steps.map(({ host, from, to }) => [host, from, to]));
    return {
        exitCode: failed ? 1 : 0,
        diagnostics,
        secrets,
        text: (0,redact.redact)(`${plans.map(format_plan/* formatPlan */.n).join('\n')}\n${words.join('')}`, secrets),
        data: {
            environment,
            urls,
            url: Object.values(urls)[0] ?? '',
            changed: done.length > 0 && !isDryRun,
            release: steps[0]?.[done.length > 0 ? 'to' : 'from'] ?? '',
            'previous-release': steps[0]?.from ?? '',
            'dry-run': isDryRun,
            machines: plans,
        },
        summary: (0,redact.redact)(`## nself: ${title}\n\nProject **${(0,report_table/* escapeCell */.kq)(project.name)}**, environment **${(0,report_table/* escapeCell */.kq)(environment)}**.\n\n${table}\n${plans.map(format_plan/* formatPlanMarkdown */.S).join('\n')}\n${(0,deploy_report/* findings */.Pg)(diagnostics)}`, secrets),
    };
}


/***/ }),

/***/ 90235:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  Y: () => (/* binding */ activate)
});

// UNUSED EXPORTS: describeOwner

// EXTERNAL MODULE: ./build/deploy/remote/agent.js
var remote_agent = __webpack_require__(6228);
;// CONCATENATED MODULE: ./build/deploy/remote/journal.js
/** What `follow` sends first; what comes before it is a greeting of the login shell. */
const beginning = /^\{"offset":\d+\}\n/m;
/** The text behind the beginning of what `follow` sends; nothing as long as that has not come. */
function afterBeginning(text) {
    const found = beginning.exec(text);
    return found === null ? undefined : text.slice(found.index + found[0].length);
}
/** Splits what `follow` has sent into whole journal lines and, when it came to its end, the status. A line that is cut off is not counted. */
function readJournal(text) {
    const events = [];
    let bytes = 0;
    let status;
    for (const line of text
        .slice(0, text.lastIndexOf('\n') + 1)
        .split('\n')
        .slice(0, -1)) {
        const parsed = parseLine(line);
        if (parsed !== undefined && 'status' in parsed)
            status = parsed;
        else {
            bytes += Buffer.byteLength(line) + 1;
            if (parsed !== undefined)
                events.push(parsed);
        }
    }
    return { events, bytes, status };
}
// A line that a kill left half written is no event, but its bytes count.
function parseLine(line) {
    try {
        return JSON.parse(line);
    }
    catch {
        return undefined;
    }
}

// EXTERNAL MODULE: ./build/deploy/remote/remote-error.js
var remote_error = __webpack_require__(24260);
;// CONCATENATED MODULE: ./build/deploy/remote/follow.js



// How long one round trip listens before the next one takes over.
const listenSeconds = 60;
/**
 * Follows a run to its end. A lost connection is made again where it broke off; a run that outlasts `waitSeconds` is `running`, and goes
 * on by itself.
 */
async function follow(ssh, following, waiting) {
    const { agent, root, release, waitSeconds } = following;
    const events = [];
    const deadline = waiting.now() + waitSeconds * 1000;
    let offset = following.offset;
    let isLost = false;
    for (;;) {
        const left = Math.max(1, Math.ceil((deadline - waiting.now()) / 1000));
        const seconds = Math.min(listenSeconds, left);
        let text = '';
        let hasBegun = false;
        const decoder = new TextDecoder();
        const take = (chunk) => {
            text += chunk;
            if (!hasBegun) {
                const rest = afterBeginning(text);
                if (rest === undefined)
                    return undefined;
                text = rest;
                hasBegun = true;
            }
            const read = readJournal(text);
            offset += read.bytes;
            text = text.slice(text.lastIndexOf('\n') + 1);
            for (const event of read.events) {
                events.push(event);
                waiting.onEvent(event);
            }
            return read.status;
        };
        try {
            let status;
            await (0,remote_agent/* runAgent */.a$)(ssh, (0,remote_agent/* agentCommand */.zA)(agent, root, 'follow', release, String(offset), String(seconds)), {
                timeoutSeconds: seconds + 30,
                onOutput: (chunk) => {
                    status = take(decoder.decode(chunk, { stream: true })) ?? status;
                },
            });
            isLost = false;
            if (status !== undefined && status.status !== 'running')
                return { ...status, events };
        }
        catch (error) {
            if (!(0,remote_error/* isPassing */.W)(error))
                throw error;
            if (!isLost)
                waiting.progress(`${ssh.host}: the connection was lost; the run goes on there. Connecting again…`);
            isLost = true;
            await waiting.sleep(3000);
        }
        if (waiting.now() >= deadline)
            return { status: 'running', detail: '', events };
    }
}

;// CONCATENATED MODULE: ./build/deploy/remote/activate.js



/**
 * Starts a run and follows it to its end, through lost connections. When the same run is at work already, because an earlier one was left or
 * the connection broke off just then, that one is followed. NB857 when another one holds the lock for too long.
 */
async function activate(ssh, activation, waiting) {
    const { agent, root, release, waitSeconds } = activation;
    const followFrom = (offset) => follow(ssh, { agent, root, release, offset, waitSeconds }, waiting);
    const deadline = waiting.now() + activation.lockWaitSeconds * 1000;
    for (let isFirst = true;; isFirst = false) {
        const { exitCode, stdout } = await begin(ssh, activation, waiting);
        if (exitCode !== remote_agent/* lockedExit */.Vh)
            return followFrom((0,remote_agent/* readAnswer */.JN)(ssh, stdout).offset);
        const holder = stdout.trim() === '' ? null : (0,remote_agent/* readAnswer */.JN)(ssh, stdout);
        if (holder !== null && isSame(holder, activation)) {
            waiting.progress(`${ssh.host}: the same run is at work already, and is followed: ${describeOwner(holder)}`);
            return followFrom(holder.offset);
        }
        if (waiting.now() >= deadline)
            throw locked(ssh, holder);
        if (isFirst)
            waiting.progress(`${ssh.host}: waiting for the lock: ${describeOwner(holder)}`);
        await waiting.sleep(3000);
    }
}
// How often a start is tried through a connection that is lost just then: whether it has arrived is not known, and does no harm twice.
const startAttempts = 5;
async function begin(ssh, activation, { sleep, progress }) {
    const { agent, root, release, action, owner, dockerConfig } = activation;
    const encoded = Buffer.from(JSON.stringify(owner)).toString('base64');
    const command = (0,remote_agent/* agentCommand */.zA)(agent, root, 'start', release, action, encoded, ...optionWords(activation));
    for (let attempt = 1;; attempt++) {
        try {
            // The line end says that it is whole.
            return await (0,remote_agent/* runAgent */.a$)(ssh, command, { stdin: Buffer.from(`${dockerConfig}\n`), timeoutSeconds: 60 });
        }
        catch (error) {
            if (!(0,remote_error/* isPassing */.W)(error) || attempt === startAttempts)
                throw error;
            progress(`${ssh.host}: the connection was lost. Connecting again…`);
            await sleep(3000);
        }
    }
}
function optionWords({ options }) {
    return Object.entries(options).map(([name, value]) => `${name}=${value}`);
}
function isSame(holder, activation) {
    const { release, action } = activation;
    return holder.release === release && holder.action === action && holder.options?.join(' ') === optionWords(activation).join(' ');
}
function locked(ssh, holder) {
    return new remote_error/* RemoteError */.H('NB857', `${ssh.host}: another run is at work: ${describeOwner(holder)}.`, 'Wait for it to end, or set lock-wait. The lock frees itself when its holder ends, however it ends; there is nothing to remove by hand.');
}
/** Who holds the lock, for people. */
function describeOwner(holder) {
    if (holder === null)
        return 'it has only just begun';
    const said = Object.entries(holder.owner).map(([name, value]) => `${name} ${value}`);
    return [`${holder.action} of release ${holder.release}`, `since ${holder.since}`, `process ${holder.pid}`, ...said].join(', ');
}


/***/ })

};
