export const id = 498;
export const ids = [498];
export const modules = {

/***/ 27680:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Cn: () => (/* binding */ broughtCertificates),
/* harmony export */   i0: () => (/* binding */ isSameChain),
/* harmony export */   vH: () => (/* binding */ certificateVariables)
/* harmony export */ });
/* harmony import */ var _config_diagnostics_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(24699);

/** The variables that hold the certificate of a folder: `shop-org` is `SSL_SHOP_ORG_CERT` and `SSL_SHOP_ORG_KEY`. */
function certificateVariables(folder) {
    const name = folder.toUpperCase().replaceAll('-', '_');
    return { chain: `SSL_${name}_CERT`, key: `SSL_${name}_KEY` };
}
/** The needed certificates that variables hold as PEM text. Half of one, or one that is not needed, is told. */
function broughtCertificates(needed, entries) {
    const files = [];
    const diagnostics = [];
    const known = new Set();
    for (const { folder } of needed) {
        const names = certificateVariables(folder);
        const [chain, key] = [entries.get(names.chain), entries.get(names.key)];
        known.add(names.chain).add(names.key);
        if (chain !== undefined && key !== undefined)
            files.push({ folder, chain: chain.value, key: key.value });
        else if (chain !== undefined || key !== undefined)
            diagnostics.push((0,_config_diagnostics_js__WEBPACK_IMPORTED_MODULE_0__/* .diagnose */ .h4)('NB911', `${chain === undefined ? names.key : names.chain} is set, but ${chain === undefined ? names.chain : names.key} is not.`, 'Set both, as PEM text.', (chain ?? key)?.position));
    }
    for (const [name, { position }] of entries)
        if (/^SSL_.+_(?:CERT|KEY)$/.test(name) && !known.has(name))
            diagnostics.push((0,_config_diagnostics_js__WEBPACK_IMPORTED_MODULE_0__/* .diagnose */ .h4)('NB912', `${name} is of no certificate that this environment needs.`, `The names are ${needed.map(({ folder }) => certificateVariables(folder).chain).join(', ')}, and the same with _KEY.`, position));
    return { files, diagnostics };
}
/** True when two texts hold the same certificates. */
function isSameChain(one, other) {
    const plain = (text) => text.replaceAll(/\s+/g, '');
    return plain(one) === plain(other);
}


/***/ }),

