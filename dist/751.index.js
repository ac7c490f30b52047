export const id = 751;
export const ids = [751];
export const modules = {

/***/ 6751:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   rollback: () => (/* binding */ rollback)
/* harmony export */ });
/* harmony import */ var _adapters_agent_script_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9146);
/* harmony import */ var _config_diagnostics_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4699);
/* harmony import */ var _deploy_release_names_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1132);
/* harmony import */ var _deploy_remote_activate_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(235);
/* harmony import */ var _deploy_remote_deliver_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(1489);
/* harmony import */ var _report_redact_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(7234);
/* harmony import */ var _report_services_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(5995);
/* harmony import */ var _report_table_js__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(1799);
/* harmony import */ var _deploy_context_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(2618);
/* harmony import */ var _deploy_hosts_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(8457);
/* harmony import */ var _deploy_report_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(2060);











/** Makes an earlier release current again: its files, images and secrets are still on the machine. */
async function rollback(context) {
    const { inputs } = context;
    const { project, diagnostics, secrets } = (0,_deploy_context_js__WEBPACK_IMPORTED_MODULE_5__/* .remoteProject */ .ID)(context);
    if (project === undefined || (0,_config_diagnostics_js__WEBPACK_IMPORTED_MODULE_1__/* .hasErrors */ .Cs)(diagnostics))
        return (0,_deploy_report_js__WEBPACK_IMPORTED_MODULE_7__/* .refusedRemotely */ .CV)('rollback: the configuration has errors', diagnostics, secrets, 2);
    const agent = (0,_adapters_agent_script_js__WEBPACK_IMPORTED_MODULE_0__/* .readAgentScript */ .J)(context.tool);
    const root = (0,_deploy_context_js__WEBPACK_IMPORTED_MODULE_5__/* .rootOf */ .I5)(inputs, project);
    try {
        return await (0,_deploy_hosts_js__WEBPACK_IMPORTED_MODULE_6__/* .withHosts */ .g3)(inputs, agent, root, (0,_deploy_release_names_js__WEBPACK_IMPORTED_MODULE_2__/* .stackName */ .Qx)(project), async (hosts) => {
            const problems = hosts.flatMap((host) => [...(0,_deploy_hosts_js__WEBPACK_IMPORTED_MODULE_6__/* .checkHost */ .RC)(host), ...checkTarget(host, inputs)]);
            if (problems.length > 0)
                return (0,_deploy_report_js__WEBPACK_IMPORTED_MODULE_7__/* .refusedRemotely */ .CV)('rollback: nothing to go back to', [...diagnostics, ...problems], secrets, 1);
            const rows = [];
            for (const host of hosts) {
                // What earlier machines did stays done, and is reported.
                const outcome = inputs.dryRun ? 'would go back' : await goBack(host, context, { agent, root, secrets }).catch(_deploy_hosts_js__WEBPACK_IMPORTED_MODULE_6__/* .remoteDiagnostic */ .kb);
                rows.push([host.ssh.host, host.probe.current, targetOf(host, inputs)]);
                if (typeof outcome !== 'string')
                    return result(project, rows, [...diagnostics, outcome], secrets, inputs.dryRun);
            }
            return result(project, rows, diagnostics, secrets, inputs.dryRun);
        });
    }
    catch (error) {
        return (0,_deploy_report_js__WEBPACK_IMPORTED_MODULE_7__/* .refusedRemotely */ .CV)('rollback failed', [...diagnostics, (0,_deploy_hosts_js__WEBPACK_IMPORTED_MODULE_6__/* .remoteDiagnostic */ .kb)(error)], secrets, 1);
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
        return [(0,_config_diagnostics_js__WEBPACK_IMPORTED_MODULE_1__/* .diagnose */ .h4)('NB815', `${ssh.host}: there is no previous release.`, fix)];
    if (target === probe.current)
        return [(0,_config_diagnostics_js__WEBPACK_IMPORTED_MODULE_1__/* .diagnose */ .h4)('NB815', `${ssh.host}: ${target} is the current release.`, fix)];
    const found = probe.releases.find(({ id }) => id === target);
    if (found?.intact === true)
        return [];
    return [(0,_config_diagnostics_js__WEBPACK_IMPORTED_MODULE_1__/* .diagnose */ .h4)('NB815', `${ssh.host}: ${target} ${found === undefined ? 'is not there' : 'is not whole any more'}.`, fix)];
}
async function goBack(host, context, { agent, root, secrets }) {
    const { inputs } = context;
    const release = targetOf(host, inputs);
    await (0,_deploy_remote_deliver_js__WEBPACK_IMPORTED_MODULE_4__/* .installAgent */ .Z)(host.ssh, agent, root, host.probe);
    const { status, detail } = await (0,_deploy_remote_activate_js__WEBPACK_IMPORTED_MODULE_3__/* .activate */ .Y)(host.ssh, {
        agent,
        root,
        release,
        action: 'rollback',
        owner: (0,_deploy_context_js__WEBPACK_IMPORTED_MODULE_5__/* .ownerOf */ .bf)(context),
        options: { observe: String(inputs.observe), 'prune-keep': String(inputs.keep) },
        dockerConfig: (0,_deploy_context_js__WEBPACK_IMPORTED_MODULE_5__/* .dockerConfigOf */ .Ov)(inputs),
        lockWaitSeconds: inputs.lockWait,
        waitSeconds: inputs.wait ? inputs.waitTimeout : 0,
    }, (0,_deploy_context_js__WEBPACK_IMPORTED_MODULE_5__/* .waitingFor */ .Fz)(host.ssh.host, context, secrets));
    if (status === 'ok' || (status === 'running' && !inputs.wait))
        return status;
    if (status === 'running')
        return (0,_config_diagnostics_js__WEBPACK_IMPORTED_MODULE_1__/* .diagnose */ .h4)('NB816', `${host.ssh.host}: the run has not ended yet; it goes on there.`, 'Look with `status`.');
    return (0,_config_diagnostics_js__WEBPACK_IMPORTED_MODULE_1__/* .diagnose */ .h4)('NB814', `${host.ssh.host}: going back to ${release} failed: ${detail}. ${host.probe.current} serves as before.`, 'Repair what the message names and run `rollback` again, or deploy a commit that works.');
}
function result(project, rows, diagnostics, secrets, isDryRun) {
    const failed = (0,_config_diagnostics_js__WEBPACK_IMPORTED_MODULE_1__/* .hasErrors */ .Cs)(diagnostics);
    const { environment, urls } = (0,_report_services_js__WEBPACK_IMPORTED_MODULE_8__/* .projectData */ .OJ)(project, []);
    const title = isDryRun ? 'rollback, dry run' : failed ? 'rollback failed' : 'rollback';
    const words = rows.map(([host, from, to]) => `${host}: ${from} → ${to}${isDryRun ? ' (would go back)' : ''}\n`).join('');
    return {
        exitCode: failed ? 1 : 0,
        diagnostics,
        secrets,
        text: (0,_report_redact_js__WEBPACK_IMPORTED_MODULE_9__/* .redact */ .E$)(words, secrets),
        data: {
            environment,
            urls,
            changed: !failed && !isDryRun,
            release: rows[0]?.[2] ?? '',
            'previous-release': rows[0]?.[1] ?? '',
        },
        summary: (0,_report_redact_js__WEBPACK_IMPORTED_MODULE_9__/* .redact */ .E$)(`## nself: ${title}\n\nProject **${(0,_report_table_js__WEBPACK_IMPORTED_MODULE_10__/* .escapeCell */ .kq)(project.name)}**, environment **${(0,_report_table_js__WEBPACK_IMPORTED_MODULE_10__/* .escapeCell */ .kq)(environment)}**.\n\n${(0,_report_table_js__WEBPACK_IMPORTED_MODULE_10__/* .markdownTable */ .Qj)(['machine', 'from', 'to'], rows)}\n${(0,_deploy_report_js__WEBPACK_IMPORTED_MODULE_7__/* .findings */ .Pg)(diagnostics)}`, secrets),
    };
}


/***/ }),

