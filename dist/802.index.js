export const id = 802;
export const ids = [802];
export const modules = {

/***/ 4143:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  B: () => (/* binding */ checkHostCertificates),
  $: () => (/* binding */ hostCertificates)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: ./build/config/diagnostics.js + 1 modules
var diagnostics = __webpack_require__(4699);
;// CONCATENATED MODULE: ./build/certificates/pem.js

const block = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;
/** The certificates of a PEM text in their order; `undefined` when there is none, or one cannot be read. */
function certificatesIn(text) {
    try {
        const [first, ...others] = (text.match(block) ?? []).map((pem) => new external_node_crypto_.X509Certificate(pem));
        return first === undefined ? undefined : [first, ...others];
    }
    catch {
        return undefined;
    }
}
const day = 86_400_000;
/** Whole days until a certificate ends; negative afterwards. */
function daysLeft(certificate, now) {
    return Math.floor((certificate.validToDate.getTime() - now.getTime()) / day);
}

;// CONCATENATED MODULE: ./build/certificates/check.js



/** From here on a certificate's end is worth a warning. */
const warningDays = 14;
/**
 * What is wrong with brought or issued certificates, before they are put to use: each name of each needed one must be
 * covered, now, by a chain whose key is there. `now` is the time to judge by.
 */
function checkCertificates(needed, files, now) {
    return needed.flatMap((certificate) => {
        const file = files.find(({ folder }) => folder === certificate.folder);
        return file === undefined ? [missing(certificate)] : checkFile(certificate, file, now);
    });
}
function missing({ folder, domains }) {
    return (0,diagnostics/* diagnose */.h4)('NB901', `There is no certificate for ${domains.join(', ')}.`, `Put fullchain.pem and privkey.pem into ssl/certificates/${folder}/, on a machine of a deploy below deploy-path.`);
}
function checkFile({ domains }, { folder, chain, key }, now) {
    const certificates = certificatesIn(chain);
    if (certificates === undefined)
        return [
            (0,diagnostics/* diagnose */.h4)('NB902', `${folder}/fullchain.pem holds no certificate in PEM form.`, 'Convert it: openssl x509 -in FILE -outform PEM.'),
        ];
    const [leaf] = certificates;
    return [
        ...(key === undefined ? [] : checkKey(folder, certificates, key)),
        ...checkNames(folder, leaf, domains),
        ...checkTime(folder, leaf, now),
        ...checkChain(folder, certificates),
    ];
}
function checkKey(folder, certificates, text) {
    if (/-----BEGIN ENCRYPTED PRIVATE KEY-----|^Proc-Type: 4,ENCRYPTED/m.test(text))
        return [(0,diagnostics/* diagnose */.h4)('NB902', `${folder}/privkey.pem asks for a passphrase.`, 'Remove it: openssl pkey -in privkey.pem -out plain.pem.')];
    const key = readKey(text);
    if (key === undefined)
        return [
            (0,diagnostics/* diagnose */.h4)('NB902', `${folder}/privkey.pem holds no private key in PEM form.`, 'Convert it: openssl pkey -in FILE -out privkey.pem.'),
        ];
    if (key.asymmetricKeyType === 'rsa' && (key.asymmetricKeyDetails?.modulusLength ?? 0) < 2048)
        return [
            (0,diagnostics/* diagnose */.h4)('NB902', `${folder}/privkey.pem is an RSA key of less than 2048 bits, which nginx refuses.`, 'Get a certificate for a longer key.'),
        ];
    const position = certificates.findIndex((certificate) => certificate.checkPrivateKey(key));
    if (position === 0)
        return [];
    return [
        (0,diagnostics/* diagnose */.h4)('NB906', position === -1
            ? `${folder}/privkey.pem is not the key of ${folder}/fullchain.pem.`
            : `${folder}/fullchain.pem does not begin with the server’s certificate.`, position === -1
            ? 'Put the key and the certificate of one order there.'
            : 'Put the server’s certificate first, then the intermediates.'),
    ];
}
function readKey(text) {
    try {
        return (0,external_node_crypto_.createPrivateKey)(text);
    }
    catch {
        return undefined;
    }
}
// Browsers look at the alternative names only, so the subject does not count.
function checkNames(folder, leaf, domains) {
    const uncovered = domains.filter((domain) => leaf.checkHost(domain, { subject: 'never' }) === undefined);
    if (uncovered.length === 0)
        return [];
    return [
        (0,diagnostics/* diagnose */.h4)('NB903', `The certificate in ${folder} is not for ${uncovered.join(', ')}; it is for ${leaf.subjectAltName?.replaceAll('DNS:', '') ?? 'no name'}.`, 'Get one that has these names.'),
    ];
}
function checkTime(folder, leaf, now) {
    const fix = 'Put a new one there. If that is not so, look at the clock of this machine.';
    if (leaf.validFromDate > now)
        return [(0,diagnostics/* diagnose */.h4)('NB904', `The certificate in ${folder} is valid from ${date(leaf.validFromDate)} on.`, fix)];
    if (leaf.validToDate <= now)
        return [(0,diagnostics/* diagnose */.h4)('NB904', `The certificate in ${folder} ended on ${date(leaf.validToDate)}.`, fix)];
    const days = daysLeft(leaf, now);
    if (days >= warningDays)
        return [];
    return [(0,diagnostics/* diagnose */.h4)('NB905', `The certificate in ${folder} ends on ${date(leaf.validToDate)}: ${days} days are left.`, 'Renew it.')];
}
function date(time) {
    return time.toISOString().slice(0, 10);
}
// Browsers that know the intermediate from elsewhere hide this; curl and phones do not.
function checkChain(folder, [leaf, ...others]) {
    const isSelfSigned = leaf.checkIssued(leaf);
    if (isSelfSigned || others.some((other) => leaf.checkIssued(other)))
        return [];
    return [
        (0,diagnostics/* diagnose */.h4)('NB907', `${folder}/fullchain.pem has no certificate of its issuer (${leaf.issuer.replaceAll('\n', ', ')}).`, 'Append the intermediates, unless the issuer is an authority that all your clients trust by itself.'),
    ];
}

;// CONCATENATED MODULE: ./build/certificates/describe.js

/** Reads the certificates of an edge, soonest end first. Files that hold none are left out: `checkCertificates` names them. */
function describeCertificates(files, now) {
    return files
        .flatMap(({ folder, chain }) => {
        const [certificate] = certificatesIn(chain) ?? [];
        if (certificate === undefined)
            return [];
        return [
            {
                folder,
                names: namesOf(certificate.subjectAltName),
                issuer: /^CN=(.+)$/m.exec(certificate.issuer)?.[1] ?? /^O=(.+)$/m.exec(certificate.issuer)?.[1] ?? '',
                ends: certificate.validToDate.toISOString(),
                daysLeft: daysLeft(certificate, now),
            },
        ];
    })
        .sort((a, b) => a.daysLeft - b.daysLeft || (a.folder < b.folder ? -1 : 1));
}
function namesOf(subjectAltName) {
    return (subjectAltName ?? '')
        .split(', ')
        .filter((name) => name.startsWith('DNS:'))
        .map((name) => name.slice('DNS:'.length))
        .sort();
}

// EXTERNAL MODULE: ./build/render/certificates.js
var certificates = __webpack_require__(8553);
;// CONCATENATED MODULE: ./build/commands/host-certificates.js



const filesOf = ({ certificates }) => certificates.map(({ folder, chain }) => ({ folder, chain: Buffer.from(chain, 'base64').toString('latin1') }));
/** The certificates on a machine, soonest end first. */
function hostCertificates({ probe }) {
    return describeCertificates(filesOf(probe), new Date());
}
/** What is wrong with the certificates on a machine for the names of a project, where nginx ends TLS. */
function checkHostCertificates(project, handWritten, { ssh, probe }) {
    if (project.tls !== 'custom' && project.tls !== 'letsencrypt')
        return [];
    return checkCertificates((0,certificates/* certificatesOf */.mm)(project, handWritten), filesOf(probe), new Date()).map((diagnostic) => ({
        ...diagnostic,
        message: `${ssh.host}: ${diagnostic.message}`,
    }));
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
// EXTERNAL MODULE: ./build/commands/deploy-context.js
var deploy_context = __webpack_require__(2618);
// EXTERNAL MODULE: ./build/commands/deploy-hosts.js + 8 modules
var deploy_hosts = __webpack_require__(8457);
// EXTERNAL MODULE: ./build/commands/deploy-report.js + 1 modules
var deploy_report = __webpack_require__(2060);
// EXTERNAL MODULE: ./build/commands/host-certificates.js + 3 modules
var host_certificates = __webpack_require__(4143);
// EXTERNAL MODULE: ./build/commands/plan-changes.js + 7 modules
var plan_changes = __webpack_require__(8594);
;// CONCATENATED MODULE: ./build/commands/status.js
















/** Shows what is on the machines; with `maintenance: on` or `off` it switches that first. */
async function status_status(context) {
    const { inputs } = context;
    const { project, diagnostics, secrets } = (0,deploy_context/* remoteProject */.ID)(context);
    if (project === undefined || (0,config_diagnostics/* hasErrors */.Cs)(diagnostics))
        return (0,deploy_report/* refusedRemotely */.CV)('status: the configuration has errors', diagnostics, secrets, 2);
    const handWritten = (0,plan_changes/* readHandWritten */.h)((0,files/* openTree */.rB)(context.root), `${(0,layout/* layoutOf */.a)(project.environment).directory}nginx/conf.d`);
    const agent = (0,agent_script/* readAgentScript */.J)(context.tool);
    const root = (0,deploy_context/* rootOf */.I5)(inputs, project);
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
        text: (0,redact/* redact */.E$)(text, secrets),
        data: {
            environment: project.environment.name,
            release: views[0]?.current ?? '',
            'previous-release': views[0]?.previous ?? '',
            machines: views,
        },
        summary: (0,redact/* redact */.E$)(`## nself: status of ${(0,table/* escapeCell */.kq)(project.name)}, ${(0,table/* escapeCell */.kq)(project.environment.name)}\n\n${summary}\n${(0,deploy_report/* findings */.Pg)(diagnostics)}`, secrets),
    };
}


/***/ }),