/***/ 97213:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   P: () => (/* binding */ checkLeaf),
/* harmony export */   r: () => (/* binding */ checkCertificates)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(77598);
/* harmony import */ var _config_diagnostics_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(24699);
/* harmony import */ var _brought_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(27680);
/* harmony import */ var _pem_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(65619);




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
    return (0,_config_diagnostics_js__WEBPACK_IMPORTED_MODULE_1__/* .diagnose */ .h4)('NB901', `There is no certificate for ${domains.join(', ')}.`, `Put fullchain.pem and privkey.pem into ssl/certificates/${folder}/, on a machine of a deploy below deploy-path, or set ${(0,_brought_js__WEBPACK_IMPORTED_MODULE_2__/* .certificateVariables */ .vH)(folder).chain} and ${(0,_brought_js__WEBPACK_IMPORTED_MODULE_2__/* .certificateVariables */ .vH)(folder).key}.`);
}
function checkFile({ domains }, { folder, chain, key }, now) {
    const certificates = (0,_pem_js__WEBPACK_IMPORTED_MODULE_3__/* .certificatesIn */ .Yc)(chain);
    if (certificates === undefined)
        return [
            (0,_config_diagnostics_js__WEBPACK_IMPORTED_MODULE_1__/* .diagnose */ .h4)('NB902', `${folder}/fullchain.pem holds no certificate in PEM form.`, 'Convert it: openssl x509 -in FILE -outform PEM.'),
        ];
    const [leaf] = certificates;
    return [
        ...(key === undefined ? [] : checkKey(folder, certificates, key)),
        ...checkLeaf(`in ${folder}`, leaf, domains, now),
        ...checkChain(folder, certificates),
    ];
}
function checkKey(folder, certificates, text) {
    if (/-----BEGIN ENCRYPTED PRIVATE KEY-----|^Proc-Type: 4,ENCRYPTED/m.test(text))
        return [(0,_config_diagnostics_js__WEBPACK_IMPORTED_MODULE_1__/* .diagnose */ .h4)('NB902', `${folder}/privkey.pem asks for a passphrase.`, 'Remove it: openssl pkey -in privkey.pem -out plain.pem.')];
    const key = readKey(text);
    if (key === undefined)
        return [
            (0,_config_diagnostics_js__WEBPACK_IMPORTED_MODULE_1__/* .diagnose */ .h4)('NB902', `${folder}/privkey.pem holds no private key in PEM form.`, 'Convert it: openssl pkey -in FILE -out privkey.pem.'),
        ];
    if (key.asymmetricKeyType === 'rsa' && (key.asymmetricKeyDetails?.modulusLength ?? 0) < 2048)
        return [
            (0,_config_diagnostics_js__WEBPACK_IMPORTED_MODULE_1__/* .diagnose */ .h4)('NB902', `${folder}/privkey.pem is an RSA key of less than 2048 bits, which nginx refuses.`, 'Get a certificate for a longer key.'),
        ];
    const position = certificates.findIndex((certificate) => certificate.checkPrivateKey(key));
    if (position === 0)
        return [];
    return [
        (0,_config_diagnostics_js__WEBPACK_IMPORTED_MODULE_1__/* .diagnose */ .h4)('NB906', position === -1
            ? `${folder}/privkey.pem is not the key of ${folder}/fullchain.pem.`
            : `${folder}/fullchain.pem does not begin with the server’s certificate.`, position === -1
            ? 'Put the key and the certificate of one order there.'
            : 'Put the server’s certificate first, then the intermediates.'),
    ];
}
function readKey(text) {
    try {
        return (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createPrivateKey)(text);
    }
    catch {
        return undefined;
    }
}
/** What is wrong with the names and the time of a server's certificate; `place` says which one it is. */
function checkLeaf(place, leaf, domains, now) {
    return [...checkNames(place, leaf, domains), ...checkTime(place, leaf, now)];
}
// Browsers look at the alternative names only, so the subject does not count.
function checkNames(place, leaf, domains) {
    const uncovered = domains.filter((domain) => leaf.checkHost(domain, { subject: 'never' }) === undefined);
    if (uncovered.length === 0)
        return [];
    return [
        (0,_config_diagnostics_js__WEBPACK_IMPORTED_MODULE_1__/* .diagnose */ .h4)('NB903', `The certificate ${place} is not for ${uncovered.join(', ')}; it is for ${leaf.subjectAltName?.replaceAll('DNS:', '') ?? 'no name'}.`, 'Get one that has these names.'),
    ];
}
function checkTime(place, leaf, now) {
    const fix = 'Put a new one there. If that is not so, look at the clock of this machine.';
    if (leaf.validFromDate > now)
        return [(0,_config_diagnostics_js__WEBPACK_IMPORTED_MODULE_1__/* .diagnose */ .h4)('NB904', `The certificate ${place} is valid from ${date(leaf.validFromDate)} on.`, fix)];
    if (leaf.validToDate <= now)
        return [(0,_config_diagnostics_js__WEBPACK_IMPORTED_MODULE_1__/* .diagnose */ .h4)('NB904', `The certificate ${place} ended on ${date(leaf.validToDate)}.`, fix)];
    if (!(0,_pem_js__WEBPACK_IMPORTED_MODULE_3__/* .endsSoon */ .C_)(leaf, now))
        return [];
    const days = (0,_pem_js__WEBPACK_IMPORTED_MODULE_3__/* .daysLeft */ .H_)(leaf, now);
    return [(0,_config_diagnostics_js__WEBPACK_IMPORTED_MODULE_1__/* .diagnose */ .h4)('NB905', `The certificate ${place} ends on ${date(leaf.validToDate)}: ${days} days are left.`, 'Renew it.')];
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
        (0,_config_diagnostics_js__WEBPACK_IMPORTED_MODULE_1__/* .diagnose */ .h4)('NB907', `${folder}/fullchain.pem has no certificate of its issuer (${leaf.issuer.replaceAll('\n', ', ')}).`, 'Append the intermediates, unless the issuer is an authority that all your clients trust by itself.'),
    ];
}


