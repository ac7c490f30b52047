export const id = 802;
export const ids = [802,751];
export const modules = {

/***/ 6751:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   remoteProject: () => (/* binding */ remoteProject),
/* harmony export */   rollback: () => (/* binding */ rollback)
/* harmony export */ });
/* harmony import */ var _adapters_agent_script_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9146);
/* harmony import */ var _config_diagnostics_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4699);
/* harmony import */ var _deploy_release_names_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1132);
/* harmony import */ var _deploy_remote_activate_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(235);
/* harmony import */ var _deploy_remote_deliver_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(1489);
/* harmony import */ var _report_redact_js__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(7234);
/* harmony import */ var _report_services_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(5995);
/* harmony import */ var _report_table_js__WEBPACK_IMPORTED_MODULE_11__ = __webpack_require__(1799);
/* harmony import */ var _deploy_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(9753);
/* harmony import */ var _deploy_hosts_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(8457);
/* harmony import */ var _deploy_report_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(2060);
/* harmony import */ var _read_project_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(86);












/** Makes an earlier release current again: its files, images and secrets are still on the machine. */
async function rollback(context) {
    const { inputs } = context;
    const { project, diagnostics, secrets } = remoteProject(context);
    if (project === undefined || (0,_config_diagnostics_js__WEBPACK_IMPORTED_MODULE_1__/* .hasErrors */ .Cs)(diagnostics))
        return (0,_deploy_report_js__WEBPACK_IMPORTED_MODULE_7__/* .refusedRemotely */ .CV)('rollback: the configuration has errors', diagnostics, secrets, 2);
    const agent = (0,_adapters_agent_script_js__WEBPACK_IMPORTED_MODULE_0__/* .readAgentScript */ .J)(context.tool);
    const root = (0,_deploy_js__WEBPACK_IMPORTED_MODULE_5__.rootOf)(inputs, project);
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
/** The project and what is missing to reach its machines; images and secrets do not matter here. */
function remoteProject(context) {
    const { inputs } = context;
    const { catalogue, diagnostics } = (0,_read_project_js__WEBPACK_IMPORTED_MODULE_8__/* .openCatalogue */ .GP)(context);
    const read = (0,_read_project_js__WEBPACK_IMPORTED_MODULE_8__/* .readProject */ .Wh)(context, catalogue, inputs.environment);
    return {
        project: read.project,
        diagnostics: [...diagnostics, ...read.diagnostics.filter(({ severity }) => severity === 'error'), ...(0,_deploy_hosts_js__WEBPACK_IMPORTED_MODULE_6__/* .checkConnection */ .jo)(inputs)],
        secrets: [...read.secrets, ...(0,_deploy_js__WEBPACK_IMPORTED_MODULE_5__.connectionSecrets)(inputs)],
    };
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
        owner: (0,_deploy_js__WEBPACK_IMPORTED_MODULE_5__.ownerOf)(context),
        options: { observe: String(inputs.observe), 'prune-keep': String(inputs.keep) },
        dockerConfig: (0,_deploy_js__WEBPACK_IMPORTED_MODULE_5__.dockerConfigOf)(inputs),
        lockWaitSeconds: inputs.lockWait,
        waitSeconds: inputs.wait ? inputs.waitTimeout : 0,
    }, (0,_deploy_js__WEBPACK_IMPORTED_MODULE_5__.waitingFor)(host.ssh.host, context, secrets));
    if (status === 'ok' || (status === 'running' && !inputs.wait))
        return status;
    if (status === 'running')
        return (0,_config_diagnostics_js__WEBPACK_IMPORTED_MODULE_1__/* .diagnose */ .h4)('NB816', `${host.ssh.host}: the run has not ended yet; it goes on there.`, 'Look with `status`.');
    return (0,_config_diagnostics_js__WEBPACK_IMPORTED_MODULE_1__/* .diagnose */ .h4)('NB814', `${host.ssh.host}: going back to ${release} failed: ${detail}. ${host.probe.current} serves as before.`, 'Repair what the message names and run `rollback` again, or deploy a commit that works.');
}
function result(project, rows, diagnostics, secrets, isDryRun) {
    const failed = (0,_config_diagnostics_js__WEBPACK_IMPORTED_MODULE_1__/* .hasErrors */ .Cs)(diagnostics);
    const { environment, urls } = (0,_report_services_js__WEBPACK_IMPORTED_MODULE_9__/* .projectData */ .OJ)(project, []);
    const title = isDryRun ? 'rollback, dry run' : failed ? 'rollback failed' : 'rollback';
    const words = rows.map(([host, from, to]) => `${host}: ${from} → ${to}${isDryRun ? ' (would go back)' : ''}\n`).join('');
    return {
        exitCode: failed ? 1 : 0,
        diagnostics,
        secrets,
        text: (0,_report_redact_js__WEBPACK_IMPORTED_MODULE_10__.redact)(words, secrets),
        data: {
            environment,
            urls,
            changed: !failed && !isDryRun,
            release: rows[0]?.[2] ?? '',
            'previous-release': rows[0]?.[1] ?? '',
        },
        summary: (0,_report_redact_js__WEBPACK_IMPORTED_MODULE_10__.redact)(`## nself: ${title}\n\nProject **${(0,_report_table_js__WEBPACK_IMPORTED_MODULE_11__/* .escapeCell */ .kq)(project.name)}**, environment **${(0,_report_table_js__WEBPACK_IMPORTED_MODULE_11__/* .escapeCell */ .kq)(environment)}**.\n\n${(0,_report_table_js__WEBPACK_IMPORTED_MODULE_11__/* .markdownTable */ .Qj)(['machine', 'from', 'to'], rows)}\n${(0,_deploy_report_js__WEBPACK_IMPORTED_MODULE_7__/* .findings */ .Pg)(diagnostics)}`, secrets),
    };
}