/***/ 235:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  Y: () => (/* binding */ activate)
});

// UNUSED EXPORTS: describeOwner

// EXTERNAL MODULE: ./build/deploy/remote/agent.js
var remote_agent = __webpack_require__(6228);
;// CONCATENATED MODULE: ./build/deploy/remote/journal.js
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
var remote_error = __webpack_require__(4260);
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
        const decoder = new TextDecoder();
        const take = (chunk) => {
            text += chunk;
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



/** Starts a run and follows it to its end, through lost connections. NB857 when another run holds the lock for too long. */
async function activate(ssh, activation, waiting) {
    const { agent, root, release, action, owner, options, dockerConfig } = activation;
    const command = (0,remote_agent/* agentCommand */.zA)(agent, root, 'start', release, action, Buffer.from(JSON.stringify(owner)).toString('base64'), ...Object.entries(options).map(([name, value]) => `${name}=${value}`));
    const deadline = waiting.now() + activation.lockWaitSeconds * 1000;
    for (let isFirst = true;; isFirst = false) {
        const { exitCode, stdout } = await (0,remote_agent/* runAgent */.a$)(ssh, command, { stdin: Buffer.from(dockerConfig), timeoutSeconds: 60 });
        if (exitCode !== remote_agent/* lockedExit */.Vh) {
            const { offset } = (0,remote_agent/* readAnswer */.JN)(ssh, stdout);
            return follow(ssh, { agent, root, release, offset, waitSeconds: activation.waitSeconds }, waiting);
        }
        const holder = stdout.trim() === '' ? null : (0,remote_agent/* readAnswer */.JN)(ssh, stdout);
        if (waiting.now() >= deadline)
            throw locked(ssh, holder);
        if (isFirst)
            waiting.progress(`${ssh.host}: waiting for the lock: ${describeOwner(holder)}`);
        await waiting.sleep(3000);
    }
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