/***/ }),

/***/ 61624:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   K: () => (/* binding */ describeCertificates),
/* harmony export */   m: () => (/* binding */ certificateLine)
/* harmony export */ });
/* harmony import */ var _pem_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(65619);

/** Reads the certificates of an edge, soonest end first. Files that hold none are left out: `checkCertificates` names them. */
function describeCertificates(files, now) {
    return files
        .flatMap(({ folder, chain }) => {
        const [certificate] = (0,_pem_js__WEBPACK_IMPORTED_MODULE_0__/* .certificatesIn */ .Yc)(chain) ?? [];
        if (certificate === undefined)
            return [];
        return [
            {
                folder,
                names: namesOf(certificate.subjectAltName),
                issuer: /^CN=(.+)$/m.exec(certificate.issuer)?.[1] ?? /^O=(.+)$/m.exec(certificate.issuer)?.[1] ?? '',
                ends: certificate.validToDate.toISOString(),
                daysLeft: (0,_pem_js__WEBPACK_IMPORTED_MODULE_0__/* .daysLeft */ .H_)(certificate, now),
            },
        ];
    })
        .sort((a, b) => a.daysLeft - b.daysLeft || (a.folder < b.folder ? -1 : 1));
}
/** One certificate in a line. */
function certificateLine({ names, issuer, ends, daysLeft }) {
    return `certificate of ${issuer} for ${names.join(', ')}: until ${ends.slice(0, 10)}, ${daysLeft} days left`;
}
function namesOf(subjectAltName) {
    return (subjectAltName ?? '')
        .split(', ')
        .filter((name) => name.startsWith('DNS:'))
        .map((name) => name.slice('DNS:'.length))
        .sort();
}


/***/ }),

/***/ 65619:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   C_: () => (/* binding */ endsSoon),
/* harmony export */   H_: () => (/* binding */ daysLeft),
/* harmony export */   Yc: () => (/* binding */ certificatesIn)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(77598);

const block = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;
/** The certificates of a PEM text in their order; `undefined` when there is none, or one cannot be read. */
function certificatesIn(text) {
    try {
        const [first, ...others] = (text.match(block) ?? []).map((pem) => new node_crypto__WEBPACK_IMPORTED_MODULE_0__.X509Certificate(pem));
        return first === undefined ? undefined : [first, ...others];
    }
    catch {
        return undefined;
    }
}
const day = 86_400_000;
/** A certificate's end is worth a warning so many days before, or a quarter of its time where that is less: some live for days. */
const warningDays = 14;
/** True when the end of a certificate is near. */
function endsSoon(certificate, now) {
    const quarter = (certificate.validToDate.getTime() - certificate.validFromDate.getTime()) / 4;
    return certificate.validToDate.getTime() - now.getTime() < Math.min(warningDays * day, quarter);
}
/** Whole days until a certificate ends; negative afterwards. */
function daysLeft(certificate, now) {
    return Math.floor((certificate.validToDate.getTime() - now.getTime()) / day);
}


/***/ }),

/***/ 3202:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $O: () => (/* binding */ hostCertificates),
/* harmony export */   At: () => (/* binding */ certificatesOn),
/* harmony export */   BQ: () => (/* binding */ checkHostCertificates)
/* harmony export */ });
/* harmony import */ var _certificates_check_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(97213);
/* harmony import */ var _certificates_describe_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(61624);
/* harmony import */ var _render_certificates_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8553);



/** The certificates that lie on a machine, without keys. */
function certificatesOn({ probe: { certificates } }) {
    return certificates.map(({ folder, chain }) => ({ folder, chain: Buffer.from(chain, 'base64').toString('latin1') }));
}
/** The certificates on a machine, soonest end first. */
function hostCertificates(host) {
    return (0,_certificates_describe_js__WEBPACK_IMPORTED_MODULE_1__/* .describeCertificates */ .K)(certificatesOn(host), new Date());
}
/**
 * What is wrong with the certificates on a machine for the names of a project, where nginx ends TLS. Those that a deploy brings count
 * instead of what lies there.
 */