/***/ }),

/***/ 1802:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  status: () => (/* binding */ status_status)
});

// EXTERNAL MODULE: ./build/adapters/agent-script.js
var agent_script = __webpack_require__(9146);
// EXTERNAL MODULE: ./build/adapters/files.js
var files = __webpack_require__(3058);
// EXTERNAL MODULE: ./build/config/diagnostics.js + 1 modules
var config_diagnostics = __webpack_require__(4699);
// EXTERNAL MODULE: ./build/deploy/plan/host-plan.js + 1 modules
var host_plan = __webpack_require__(1919);
;// CONCATENATED MODULE: ./build/deploy/plan/host-status.js

const statusColumns = ['service', 'colour', 'containers', 'state', 'image', 'drift'];
function statusRows({ services }) {
    return services.map(({ name, color, containers, state, image, drift }) => [name, color, String(containers), state, image, drift]);
}
/** Describes a host by its facts and by the manifest of its current release. */
function hostStatus(host, probe) {
    const manifest = (0,host_plan/* readManifest */.W)(probe.manifest);
    const plan = manifest === undefined ? undefined : (0,host_plan/* planHost */.A)(host, manifest, probe, { recreate: [], restartEdge: false });
    const drift = new Map(plan?.services.filter(({ action }) => action !== 'keep').map(({ name, action, reasons }) => [name, [action, ...reasons].join(': ')]));
    const names = new Set([...probe.containers.filter(({ role }) => role !== 'edge').map(({ service }) => service), ...drift.keys()]);
    const { current, previous, releases, maintenance, locked, owner, unknown, edgeHash } = probe;
    return {
        host,
        current,
        previous,
        releases,
        maintenance,
        locked,
        services: [...names].sort().map((name) => serviceStatus(name, probe, drift.get(name) ?? '')),
        lines: [
            `${host}: ${current === '' ? 'nothing is deployed' : `release ${current}`}${manifest?.commit ? ` of commit ${manifest.commit}` : ''}`,
            `releases: ${releases.length === 0 ? 'none' : releases.map(({ id, intact, status }) => `${id}${id === current ? ' (current)' : id === previous ? ' (previous)' : ''}${intact ? '' : ' (damaged)'}${status === 'ok' ? '' : ` [${status}]`}`).join(', ')}`,
            `maintenance: ${maintenance ? 'on' : 'off'}`,
            `lock: ${locked && owner !== null ? `${owner.action} of ${owner.release} since ${owner.since}` : locked ? 'taken' : 'free'}`,
            ...(manifest !== undefined && manifest.edgeHash !== edgeHash ? ['nginx has other files than this release'] : []),
            ...(unknown.length === 0 ? [] : [`not of this deploy: ${unknown.join(', ')}`]),
            ...(probe.liveRestore ? [] : ['live-restore is off: a restart of the Docker Engine stops the containers']),
        ],
    };
}
function serviceStatus(name, { containers, green }, drift) {
    const own = containers.filter(({ service, role }) => service === name && role !== 'edge');
    const live = own.filter(({ color }) => color === 'none' || color === (green.includes(name) ? 'green' : 'blue'));
    return {
        name,
        color: live[0]?.color === 'none' ? '' : (live[0]?.color ?? ''),
        containers: live.length,
        state: live.length === 0 ? 'missing' : [...new Set(live.map(stateOf))].sort().join(', '),
        image: live[0]?.image ?? '',
        drift,
    };
}
function stateOf({ state, health, restarts }) {
    const word = state === 'running' ? health || 'running' : state;
    return restarts === 0 ? word : `${word}, restarted ${restarts} times`;
}