/***/ 1919:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  A: () => (/* binding */ planHost),
  W: () => (/* binding */ readManifest)
});

;// CONCATENATED MODULE: ./build/deploy/plan/reasons.js
/** Why a service is not what the release says, as far as the release on the host tells. */
function reasonsOf(service, before, after, found) {
    if (found.differs) {
        const old = before?.services.find(({ name }) => name === service.name);
        if (old === undefined || old.hash === service.hash)
            return ['it is not what the release on the host says'];
        return differences(old, service, changedVariables(before?.variables ?? {}, after.variables));
    }
    if (found.unhealthy > 0)
        return [`${found.unhealthy} of ${service.replicas} containers are unhealthy`];
    if (found.running < service.replicas)
        return [`${found.running} of ${service.replicas} containers are running`];
    return found.running > service.replicas ? [`${found.running} containers instead of ${service.replicas}`] : [];
}
function differences(old, service, { added, changed, removed }) {
    const reasons = [
        ...(old.image === service.image ? [] : [imageChange(old.image, service.image)]),
        ...(old.replicas === service.replicas ? [] : [`replicas ${old.replicas} → ${service.replicas}`]),
        ...(old.class === service.class ? [] : [`${old.class} → ${service.class}`]),
    ];
    if (reasons.length > 0)
        return reasons;
    return [added.length + changed.length + removed.length === 0 ? 'configuration' : 'configuration or variables'];
}
function imageChange(before, after) {
    // Of two digests the beginnings are enough to tell them apart; tags are short.
    const short = (image) => image.split('@sha256:')[1]?.slice(0, 12) ?? image;
    return `image ${short(before)} → ${short(after)}`;
}
/** Which variables two releases differ in, by name. */
function changedVariables(before, after) {
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
    return {
        added: names.filter((name) => !Object.hasOwn(before, name)),
        changed: names.filter((name) => Object.hasOwn(before, name) && Object.hasOwn(after, name) && before[name] !== after[name]),
        removed: names.filter((name) => !Object.hasOwn(after, name)),
    };
}