function checkHostCertificates(project, handWritten, host, brought = []) {
    if (project.tls !== 'custom' && project.tls !== 'letsencrypt')
        return [];
    const files = [...brought, ...certificatesOn(host)];
    return (0,_certificates_check_js__WEBPACK_IMPORTED_MODULE_0__/* .checkCertificates */ .r)((0,_render_certificates_js__WEBPACK_IMPORTED_MODULE_2__/* .certificatesOf */ .mm)(project, handWritten), files, new Date()).map((diagnostic) => ({
        ...diagnostic,
        message: `${host.ssh.host}: ${diagnostic.message}`,
    }));
}


/***/ }),

/***/ 72498:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  status: () => (/* binding */ status_status)
});

// EXTERNAL MODULE: ./build/adapters/agent-script.js + 1 modules
var agent_script = __webpack_require__(5099);
// EXTERNAL MODULE: ./build/adapters/files.js
var files = __webpack_require__(63058);
// EXTERNAL MODULE: ./build/certificates/describe.js
var describe = __webpack_require__(61624);
// EXTERNAL MODULE: ./build/config/diagnostics.js + 1 modules
var config_diagnostics = __webpack_require__(24699);
// EXTERNAL MODULE: ./build/deploy/plan/host-plan.js + 1 modules
var host_plan = __webpack_require__(11919);
// EXTERNAL MODULE: ./build/deploy/plan/swarm-plan.js
var swarm_plan = __webpack_require__(14458);
;// CONCATENATED MODULE: ./build/deploy/plan/host-status.js