// EXTERNAL MODULE: ./build/deploy/release/names.js
var names = __webpack_require__(1132);
// EXTERNAL MODULE: ./build/deploy/remote/agent.js
var remote_agent = __webpack_require__(6228);
// EXTERNAL MODULE: ./build/deploy/remote/deliver.js + 1 modules
var deliver = __webpack_require__(1489);
// EXTERNAL MODULE: ./build/deploy/remote/probe.js
var remote_probe = __webpack_require__(2243);
// EXTERNAL MODULE: ./build/render/compose/layout.js
var layout = __webpack_require__(5858);
// EXTERNAL MODULE: ./build/report/redact.js
var redact = __webpack_require__(7234);
// EXTERNAL MODULE: ./build/report/table.js
var table = __webpack_require__(1799);
// EXTERNAL MODULE: ./build/commands/deploy.js + 18 modules
var deploy = __webpack_require__(9753);
// EXTERNAL MODULE: ./build/commands/deploy-hosts.js + 8 modules
var deploy_hosts = __webpack_require__(8457);
// EXTERNAL MODULE: ./build/commands/deploy-report.js + 1 modules
var deploy_report = __webpack_require__(2060);
// EXTERNAL MODULE: ./build/commands/host-certificates.js + 3 modules
var host_certificates = __webpack_require__(4143);
// EXTERNAL MODULE: ./build/commands/plan-changes.js + 6 modules
var plan_changes = __webpack_require__(4928);
// EXTERNAL MODULE: ./build/commands/rollback.js
var rollback = __webpack_require__(6751);
;// CONCATENATED MODULE: ./build/commands/status.js

















/** Shows what is on the machines; with `maintenance: on` or `off` it switches that first. */
async function status_status(context) {
    const { inputs } = context;
    const { project, diagnostics, secrets } = (0,rollback.remoteProject)(context);
    if (project === undefined || (0,config_diagnostics/* hasErrors */.Cs)(diagnostics))
        return (0,deploy_report/* refusedRemotely */.CV)('status: the configuration has errors', diagnostics, secrets, 2);
    const handWritten = (0,plan_changes/* readHandWritten */.h)((0,files/* openTree */.rB)(context.root), `${(0,layout/* layoutOf */.a)(project.environment).directory}nginx/conf.d`);
    const agent = (0,agent_script/* readAgentScript */.J)(context.tool);
    const root = (0,deploy.rootOf)(inputs, project);
    const switchMaintenance = async ({ ssh, probe }) => {
        await (0,deliver/* installAgent */.Z)(ssh, agent, root, probe);
        await (0,remote_agent/* runAgent */.a$)(ssh, (0,remote_agent/* agentCommand */.zA)(agent, root, 'maintenance', inputs.maintenance), { timeoutSeconds: 60 });
        return { ssh, probe: await (0,remote_probe/* probe */.d)(ssh, agent, root, (0,names/* stackName */.Qx)(project)) };
    };
    try {
        return await (0,deploy_hosts/* withHosts */.g3)(inputs, agent, root, (0,names/* stackName */.Qx)(project), async (hosts) => {
            const shown = [];
            for (const host of hosts) {
                const seen = inputs.maintenance === 'unchanged' ? host : await switchMaintenance(host).catch(deploy_hosts/* remoteDiagnostic */.kb);
                if ('code' in seen)
                    diagnostics.push(seen);
                else {
                    shown.push(seen);
                    diagnostics.push(...(0,host_certificates/* checkHostCertificates */.B)(project, handWritten, seen));
                }
            }
            return result(project, shown, diagnostics, secrets);
        });
    }
    catch (error) {
        return (0,deploy_report/* refusedRemotely */.CV)('status failed', [...diagnostics, (0,deploy_hosts/* remoteDiagnostic */.kb)(error)], secrets, 1);
    }
}
function certificateLine({ names, issuer, ends, daysLeft }) {
    return `certificate of ${issuer} for ${names.join(', ')}: until ${ends.slice(0, 10)}, ${daysLeft} days left`;
}
function result(project, hosts, diagnostics, secrets) {
    const views = hosts.map((host) => {
        const certificates = (0,host_certificates/* hostCertificates */.$)(host);
        const view = hostStatus(host.ssh.host, host.probe);
        return { ...view, certificates, lines: [...view.lines, ...certificates.map(certificateLine)] };
    });
    const text = views
        .map((view) => `${view.lines.map((line) => `${line}\n`).join('')}${(0,table/* textTable */.ed)(statusColumns, statusRows(view))}`)
        .join('\n');
    const summary = views
        .map((view) => `${view.lines.map((line) => `* ${(0,table/* escapeCell */.kq)(line)}\n`).join('')}\n${(0,table/* markdownTable */.Qj)(statusColumns, statusRows(view))}`)
        .join('\n');
    return {
        exitCode: (0,config_diagnostics/* hasErrors */.Cs)(diagnostics) ? 1 : 0,
        diagnostics,
        secrets,
        text: (0,redact.redact)(text, secrets),
        data: {
            environment: project.environment.name,
            release: views[0]?.current ?? '',
            'previous-release': views[0]?.previous ?? '',
            machines: views,
        },
        summary: (0,redact.redact)(`## nself: status of ${(0,table/* escapeCell */.kq)(project.name)}, ${(0,table/* escapeCell */.kq)(project.environment.name)}\n\n${summary}\n${(0,deploy_report/* findings */.Pg)(diagnostics)}`, secrets),
    };
}


/***/ })

};