;// CONCATENATED MODULE: ./build/deploy/plan/host-plan.js

/** Compares a release with the facts of a host. Pure: the same facts give the same plan. */
function planHost(host, manifest, probe, options) {
    const before = readManifest(probe.manifest);
    const services = manifest.services.map((service) => planService(service, before, manifest, probe, options));
    const removed = removals(manifest, before, probe);
    const edge = planEdge(manifest, probe, options);
    const starts = services.some(({ action }) => isStart(action));
    const changes = starts || removed.length > 0 || services.some(({ action }) => action === 'clean');
    const all = [...services.map((service) => withRun(service, starts)), ...removed].sort((a, b) => (a.name < b.name ? -1 : 1));
    const last = probe.releases.find(({ id }) => id === manifest.release);
    return {
        host,
        release: manifest.release,
        current: probe.current,
        services: all,
        variables: changedVariables(before?.variables ?? {}, manifest.variables),
        edge,
        unknown: probe.unknown,
        isUnchanged: !changes &&
            (edge === 'keep' || edge === 'differs') &&
            probe.current === manifest.release &&
            last?.intact === true &&
            last.status === 'ok' &&
            probe.secrets.includes(manifest.envHash),
    };
}
/** Whether containers are made or started. */
function isStart(action) {
    return action === 'create' || action === 'roll' || action === 'overlap' || action === 'recreate' || action === 'start';
}
// A one-shot runs whenever something starts that may need it; by itself it is no reason for a run.
function withRun(service, starts) {
    return service.class === 'once' && starts ? { ...service, action: 'run' } : service;
}
/** The manifest of the release on the host; nothing when there is none, or it is of another version. */
function readManifest(value) {
    const manifest = value;
    return manifest?.version === 1 && Array.isArray(manifest.services) ? manifest : undefined;
}
function planService(service, before, manifest, probe, options) {
    const { name, class: serviceClass, replicas } = service;
    const base = { name, class: serviceClass, replicas, migrates: false, reasons: [] };
    if (serviceClass === 'once')
        return { ...base, action: 'keep' };
    const own = containersOf(probe, name);
    const live = liveOf(service, own, probe);
    if (live.length === 0)
        return { ...base, action: 'create', migrates: service.migrate };
    const good = live.filter(({ state, hash }) => state === 'running' && hash === service.hash);
    const found = {
        differs: live.some(({ hash }) => hash !== service.hash),
        running: live.filter(({ state }) => state === 'running').length,
        unhealthy: good.filter(({ health }) => health === 'unhealthy').length,
    };
    const reasons = reasonsOf(service, before, manifest, found);
    if (serviceClass === 'static') {
        if (options.recreate.includes(name))
            return { ...base, action: 'recreate', reasons: ['asked for'] };
        if (found.running === 0)
            return { ...base, action: 'start', reasons: ['it is stopped'] };
        return found.differs ? { ...base, action: 'differs', reasons } : { ...base, action: 'keep' };
    }
    if (good.length !== replicas || found.unhealthy > 0)
        return { ...base, action: serviceClass, reasons, migrates: service.migrate };
    return own.length === good.length
        ? { ...base, action: 'keep' }
        : { ...base, action: 'clean', reasons: ['containers of an interrupted run are left over'] };
}
function containersOf({ containers }, service) {
    return containers.filter((container) => container.service === service && container.role !== 'edge');
}
// Of a rolled service only the colour with the traffic counts: the one that the flag names, unless nothing runs there.
function liveOf({ name, class: serviceClass }, own, { green }) {
    const ofColor = (color) => own.filter((container) => container.color === color);
    if (serviceClass !== 'roll')
        return ofColor('none');
    const colours = green.includes(name) ? ['green', 'blue'] : ['blue', 'green'];
    const [first = [], second = []] = colours.map(ofColor);
    const runs = (containers) => containers.some(({ state }) => state === 'running');
    if (runs(first))
        return first;
    if (runs(second))
        return second;
    return first.length > 0 ? first : second;
}
function removals({ services }, before, probe) {
    const wanted = new Set(services.map(({ name }) => name));
    const gone = new Set(probe.containers.filter(({ role, service }) => role !== 'edge' && !wanted.has(service)).map(({ service }) => service));
    return [...gone].map((name) => ({
        name,
        action: 'remove',
        class: before?.services.find((service) => service.name === name)?.class ?? 'static',
        reasons: ['not in this release'],
        replicas: 0,
        migrates: false,
    }));
}
function planEdge({ edge, edgeHash }, probe, { restartEdge }) {
    const container = probe.containers.find(({ role, service }) => role === 'edge' && service === 'edge');
    if (container === undefined)
        return 'create';
    if (restartEdge && container.hash !== edge.hash)
        return 'restart';
    if (probe.edgeHash !== edgeHash)
        return 'reload';
    return container.hash === edge.hash ? 'keep' : 'differs';
}


/***/ })

};