const statusColumns = ['service', 'colour', 'containers', 'state', 'image', 'drift'];
function statusRows({ services }) {
    return services.map(({ name, color, containers, state, image, drift }) => [name, color, String(containers), state, image, drift]);
}
/** Describes a host by its facts and by the manifest of its current release. */
function hostStatus(host, probe) {
    const manifest = (0,host_plan/* readManifest */.W)(probe.manifest);
    const options = { recreate: [], restartEdge: false, newCertificates: false };
    const plan = manifest === undefined ? undefined : (manifest.target === 'swarm' ? swarm_plan/* planSwarm */.i : host_plan/* planHost */.A)(host, manifest, probe, options);
    const drift = new Map(plan?.services.filter(({ action }) => action !== 'keep').map(({ name, action, reasons }) => [name, [action, ...reasons].join(': ')]));
    const names = new Set([...probe.containers.filter(({ role }) => role !== 'edge').map(({ service }) => service), ...drift.keys()]);
    const { current, previous, releases, maintenance, locked, owner, unknown, edgeHash } = probe;
    const isSwarm = probe.swarm !== undefined;
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
            ...(isSwarm ? [] : [`maintenance: ${maintenance ? 'on' : 'off'}`]),
            `lock: ${locked && owner !== null ? `${owner.action} of ${owner.release} since ${owner.since}` : locked ? 'taken' : 'free'}`,
            ...(manifest !== undefined && manifest.edgeHash !== edgeHash ? ['nginx has other files than this release'] : []),
            ...(unknown.length === 0 ? [] : [`not of this deploy: ${unknown.join(', ')}`]),
            ...(probe.liveRestore || isSwarm ? [] : ['live-restore is off: a restart of the Docker Engine stops the containers']),
        ],
    };
}
function serviceStatus(name, { containers, green }, drift) {
    const own = containers.filter(({ service, role }) => service === name && role !== 'edge');
    const flagged = own.filter(({ color }) => color === 'none' || color === (green.includes(name) ? 'green' : 'blue'));
    // Where nothing has the colour of the flag, nginx uses the other one.
    const live = flagged.length > 0 ? flagged : own;
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
var names = __webpack_require__(41132);
// EXTERNAL MODULE: ./build/deploy/remote/agent.js
var remote_agent = __webpack_require__(6228);
// EXTERNAL MODULE: ./build/deploy/remote/deliver.js + 1 modules
var deliver = __webpack_require__(11489);
// EXTERNAL MODULE: ./build/deploy/remote/probe.js
var remote_probe = __webpack_require__(82243);
// EXTERNAL MODULE: ./build/render/compose/layout.js
var layout = __webpack_require__(95858);
// EXTERNAL MODULE: ./build/report/redact.js
var redact = __webpack_require__(17234);
// EXTERNAL MODULE: ./build/report/table.js
var table = __webpack_require__(71799);
// EXTERNAL MODULE: ./build/commands/deploy/check-host.js
var check_host = __webpack_require__(89090);
// EXTERNAL MODULE: ./build/commands/deploy/deploy-context.js
var deploy_context = __webpack_require__(9286);
// EXTERNAL MODULE: ./build/commands/deploy/deploy-hosts.js + 8 modules
var deploy_hosts = __webpack_require__(9255);
// EXTERNAL MODULE: ./build/commands/deploy/deploy-report.js
var deploy_report = __webpack_require__(70567);
// EXTERNAL MODULE: ./build/commands/deploy/deploy-target.js
var deploy_target = __webpack_require__(48816);
// EXTERNAL MODULE: ./build/commands/deploy/host-certificates.js
var host_certificates = __webpack_require__(3202);
// EXTERNAL MODULE: ./node_modules/p-limit/index.js + 1 modules
var p_limit = __webpack_require__(70370);
// EXTERNAL MODULE: external "node:dns/promises"
var promises_ = __webpack_require__(71553);
// EXTERNAL MODULE: external "node:net"
var external_node_net_ = __webpack_require__(77030);
// EXTERNAL MODULE: external "node:tls"
var external_node_tls_ = __webpack_require__(41692);
;// CONCATENATED MODULE: ./build/adapters/public-names.js



const loopback = new external_node_net_.BlockList();
loopback.addSubnet('127.0.0.0', 8);
loopback.addAddress('::1', 'ipv6');
const waitMilliseconds = 15_000;
/** Asks a name for its certificate as a browser does; what is wrong with it is told, not thrown. A name that leads to this machine itself counts as none. */
async function askPublicName(domain, port) {
    const addresses = await (0,promises_.lookup)(domain, { all: true }).catch((error) => error);
    if (addresses instanceof Error)
        return addresses.code === 'ENOTFOUND' ? { domain, kind: 'nowhere' } : { domain, kind: 'silent', reason: addresses.message };
    if (addresses.every(({ address, family }) => loopback.check(address, family === 6 ? 'ipv6' : 'ipv4')))
        return { domain, kind: 'nowhere' };
    return new Promise((resolve) => {
        // A certificate for another name is found by its names.
        const options = { host: domain, port, servername: domain, rejectUnauthorized: false, checkServerIdentity: () => undefined };
        const socket = (0,external_node_tls_.connect)(options, () => {
            resolve({ domain, kind: 'certificate', chain: chainOf(socket), distrust: distrustOf(socket) });
            socket.destroy();
        });
        const silent = (reason) => {
            resolve({ domain, kind: 'silent', reason });
            socket.destroy();
        };
        socket.on('error', (error) => silent(error.code ?? error.message));
        // An idle limit would let a server that drips hold on.
        const timer = setTimeout(() => silent(`no answer within ${waitMilliseconds / 1000} seconds`), waitMilliseconds);
        socket.on('close', () => clearTimeout(timer));
    });
}
function distrustOf(socket) {
    return socket.authorized ? undefined : String(socket.authorizationError);
}
function chainOf(socket) {
    const pems = [];
    const seen = new Set();
    let next = socket.getPeerCertificate(true);
    // The root's issuer is itself.
    while (next?.raw !== undefined && !seen.has(next.fingerprint256)) {
        seen.add(next.fingerprint256);
        pems.push(`-----BEGIN CERTIFICATE-----\n${next.raw.toString('base64')}\n-----END CERTIFICATE-----\n`);
        next = next.issuerCertificate;
    }
    return pems.join('');
}

// EXTERNAL MODULE: ./build/certificates/check.js
var check = __webpack_require__(97213);
// EXTERNAL MODULE: ./build/certificates/pem.js
var pem = __webpack_require__(65619);
;// CONCATENATED MODULE: ./build/certificates/public.js



/** What visitors of the public names of an environment run into. Names that all lead nowhere are no mistake: nothing is deployed yet. */
function checkPublic(environment, answers, now) {
    if (answers.every(({ kind }) => kind === 'nowhere'))
        return [noPublicName(environment)];
    return answers.flatMap((answer) => checkAnswer(answer, now));
}
/** Says that there is nothing to look at. */
function noPublicName(environment) {
    return (0,config_diagnostics/* diagnose */.h4)('NB910', `No public name of ${environment} leads anywhere yet.`, 'Nothing to do before the first deploy; then add their DNS records.');
}
function checkAnswer(answer, now) {
    const { domain } = answer;
    if (answer.kind === 'nowhere')
        return [(0,config_diagnostics/* diagnose */.h4)('NB908', `${domain} leads nowhere.`, 'Add its DNS record.')];
    if (answer.kind === 'silent')
        return [noCertificate(domain, answer.reason)];
    const [leaf] = (0,pem/* certificatesIn */.Yc)(answer.chain) ?? [];
    if (leaf === undefined)
        return [noCertificate(domain, 'no certificate came')];
    const found = (0,check/* checkLeaf */.P)(`that ${domain} shows`, leaf, [domain], now);
    if (answer.distrust === undefined || found.some(({ code }) => code === 'NB904'))
        return found;
    return [
        ...found,
        (0,config_diagnostics/* diagnose */.h4)('NB909', `The certificate that ${domain} shows is not trusted: ${answer.distrust}.`, 'Browsers refuse it. Send the intermediates along, or get one of an authority that they know; NODE_EXTRA_CA_CERTS makes this command trust another.'),
    ];
}
function noCertificate(domain, reason) {
    return (0,config_diagnostics/* diagnose */.h4)('NB908', `${domain} shows no certificate: ${reason}.`, 'Look whether nginx runs and the port is open; where certificates are issued, the log of the container acme says why one is missing.');
}

// EXTERNAL MODULE: ./build/render/certificates.js
var certificates = __webpack_require__(8553);
// EXTERNAL MODULE: ./build/commands/project/plan-changes.js + 7 modules
var plan_changes = __webpack_require__(34872);
// EXTERNAL MODULE: ./build/commands/project/read-project.js + 13 modules
var read_project = __webpack_require__(9727);
;// CONCATENATED MODULE: ./build/commands/deploy/public-status.js












/** Shows the certificates of an environment as its visitors see them. Whatever they would stumble over, or soon, fails the command. */
async function publicStatus(context) {
    const { catalogue, diagnostics } = (0,read_project/* openCatalogue */.GP)(context);
    const read = (0,read_project/* readProject */.Wh)(context, catalogue, context.inputs.environment);
    // A scheduled run in a repository that deploys nothing yet is no failure.
    if (read.diagnostics.some(({ code }) => code === 'NB114'))
        return result(context.inputs.environment ?? '', [], [noPublicName(context.inputs.environment ?? 'the environment')], read.secrets);
    const errors = [...diagnostics, ...read.diagnostics].filter(({ severity }) => severity === 'error');
    const { project } = read;
    if (project === undefined || errors.length > 0)
        return (0,deploy_report/* refusedRemotely */.CV)('status: the configuration has errors', errors, read.secrets, 2);
    const handWritten = (0,plan_changes/* readHandWritten */.h)((0,files/* openTree */.rB)(context.root), `${(0,layout/* layoutOf */.a)(project.environment).directory}nginx/conf.d`);
    const port = project.nginx?.httpsPort ?? 443;
    const few = (0,p_limit/* default */.A)(8);
    const answers = await Promise.all((0,certificates/* foldersOf */.pd)(project, handWritten).map(({ domain }) => few(() => askPublicName(domain, port))));
    return result(project.environment.name, answers, checkPublic(project.environment.name, answers, new Date()), read.secrets);
}
function result(environment, answers, diagnostics, secrets) {
    const files = answers.flatMap((answer) => (answer.kind === 'certificate' ? [{ folder: answer.domain, chain: answer.chain }] : []));
    const certificates = (0,describe/* describeCertificates */.K)(files, new Date());
    const lines = certificates.map((certificate) => `${certificate.folder}: ${(0,describe/* certificateLine */.m)(certificate)}`);
    return {
        exitCode: diagnostics.some(({ severity }) => severity !== 'info') ? 1 : 0,
        diagnostics,
        secrets,
        text: (0,redact/* redact */.E$)(lines.map((line) => `${line}\n`).join(''), secrets),
        data: { environment, certificates },
        summary: (0,redact/* redact */.E$)(`## nself: certificates of ${(0,table/* escapeCell */.kq)(environment)}\n\n${lines.map((line) => `* ${(0,table/* escapeCell */.kq)(line)}\n`).join('')}\n${(0,deploy_report/* findings */.Pg)(diagnostics)}`, secrets),
    };
}

;// CONCATENATED MODULE: ./build/commands/status.js




















/** Shows what is on the machines; with `maintenance: on` or `off` it switches that first. With `public` it asks the public names instead. */
async function status_status(context) {
    const { inputs } = context;
    if (inputs.public)
        return publicStatus(context);
    const { project, diagnostics, secrets } = (0,deploy_context/* remoteProject */.ID)(context);
    diagnostics.push(...(0,deploy_target/* checkTargetInputs */.l)(inputs));
    if (project === undefined || (0,config_diagnostics/* hasErrors */.Cs)(diagnostics))
        return (0,deploy_report/* refusedRemotely */.CV)('status: the configuration has errors', diagnostics, secrets, 2);
    const handWritten = (0,plan_changes/* readHandWritten */.h)((0,files/* openTree */.rB)(context.root), `${(0,layout/* layoutOf */.a)(project.environment).directory}nginx/conf.d`);
    const agent = (0,agent_script/* readAgentScript */.J)(context.tool, inputs.target);
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
                    diagnostics.push(...(0,check_host/* checkHost */.R)(seen, root), ...(0,deploy_target/* checkTargetHost */.q)(inputs.target, seen), ...(0,host_certificates/* checkHostCertificates */.BQ)(project, handWritten, seen));
                }
            }
            return status_result(project, shown, diagnostics, secrets);
        });
    }
    catch (error) {
        return (0,deploy_report/* refusedRemotely */.CV)('status failed', [...diagnostics, (0,deploy_hosts/* remoteDiagnostic */.kb)(error)], secrets, 1);
    }
}
function status_result(project, hosts, diagnostics, secrets) {
    const views = hosts.map((host) => {
        const certificates = (0,host_certificates/* hostCertificates */.$O)(host);
        const view = hostStatus(host.ssh.host, host.probe);
        return { ...view, certificates, lines: [...view.lines, ...certificates.map(describe/* certificateLine */.m)] };
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

/***/ 70370:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  A: () => (/* binding */ pLimit)
});

// UNUSED EXPORTS: limitFunction

;// CONCATENATED MODULE: ./node_modules/yocto-queue/index.js
/*
How it works:
`this.#head` is an instance of `Node` which keeps track of its current value and nests another instance of `Node` that keeps the value that comes after it. When a value is provided to `.enqueue()`, the code needs to iterate through `this.#head`, going deeper and deeper to find the last value. However, iterating through every single item is slow. This problem is solved by saving a reference to the last value as `this.#tail` so that it can reference it to add a new value.
*/

class Node {
	value;
	next;

	constructor(value) {
		this.value = value;
	}
}

class Queue {
	#head;
	#tail;
	#size;

	constructor() {
		this.clear();
	}

	enqueue(value) {
		const node = new Node(value);

		if (this.#head) {
			this.#tail.next = node;
			this.#tail = node;
		} else {
			this.#head = node;
			this.#tail = node;
		}

		this.#size++;
	}

	dequeue() {
		const current = this.#head;
		if (!current) {
			return;
		}

		this.#head = this.#head.next;
		this.#size--;

		// Clean up tail reference when queue becomes empty
		if (!this.#head) {
			this.#tail = undefined;
		}

		return current.value;
	}

	peek() {
		if (!this.#head) {
			return;
		}

		return this.#head.value;

		// TODO: Node.js 18.
		// return this.#head?.value;
	}

	clear() {
		this.#head = undefined;
		this.#tail = undefined;
		this.#size = 0;
	}

	get size() {
		return this.#size;
	}

	* [Symbol.iterator]() {
		let current = this.#head;

		while (current) {
			yield current.value;
			current = current.next;
		}
	}

	* drain() {
		while (this.#head) {
			yield this.dequeue();
		}
	}
}

;// CONCATENATED MODULE: ./node_modules/p-limit/index.js


function pLimit(concurrency) {
	let rejectOnClear = false;

	if (typeof concurrency === 'object') {
		({concurrency, rejectOnClear = false} = concurrency);
	}

	validateConcurrency(concurrency);

	if (typeof rejectOnClear !== 'boolean') {
		throw new TypeError('Expected `rejectOnClear` to be a boolean');
	}

	const queue = new Queue();
	let activeCount = 0;

	const resumeNext = () => {
		// Process the next queued function if we're under the concurrency limit
		if (activeCount < concurrency && queue.size > 0) {
			activeCount++;
			queue.dequeue().run();
		}
	};

	const next = () => {
		activeCount--;
		resumeNext();
	};

	const run = async (function_, resolve, arguments_) => {
		// Execute the function and capture the result promise
		const result = (async () => function_(...arguments_))();

		// Resolve immediately with the promise (don't wait for completion)
		resolve(result);

		// Wait for the function to complete (success or failure)
		// We catch errors here to prevent unhandled rejections,
		// but the original promise rejection is preserved for the caller
		try {
			await result;
		} catch {}

		// Decrement active count and process next queued function
		next();
	};

	const enqueue = (function_, resolve, reject, arguments_) => {
		const queueItem = {reject};

		// Queue the internal resolve function instead of the run function
		// to preserve the asynchronous execution context.
		new Promise(internalResolve => { // eslint-disable-line promise/param-names
			queueItem.run = internalResolve;
			queue.enqueue(queueItem);
		}).then(run.bind(undefined, function_, resolve, arguments_)); // eslint-disable-line promise/prefer-await-to-then

		// Start processing immediately if we haven't reached the concurrency limit
		if (activeCount < concurrency) {
			resumeNext();
		}
	};

	const generator = (function_, ...arguments_) => new Promise((resolve, reject) => {
		enqueue(function_, resolve, reject, arguments_);
	});

	Object.defineProperties(generator, {
		activeCount: {
			get: () => activeCount,
		},
		pendingCount: {
			get: () => queue.size,
		},
		clearQueue: {
			value() {
				if (!rejectOnClear) {
					queue.clear();
					return;
				}

				const abortError = AbortSignal.abort().reason;

				while (queue.size > 0) {
					queue.dequeue().reject(abortError);
				}
			},
		},
		concurrency: {
			get: () => concurrency,

			set(newConcurrency) {
				validateConcurrency(newConcurrency);
				concurrency = newConcurrency;

				queueMicrotask(() => {
					// eslint-disable-next-line no-unmodified-loop-condition
					while (activeCount < concurrency && queue.size > 0) {
						resumeNext();
					}
				});
			},
		},
		map: {
			async value(iterable, function_) {
				const promises = [];

				try {
					Array.from(iterable, (value, index) => {
						const promise = generator(function_, value, index);
						promises.push(promise);
						return promise;
					});
				} catch (error) {
					// The iterable threw, so `Promise.all` never observes the already scheduled promises. Observe them here to avoid unhandled rejections.
					for (const promise of promises) {
						promise.catch(() => {}); // eslint-disable-line promise/prefer-await-to-then
					}

					throw error;
				}

				return Promise.all(promises);
			},
		},
	});

	return generator;
}

function limitFunction(function_, options) {
	const limit = pLimit(options);

	const limitedFunction = (...arguments_) => limit(() => function_(...arguments_));
	Object.defineProperty(limitedFunction, 'clearQueue', {
		value: limit.clearQueue,
	});

	return limitedFunction;
}

function validateConcurrency(concurrency) {
	if (!((Number.isInteger(concurrency) || concurrency === Number.POSITIVE_INFINITY) && concurrency > 0)) {
		throw new TypeError('Expected `concurrency` to be a number from 1 and up');
	}
}


/***/ })

};
