export const id = 751;
export const ids = [751];
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
        text: (0,_report_redact_js__WEBPACK_IMPORTED_MODULE_10__/* .redact */ .E$)(words, secrets),
        data: {
            environment,
            urls,
            changed: !failed && !isDryRun,
            release: rows[0]?.[2] ?? '',
            'previous-release': rows[0]?.[1] ?? '',
        },
        summary: (0,_report_redact_js__WEBPACK_IMPORTED_MODULE_10__/* .redact */ .E$)(`## nself: ${title}\n\nProject **${(0,_report_table_js__WEBPACK_IMPORTED_MODULE_11__/* .escapeCell */ .kq)(project.name)}**, environment **${(0,_report_table_js__WEBPACK_IMPORTED_MODULE_11__/* .escapeCell */ .kq)(environment)}**.\n\n${(0,_report_table_js__WEBPACK_IMPORTED_MODULE_11__/* .markdownTable */ .Qj)(['machine', 'from', 'to'], rows)}\n${(0,_deploy_report_js__WEBPACK_IMPORTED_MODULE_7__/* .findings */ .Pg)(diagnostics)}`, secrets),
    };
}


/***/ })

};
