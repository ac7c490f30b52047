export const id = 309;
export const ids = [309];
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

/***/ 77309:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  deploy: () => (/* binding */ deploy)
});

// EXTERNAL MODULE: ./build/adapters/agent-script.js + 1 modules
var agent_script = __webpack_require__(5099);
// EXTERNAL MODULE: ./build/config/diagnostics.js + 1 modules
var config_diagnostics = __webpack_require__(24699);
// EXTERNAL MODULE: ./build/deploy/plan/host-plan.js + 1 modules
var host_plan = __webpack_require__(11919);
// EXTERNAL MODULE: ./build/deploy/plan/swarm-plan.js
var swarm_plan = __webpack_require__(14458);
// EXTERNAL MODULE: ./build/deploy/release/names.js
var release_names = __webpack_require__(41132);
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
// EXTERNAL MODULE: ./build/adapters/files.js
var adapters_files = __webpack_require__(63058);
// EXTERNAL MODULE: ./build/certificates/brought.js
var certificates_brought = __webpack_require__(27680);
// EXTERNAL MODULE: ./build/config/environment.js
var environment = __webpack_require__(96642);
// EXTERNAL MODULE: ./build/config/checks.js
var checks = __webpack_require__(38202);
// EXTERNAL MODULE: ./build/render/nginx.js
var nginx = __webpack_require__(32605);
// EXTERNAL MODULE: ./build/render/postgres.js
var postgres = __webpack_require__(22090);
;// CONCATENATED MODULE: ./build/deploy/release/classes.js
/** The class of a custom service. Whatever writes to a volume must never run twice at a time. */
function classOf({ volumes, template, overlap, public: isPublic }) {
    if (volumes.some(isWritable))
        return 'static';
    if (!overlap)
        return 'recreate';
    return template.kind === 'worker' && !isPublic ? 'overlap' : 'roll';
}
function isWritable(volume) {
    return !volume.endsWith(':ro');
}

// EXTERNAL MODULE: ./build/render/compose/core-services.js + 1 modules
var core_services = __webpack_require__(6931);
// EXTERNAL MODULE: ./build/render/http3.js
var http3 = __webpack_require__(14108);
// EXTERNAL MODULE: ./build/render/yaml.js
var yaml = __webpack_require__(60198);
// EXTERNAL MODULE: ./build/config/load.js
var load = __webpack_require__(35235);
// EXTERNAL MODULE: ./build/config/resolve-value.js
var resolve_value = __webpack_require__(46191);
// EXTERNAL MODULE: ./build/config/secrets.js
var secrets = __webpack_require__(3654);
;// CONCATENATED MODULE: ./build/deploy/release/references.js
const references_name = /^[A-Za-z_][A-Za-z0-9_]*/;
const operator = /^(?::?[-?+])/;
/** Every `${NAME…}` of a compose text, also those within the operand of another one. `$$` is a dollar sign. */
function referencesIn(text) {
    const found = [];
    for (let index = text.indexOf('$'); index !== -1; index = text.indexOf('$', index)) {
        const rest = text.slice(index + 1);
        if (rest.startsWith('$')) {
            index += 2;
            continue;
        }
        const braced = rest.startsWith('{');
        const word = references_name.exec(braced ? rest.slice(1) : rest)?.[0];
        index += 1 + (braced ? 1 : 0) + (word?.length ?? 0);
        if (word === undefined)
            continue;
        // The operand is looked at by the same loop: what it names is needed, too.
        const sign = braced ? (operator.exec(text.slice(index))?.[0] ?? '') : '';
        found.push({ name: word, required: sign === '?' ? 'set' : sign === ':?' ? 'filled' : 'no' });
    }
    return found;
}
/** The texts of a compose definition: every string in it, at any depth. */
function textsOf(value) {
    if (typeof value === 'string')
        return [value];
    if (value === null || typeof value !== 'object')
        return [];
    return Object.values(value).flatMap(textsOf);
}

;// CONCATENATED MODULE: ./build/deploy/release/variables.js





/** What the agent sets by itself. */
const ofAgent = new Set(['NSELF_ROOT']);
const urlEncoded = '_URLENCODED';
/**
 * The values of all variables that the definitions name, and of no other. `given` are values under names that no user knows, such as those of env files.
 * Every missing one is a diagnostic with the services that need it. `alternatives`: of these names one is enough.
 */
function hostVariables(definitions, variables, given, alternatives) {
    const needs = collect(definitions);
    const values = new Map();
    const problems = [];
    for (const name of needs.keys()) {
        const own = given.get(name);
        const resolved = own === undefined ? (0,resolve_value/* resolveValue */.g)(name, variables) : { value: own };
        if (resolved === undefined)
            continue;
        if ('value' in resolved)
            values.set(name, resolved.value);
        else
            problems.push(unresolved(name, resolved.problem, variables));
    }
    // Percent-encoded here, so that a password may hold any character (RFC 3986, section 3.2.1).
    for (const name of needs.keys()) {
        const plain = name.endsWith(urlEncoded) && !values.has(name) ? values.get(name.slice(0, -urlEncoded.length)) : undefined;
        if (plain !== undefined && plain !== '')
            values.set(name, encodeURIComponent(plain));
    }
    const missing = [...needs]
        .filter(([name, { required }]) => required !== 'no' && isMissing(values.get(name), required))
        .map(([name, { services }]) => absent([name], services));
    const known = new Set(missing.map(({ message }) => message));
    const lacking = alternatives
        .filter((names) => names.length > 1 && names.some((name) => needs.has(name)) && names.every((name) => (values.get(name) ?? '') === ''))
        .map((names) => absent(names, [...new Set(names.flatMap((name) => needs.get(name)?.services ?? []))]))
        .filter(({ message }) => !known.has(message));
    return { host: { values, secrets: secretsOf(values, variables, given) }, diagnostics: [...problems, ...missing, ...lacking] };
}
const strength = { no: 0, set: 1, filled: 2 };
function collect(definitions) {
    const needs = new Map();
    for (const { name: service, content, migration } of definitions)
        for (const text of textsOf([content, migration]))
            for (const { name, required } of referencesIn(text)) {
                if (ofAgent.has(name))
                    continue;
                const known = needs.get(name) ?? { required: 'no', services: [] };
                needs.set(name, {
                    required: strength[required] > strength[known.required] ? required : known.required,
                    services: known.services.includes(service) ? known.services : [...known.services, service],
                });
            }
    return new Map([...needs].sort(([a], [b]) => (a < b ? -1 : 1)));
}
/** The values that a definition's containers depend on: `NAME=value` for each variable that it names. */
function valuesOf({ content, migration }, { values }) {
    const names = new Set(textsOf([content, migration]).flatMap((text) => referencesIn(text).map(({ name }) => name)));
    return [...names].sort().flatMap((name) => (values.has(name) ? [`${name}=${values.get(name)}`] : []));
}
function isMissing(value, required) {
    return value === undefined || (required === 'filled' && value === '');
}
function absent(names, services) {
    const [first] = names;
    return (0,config_diagnostics/* diagnose */.h4)('NB803', `${names.join(' or ')} has no value; ${services.join(', ')} ${services.length === 1 ? 'needs' : 'need'} it.`, `Set it in this step's environment (env: ${first}: \${{ secrets.${first} }}), in the env input, or in an env file of the environment.`);
}
function unresolved(name, problem, { entries }) {
    return (0,config_diagnostics/* diagnose */.h4)('NB803', `${name} has no value: ${problem}.`, 'Set what it refers to, or write the value itself.', entries.get(name)?.position);
}
function secretsOf(values, variables, given) {
    const found = [...values].filter(([name, value]) => {
        const entry = variables.entries.get(name);
        const isPrivate = entry === undefined ? true : (0,secrets/* isFromSecretSource */.KO)(entry) || entry.position.file === load/* envInput */.Ck;
        return value.length >= 4 && !(0,secrets/* isHarmless */.EW)(value) && (isPrivate || given.has(name) || (0,secrets/* looksSecret */.n0)(name.replace(urlEncoded, '')));
    });
    return [...new Set(found.flatMap(([, value]) => [value, ...value.split('\n').map((line) => line.trim())]))].filter((value) => value.length >= 4);
}

;// CONCATENATED MODULE: ./build/deploy/release/compose-file.js



/** Covers all that makes a service's containers what they are, but the colour. */
function hashOf(definition, host) {
    const { content, migration = null, salt } = definition;
    return (0,release_names/* shortHash */.BC)(JSON.stringify([content, migration, salt, valuesOf(definition, host)]), 16);
}
/** `compose.yml`: each rolled service twice, once per colour, everything else once, migrations behind a profile. */
function composeFile(project, definitions, hashes, volumes) {
    const networks = new Set(project.services.flatMap((service) => service.networks));
    return (0,yaml/* toYaml */.fE)({
        name: (0,release_names/* stackName */.Qx)(project),
        services: Object.fromEntries(definitions.flatMap((definition) => entriesOf(project, definition, hashes.get(definition.name)))),
        networks: {
            default: { name: (0,release_names/* networkName */.uv)(project), external: true },
            ...Object.fromEntries([...networks].sort().map((name) => [name, { name, external: true }])),
        },
        ...(Object.keys(volumes).length === 0 ? {} : { volumes: sorted(volumes) }),
    });
}
function entriesOf(project, { name, class: serviceClass, content, migration }, hash) {
    const withLabels = (entry, service, color) => ({
        ...entry,
        labels: labels(project, service, color, hash),
    });
    const own = serviceClass === 'roll'
        ? ['blue', 'green'].map((color) => [`${name}-${color}`, { ...withLabels(content, name, color), profiles: [color] }])
        : [[name, withLabels(content, name, 'none')]];
    if (migration === undefined)
        return own;
    // A service name of its own: the run of a migration is never taken for a container of the service.
    return [...own, [`${name}-migrate`, { ...withLabels(migration, `${name}-migrate`, 'none'), profiles: ['migrate'] }]];
}
/** The labels by which the agent knows a container. */
function labels(project, service, color, hash) {
    return {
        'nself.project': (0,yaml/* quoted */.TL)((0,release_names/* stackName */.Qx)(project)),
        'nself.service': (0,yaml/* quoted */.TL)(service),
        'nself.color': (0,yaml/* quoted */.TL)(color),
        'nself.hash': (0,yaml/* quoted */.TL)(hash),
    };
}
function sorted(record) {
    return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}

// EXTERNAL MODULE: ./build/render/acme.js
var render_acme = __webpack_require__(68199);
;// CONCATENATED MODULE: ./build/deploy/release/seconds.js
const units = { h: 3600, m: 60, s: 1, ms: 0.001 };
/** Seconds of a Compose duration (`15s`, `1m30s`), rounded up. */
function secondsOf(duration) {
    let seconds = 0;
    for (const [, count, unit] of duration.matchAll(/(\d+(?:\.\d+)?)(ms|h|m|s)/g))
        seconds += Number(count) * units[unit];
    return Math.ceil(seconds);
}

;// CONCATENATED MODULE: ./build/deploy/release/core-definitions.js




const root = '${NSELF_ROOT:?the agent sets it}';
/** Beyond the start period: a database may have to recover first. */
const startMargin = 120;
/** What Compose waits for when a service says nothing. */
const defaultGrace = '10s';
/** The core services on a host: static, and the one-shot that creates databases. nginx is the edge, which has a stack of its own. */
function coreDefinitions(project, initFiles) {
    const { nginx: _, ...services } = { ...(0,core_services/* coreServices */.mx)(project, []), ...acmeClient(project) };
    return Object.entries(services).map(([name, service]) => {
        const { depends_on: __, volumes, ...rest } = service;
        const isOnce = name === 'postgres-init';
        const grace = typeof rest.stop_grace_period === 'string' ? rest.stop_grace_period : defaultGrace;
        const start = rest.healthcheck?.start_period ?? '0s';
        return {
            name,
            aliases: [name],
            class: isOnce ? 'once' : 'static',
            content: { ...rest, ...(volumes === undefined ? {} : { volumes: volumes.map(fromHost) }) },
            salt: isOnce ? JSON.stringify([...initFiles]) : '',
            image: rest.image,
            replicas: 1,
            startSeconds: secondsOf(start) + startMargin,
            drainSeconds: 0,
            graceSeconds: secondsOf(grace),
            port: 0,
            probe: rest.healthcheck === undefined ? 'none' : 'docker',
            migration: undefined,
            domains: project.coreSites.flatMap((site) => (site.service === name ? [site.domain] : [])),
        };
    });
}
// It reads the list of the live release; where that is changes under it.
function acmeClient(project) {
    const folder = '/etc/nginx/nself';
    const acme = (0,render_acme/* acmeService */.oe)(project, { source: `${root}/edge`, target: folder, folder: `${folder}/conf/acme` });
    return acme === undefined ? {} : { acme };
}
// A release folder is removed some day; what a container that lives longer has mounted lies at a stable path.
function fromHost(volume) {
    return volume.startsWith('./') ? `${root}/files/${volume.slice(2)}` : volume;
}
/** The volumes by their names on the host. That of issued certificates is the edge's, which is started first. */
function coreVolumeNames(project) {
    return Object.fromEntries((0,core_services/* coreVolumes */.rF)(project).map((name) => [
        name,
        { name: `${(0,release_names/* stackName */.Qx)(project)}_${name}`, ...(name === render_acme/* certificatesVolume */.Jb ? { external: true } : {}) },
    ]));
}

// EXTERNAL MODULE: ./build/render/compose/custom-service.js + 1 modules
var custom_service = __webpack_require__(36613);
// EXTERNAL MODULE: ./build/render/compose/layout.js
var layout = __webpack_require__(95858);
// EXTERNAL MODULE: ./build/render/references.js
var references = __webpack_require__(41119);
;// CONCATENATED MODULE: ./build/deploy/release/custom-definitions.js







/** Beyond the template's start period: how long a health check may fail before a deploy gives up. */
const custom_definitions_startMargin = 60;
/** How long open requests may go on after the switch; sockets and streams that stay open get longer. */
const drain = { requests: 30, streams: 60 };
/** A service on a host: that of the development stack, without what only a working copy has. */
function customDefinition(project, service, image, fileVariables) {
    const rendered = (0,custom_service/* customService */.T)(project, service, (0,layout/* layoutOf */.a)(project.environment));
    // Order is the agent's matter: with `depends_on`, Compose would recreate what depends on a changed service.
    const { build: _, ports: __, depends_on: ___, develop: ____, env_file: _____, networks, environment, ...rest } = rendered;
    const serviceClass = classOf(service);
    const own = environment;
    const fromFiles = Object.fromEntries(Object.entries(fileVariables).flatMap(([name, text]) => (name in own ? [] : [[name, (0,yaml/* quoted */.TL)(text)]])));
    const content = {
        ...rest,
        image,
        environment: { ...own, ...fromFiles, DOCKER_NETWORK: (0,yaml/* quoted */.TL)((0,release_names/* networkName */.uv)(project)) },
        ...networksOf(networks, serviceClass === 'roll'),
        ...(service.volumes.length === 0 ? {} : { volumes: service.volumes.map(references/* literal */.eu) }),
    };
    return {
        name: service.host,
        aliases: [...new Set([service.host, service.name])],
        class: serviceClass,
        content,
        salt: '',
        image,
        replicas: service.replicas,
        startSeconds: secondsOf(service.template.startPeriod) + custom_definitions_startMargin,
        drainSeconds: serviceClass !== 'roll' ? 0 : service.websocket || service.template.kind === 'grpc' ? drain.streams : drain.requests,
        graceSeconds: secondsOf(service.template.stopGracePeriod),
        port: service.port,
        probe: service.health.kind === 'disabled' ? 'none' : 'docker',
        migration: service.migrate === undefined ? undefined : migration(content, service.migrate),
        domains: service.public ? service.domains : [],
    };
}
// nginx has the names of a rolled service, so that calls from other containers move with the switch, too.
function networksOf(networks, isRolled) {
    if (networks === undefined)
        return {};
    const all = isRolled ? { ...networks, default: null } : networks;
    return Object.keys(all).length === 1 && all.default === null ? {} : { networks: all };
}
function migration(content, command) {
    const { healthcheck: _, deploy, ...rest } = content;
    const { replicas: __, ...limits } = deploy;
    return { ...rest, command: command.map(references/* literal */.eu), deploy: limits, healthcheck: { disable: true }, restart: 'no' };
}
/** The volumes that custom services name: compose key → name on the host. */
function customVolumes(project) {
    const names = project.services.flatMap(({ volumes }) => volumes.map((volume) => volume.slice(0, volume.indexOf(':'))));
    return Object.fromEntries([...new Set(names)].map((name) => [name, { name: `${(0,release_names/* stackName */.Qx)(project)}_${name}` }]));
}

// EXTERNAL MODULE: ./build/deploy/swarm/stack-service.js + 1 modules
var stack_service = __webpack_require__(33459);
;// CONCATENATED MODULE: ./build/deploy/swarm/stack-files.js







/** Where the images of Postgres look for scripts. */
const initFolder = '/docker-entrypoint-initdb.d';
/**
 * The stack file of a service. Each has its own, so that a run deploys just what differs and waits for one service at a time; all of them
 * together, with `docker stack deploy -c … -c …`, are the project.
 */
function stackFile(project, definition, host, initFiles) {
    const { name, migration = null, salt } = definition;
    const entry = (0,stack_service/* stackService */.i1)(definition, host.values);
    const scripts = name === 'postgres' ? [...initFiles] : [];
    const { configs, mounts } = (0,stack_service/* configsOf */.$d)(project, scripts.map(([file, content]) => ({ path: `files/postgres/init/${file}`, content, target: `${initFolder}/${file}` })));
    const service = { ...entry, ...(mounts.length === 0 ? {} : { configs: mounts }) };
    const hash = (0,release_names/* shortHash */.BC)(JSON.stringify([service, migration, salt, valuesOf(definition, host)]), 16);
    return {
        path: `stack/${name}.yml`,
        hash,
        content: stackText(project, {
            services: { [(0,stack_service/* serviceKey */.jq)(definition)]: labelled(service, labels(project, name, 'none', hash), { replicas: definition.replicas }) },
            ...(mounts.length === 0 ? {} : { configs }),
            ...volumesOf(project, service),
            networks: stack_files_networksOf(service),
        }),
    };
}
/** Adds labels, on the tasks and on the service itself, and what of `deploy` is no part of a version. */
function labelled(service, labels, more) {
    return { ...service, labels, deploy: { ...more, ...service.deploy, labels } };
}
/** A stack file on the project's network, which is there already. */
function stackText(project, { networks = {}, ...parts }) {
    return (0,yaml/* toYaml */.fE)({ ...parts, networks: { default: { name: (0,yaml/* quoted */.TL)((0,release_names/* networkName */.uv)(project)), external: true }, ...networks } });
}
function stack_files_networksOf({ networks = {} }) {
    const own = Object.keys(networks).filter((name) => name !== 'default');
    return Object.fromEntries(own.sort().map((name) => [name, { name: (0,yaml/* quoted */.TL)(name), external: true }]));
}
function volumesOf(project, { volumes }) {
    const names = { ...coreVolumeNames(project), ...customVolumes(project) };
    const used = volumes.flatMap((volume) => typeof volume === 'string' ? [volume.slice(0, volume.indexOf(':'))] : []);
    const own = used.filter((name) => name in names).map((name) => [name, names[name]]);
    return own.length === 0 ? {} : { volumes: Object.fromEntries(own) };
}

;// CONCATENATED MODULE: ./build/deploy/swarm/edge-files.js







/** nginx's second service: it has the names of the services for calls among them, and no ports, so that it is replaced without a gap. */
const internalName = 'nginx-internal';
const configuration = '/etc/nginx/nself/conf';
// Of the user nginx in the official images, whose workers read certificates at each handshake.
const nginxUser = '101';
/** How long nginx on the published ports finishes what it began: meanwhile nobody answers there. */
const publicGrace = '3s';
/** `tree` are nginx's files, `rolled` the services whose names it has, `drainSeconds` how long open connections among services may go on. */
function edgeFiles(project, tree, rolled, certificates, drainSeconds) {
    const { nginx } = (0,core_services/* coreServices */.mx)(project, []);
    const { configs, mounts } = (0,stack_service/* configsOf */.$d)(project, [...tree].map(([path, text]) => ({ path, content: text, target: `${configuration}/${path.slice('edge/'.length)}` })));
    const tls = certificates.flatMap(({ folder }) => edge_files_secretsOf(folder));
    const common = commonService(nginx, mounts);
    const atPorts = publicService(project, common, tls);
    const internal = internalService(common, rolled, drainSeconds);
    const hash = (0,release_names/* shortHash */.BC)(JSON.stringify([atPorts, internal, ...tree]), 16);
    const edgeLabels = (name, version) => ({
        ...labels(project, name, 'none', version),
        'nself.role': 'edge',
        'nself.tree': (0,yaml/* quoted */.TL)((0,release_names/* treeHash */.F2)(tree)),
    });
    const secrets = Object.fromEntries(tls.map(({ key, variable }) => [key, { name: (0,yaml/* quoted */.TL)(`\${${variable}}`), external: true }]));
    // The agent adds what the certificates on the manager are, so that new ones are another version.
    const services = { nginx: labelled(atPorts, edgeLabels('edge', `${hash}\${NSELF_TLS}`), { mode: 'global' }) };
    const files = [
        ['stack/nginx.yml', stackText(project, { services, configs, ...(tls.length === 0 ? {} : { secrets }) })],
    ];
    if (rolled.length > 0) {
        const entry = labelled(internal, edgeLabels(internalName, hash), { replicas: 2 });
        files.push([`stack/${internalName}.yml`, stackText(project, { services: { [internalName]: entry }, configs })]);
    }
    if (tls.length > 0)
        files.push(['tls.tsv', tls.map(({ variable, folder, name }) => `${variable}\t${folder}\t${name}\n`).join('')]);
    return { files: new Map(files), hash, image: nginx.image };
}
function commonService({ volumes: _, ...content }, configs) {
    return {
        ...(0,stack_service/* withoutForeign */.dW)(content),
        command: ['nginx', '-c', `${configuration}/nginx.conf`, '-g', 'daemon off;'],
        stop_signal: 'SIGQUIT',
        volumes: (0,stack_service/* memoryMounts */.Ow)(content),
        configs,
    };
}
// Clients come to the machines that are managers. Not through the routing mesh: nginx would see its address instead of theirs.
function publicService(project, common, tls) {
    const secrets = tls.map(({ key, target }) => ({ source: key, target, uid: nginxUser, gid: nginxUser, mode: 0o400 }));
    return {
        ...common,
        ...(secrets.length === 0 ? {} : { secrets }),
        stop_grace_period: publicGrace,
        ports: portsOf(project),
        deploy: { ...(0,stack_service/* deployment */.kG)('stop-first'), placement: { constraints: ['node.role == manager'] } },
    };
}
function internalService(common, rolled, drainSeconds) {
    return {
        ...common,
        stop_grace_period: `${drainSeconds + 5}s`,
        networks: { default: { aliases: rolled.flatMap(({ aliases }) => aliases) } },
        deploy: (0,stack_service/* deployment */.kG)('start-first'),
    };
}
function portsOf(project) {
    const { httpPort, httpsPort } = project.nginx;
    const port = (target, published, protocol = 'tcp') => ({ target, published, protocol, mode: 'host' });
    return [
        port(80, httpPort),
        ...(project.tls === 'none' ? [] : [port(443, httpsPort)]),
        ...((0,http3/* hasHttp3 */.I)(project) ? [port(443, httpsPort, 'udp')] : []),
    ];
}
function edge_files_secretsOf(folder) {
    return ['fullchain.pem', 'privkey.pem'].map((name) => {
        const key = `${folder}-${name}`;
        return { key, folder, name, target: `/etc/nginx/ssl/certificates/${folder}/${name}`, variable: `NSELF_TLS_${(0,release_names/* shortHash */.BC)(key, 8)}` };
    });
}

;// CONCATENATED MODULE: ./build/deploy/swarm/checks.js





/** The longest name that a service of a swarm may have. */
const longestName = 63;
/** What of a configuration a swarm cannot do. */
function checkSwarm(project) {
    const { tls } = project;
    const { bind } = project.nginx;
    return [
        ...(tls === 'letsencrypt'
            ? [
                (0,config_diagnostics/* diagnose */.h4)('NB819', 'SSL_MODE is letsencrypt, whose certificates lie on a volume of one machine; in a swarm nginx runs on several.', 'Set SSL_MODE=custom and bring certificates, or SSL_MODE=none behind a load balancer that ends TLS.'),
            ]
            : []),
        ...(bind === '0.0.0.0' || bind === '::'
            ? []
            : [
                (0,config_diagnostics/* diagnose */.h4)('NB819', `NGINX_BIND_IP is ${bind}, but a swarm publishes ports at all addresses of a machine.`, 'Remove NGINX_BIND_IP, and shut the port with a firewall where it must not be reached.'),
            ]),
        ...checkNames(project),
    ];
}
function checkNames(project) {
    const key = (service) => (0,stack_service/* serviceKey */.jq)({ name: service.host, class: classOf(service) });
    const taken = new Map([
        [internalName, 'nginx'],
        ...project.services.flatMap((service) => (key(service) === service.host ? [] : [[key(service), service.name]])),
    ]);
    return project.services.flatMap((service) => {
        const { slot, host, name, position } = service;
        const full = `${(0,release_names/* stackName */.Qx)(project)}_${key(service)}`;
        const owner = taken.get(host);
        return [
            ...(owner === undefined
                ? []
                : [(0,config_diagnostics/* diagnose */.h4)('NB818', `${name} is what a deploy to a swarm calls the tasks of ${owner}.`, `Rename CS_${slot}.`, position)]),
            ...(full.length <= longestName
                ? []
                : [
                    (0,config_diagnostics/* diagnose */.h4)('NB819', `${name} would be ${full} in the swarm, ${full.length} characters; ${longestName} are possible.`, `Shorten PROJECT_NAME, the environment's name, or that of CS_${slot}.`, position),
                ]),
        ];
    });
}

// EXTERNAL MODULE: ./build/render/certificates.js
var render_certificates = __webpack_require__(8553);
;// CONCATENATED MODULE: ./build/deploy/swarm/one-shots.js



/**
 * `compose.yml` of a release for a swarm: what the manager itself runs to its end, on the stack's network. These are the one-shots, the
 * migrations, and nginx's check of its files.
 */
function oneShotsFile(project, definitions, hash, image) {
    const labelled = (name, service, content) => ({
        ...content,
        labels: labels(project, service, 'none', hash(name)),
    });
    const once = definitions.filter((definition) => definition.class === 'once');
    const migrating = definitions.filter(({ migration }) => migration !== undefined);
    return (0,yaml/* toYaml */.fE)({
        name: (0,release_names/* stackName */.Qx)(project),
        services: {
            nginx: {
                image,
                entrypoint: ['nginx', '-t', '-c', '/etc/nginx/nself/conf/nginx.conf'],
                command: [],
                volumes: ['./edge:/etc/nginx/nself/conf:ro'],
                labels: labels(project, 'nginx-test', 'none', ''),
            },
            ...Object.fromEntries(once.map(({ name, content }) => [name, labelled(name, name, content)])),
            ...Object.fromEntries(migrating.map(({ name, migration }) => [
                `${name}-migrate`,
                labelled(name, `${name}-migrate`, migration),
            ])),
        },
        networks: { default: { name: (0,release_names/* networkName */.uv)(project), external: true }, ...ownNetworks(project) },
    });
}
function ownNetworks({ services }) {
    const names = new Set(services.flatMap(({ networks }) => networks));
    return Object.fromEntries([...names].sort().map((name) => [name, { name, external: true }]));
}

;// CONCATENATED MODULE: ./build/deploy/swarm/release-files.js





/** A release for a swarm: a stack file per service, what the manager runs itself, and nginx's files, which become configs. */
function swarmParts(project, definitions, host, initFiles, tree, handWritten) {
    const stack = new Map(definitions.map((definition) => [definition.name, stackFile(project, definition, host, initFiles)]));
    const rolled = definitions.filter((definition) => definition.class === 'roll');
    const drainSeconds = Math.max(30, ...rolled.map((definition) => definition.drainSeconds));
    const certificates = project.tls === 'custom' ? (0,render_certificates/* certificatesOf */.mm)(project, handWritten) : [];
    const edge = edgeFiles(project, tree, rolled, certificates, drainSeconds);
    const hash = (name) => stack.get(name).hash;
    const lasting = definitions.filter((definition) => definition.class !== 'once').map(({ name }) => stack.get(name));
    return {
        files: new Map([
            ['compose.yml', oneShotsFile(project, definitions, hash, edge.image)],
            ...lasting.map(({ path, content }) => [path, content]),
            ...edge.files,
        ]),
        edge: { hash: edge.hash, image: edge.image },
        edgeHash: (0,release_names/* treeHash */.F2)(tree),
        hash,
        classOf: stackClass,
    };
}
// A swarm has no colours: new tasks start first, then old ones stop.
function stackClass(serviceClass) {
    return serviceClass === 'roll' ? 'overlap' : serviceClass;
}

;// CONCATENATED MODULE: ./build/deploy/release/checks.js


/** What cannot be deployed at all, whatever the host is. */
function checkDeployable(project) {
    const { environment, core, nginx } = project;
    if (environment.kind === 'development')
        return [
            (0,config_diagnostics/* diagnose */.h4)('NB806', 'The environment is development, which runs on the machine of whoever develops.', 'Choose another one: `environment: staging`, `production`, or a name of your own.'),
        ];
    if (core === 'external')
        return [
            (0,config_diagnostics/* diagnose */.h4)('NB806', 'core is external: an nself CLI runs nginx and the core services, and deploys them, too.', 'Leave `core` out, or deploy with the nself CLI; `build` writes the CS_N_IMAGE lines for it.'),
        ];
    if (nginx === undefined)
        return [(0,config_diagnostics/* diagnose */.h4)('NB806', 'NGINX_ENABLED is false, but nginx is what moves traffic to new containers.', 'Set NGINX_ENABLED=true.')];
    return [...checkVolumes(project), ...checkPorts(project), ...checks_checkNames(project)];
}
function checkVolumes({ services }) {
    return services.flatMap(({ slot, volumes, position }) => volumes
        .filter((volume) => volume.startsWith('./'))
        .map((volume) => (0,config_diagnostics/* diagnose */.h4)('NB804', `CS_${slot}_VOLUMES: ${volume.split(':')[0]} is a path of the project, which is not on the host.`, 'Copy the files into the image, or use a named volume (data:/data).', position)));
}
// nginx listens on the port of each rolled service, for the calls of other containers. On a port that it serves to the public
// anyone could call the service by its name: an internal one, or a public one past its rate limit and TLS.
function checkPorts({ services, tls }) {
    const published = tls === 'none' ? [80] : [80, 443];
    return services
        .filter((service) => published.includes(service.port) && classOf(service) === 'roll')
        .map(({ slot, name, port, position }) => (0,config_diagnostics/* diagnose */.h4)('NB807', `${name} listens on port ${port}, where nginx serves the public: its name alone would lead anyone to it.`, `Set CS_${slot}_PORT to another port. Where the image knows no other, CS_${slot}_OVERLAP=false takes nginx out of the way of other containers.`, position));
}
// On a host a rolled service is `<name>-blue` and `<name>-green`, a migration `<name>-migrate`, and nginx is `edge`.
function checks_checkNames({ services }) {
    const taken = new Map([['edge', 'nginx']]);
    for (const service of services) {
        const suffixes = [...(classOf(service) === 'roll' ? ['blue', 'green'] : []), ...(service.migrate === undefined ? [] : ['migrate'])];
        for (const suffix of suffixes)
            taken.set(`${service.host}-${suffix}`, service.name);
    }
    return services.flatMap(({ slot, host, name, position }) => {
        const owner = taken.get(host);
        return owner === undefined
            ? []
            : [(0,config_diagnostics/* diagnose */.h4)('NB818', `${name} is what a deploy calls the containers of ${owner}.`, `Rename CS_${slot}.`, position)];
    });
}
/** Files of the user's own travel under their names, through a shell and lists of checksums. */
function checkOwnFiles(own) {
    return [...own.keys()]
        .filter((path) => !/^[\w./-]+$/.test(path))
        .map((path) => (0,config_diagnostics/* diagnose */.h4)('NB817', `The name of ${(0,config_diagnostics/* quote */.hD)(path)} cannot be deployed.`, 'Rename it: letters, digits, dots, hyphens and underscores.', {
        file: path,
        line: 1,
        column: 1,
    }));
}

// EXTERNAL MODULE: ./build/render/sites.js
var sites = __webpack_require__(64781);
;// CONCATENATED MODULE: ./build/deploy/release/domains.js


/**
 * Checks that nginx serves no name of another environment. Staging gives way to production: a name that both claim is production's.
 * `tree` are nginx's files by path.
 */
function checkServerNames(project, tree, others) {
    const own = new Set([...project.services.flatMap(({ domains }) => domains), ...project.coreSites.map(({ domain }) => domain)]);
    const names = new Set([...tree.values()].flatMap(sites/* serverNamesIn */.LD));
    return others.flatMap(({ environment, domains }) => [...domains]
        .filter(([domain]) => names.has(domain) && (!own.has(domain) || (project.environment.kind === 'staging' && environment === 'production')))
        .map(([domain, service]) => {
        const slot = project.services.find(({ name }) => name === service)?.slot;
        return (0,config_diagnostics/* diagnose */.h4)('NB805', `${project.environment.name} would serve ${domain}, which is the domain of ${service} in ${environment}.`, slot === undefined
            ? `Set BASE_DOMAIN to another one in .env.${project.environment.name}, or take the server_name out of your own nginx files.`
            : `Set CS_${slot}_STAGING_DOMAIN and CS_${slot}_PROD_DOMAIN, or a BASE_DOMAIN of its own for each environment.`);
    }));
}

;// CONCATENATED MODULE: ./build/deploy/release/edge.js






/** Where nginx finds its files: the agent points `conf` at the tree of the current release. */
const edge_configuration = '/etc/nginx/nself/conf/nginx.conf';
const edge_root = '${NSELF_ROOT:?the agent sets it}';
/** `edge.yml`, and the hash of nginx's own container. */
function edgeFile(project, rolled) {
    const { nginx } = (0,core_services/* coreServices */.mx)(project, []);
    const { ports, volumes, ...rest } = nginx;
    const service = {
        ...rest,
        command: ['nginx', '-c', edge_configuration, '-g', 'daemon off;'],
        volumes: [`${edge_root}/edge:/etc/nginx/nself:ro`, ...volumes.flatMap(certificateMount)],
    };
    const hash = (0,release_names/* shortHash */.BC)(JSON.stringify([service, ports]), 16);
    const edge = (name) => ({ ...labels(project, name, 'none', hash), 'nself.role': 'edge' });
    const aliases = rolled.flatMap((definition) => definition.aliases);
    const content = (0,yaml/* toYaml */.fE)({
        name: `${(0,release_names/* stackName */.Qx)(project)}-edge`,
        services: {
            nginx: {
                ...service,
                ports: ports,
                labels: edge('edge'),
                ...(aliases.length === 0 ? {} : { networks: { default: { aliases } } }),
            },
            // A running container gets no new network name: for a service that is added later, one of these has it.
            ...Object.fromEntries(rolled.map((definition) => [
                definition.name,
                { ...service, labels: edge(definition.name), profiles: ['names'], ...extraNames(definition) },
            ])),
        },
        networks: { default: { name: (0,release_names/* networkName */.uv)(project), external: true } },
        ...((0,render_certificates/* isIssued */.sl)(project) ? { volumes: { [render_acme/* certificatesVolume */.Jb]: { name: `${(0,release_names/* stackName */.Qx)(project)}_${render_acme/* certificatesVolume */.Jb}` } } } : {}),
    });
    return { content, hash, image: service.image };
}
// Certificates lie outside of releases: brought ones in ROOT/ssl, issued ones on a volume, which no deploy touches.
function certificateMount(volume) {
    if (volume.startsWith('./ssl/'))
        return [`${edge_root}/${volume.slice('./'.length)}`];
    return volume.startsWith(`${render_acme/* certificatesVolume */.Jb}:`) ? [volume] : [];
}
function extraNames({ name, aliases }) {
    const others = aliases.filter((alias) => alias !== name);
    return others.length === 0 ? {} : { networks: { default: { aliases: others } } };
}
/**
 * nginx's files as they lie in a release: below `edge/`, and with includes relative to the main file, so that a candidate tests itself.
 * `custom` and `conf.d` are the user's own files, with their paths as in the project.
 */
function edgeTree(project, rendered, own) {
    const prefix = `deploy/${project.environment.name}/nginx/`;
    const files = [...rendered.map(({ path, content }) => [path, content]), ...own]
        .filter(([path]) => path.startsWith(prefix) && (path.endsWith('.conf') || path.startsWith(`${prefix}acme/`)))
        .map(([path, content]) => [`edge/${path.slice(prefix.length)}`, relativeIncludes(content)]);
    return new Map(files.sort(([a], [b]) => (a < b ? -1 : 1)));
}
function relativeIncludes(text) {
    return text.replace(/(\binclude\s+)\/etc\/nginx\/(?=(?:conf\.d|custom|includes|internal|sites|upstreams)\/)/g, '$1');
}

;// CONCATENATED MODULE: ./build/deploy/release/env-content.js
const escapes = { '\\': '\\\\', '"': '\\"', $: '\\$', '\n': '\\n', '\r': '\\r' };
/** One line of an env file that Compose reads back as exactly this value, whatever characters it has. */
function encodeLine(name, value) {
    return `${name}="${value.replace(/[\\"$\n\r]/g, (character) => escapes[character])}"\n`;
}
/** The `.env` of a release: sorted by name. The text holds secrets. */
function encodeEnv(values) {
    return [...values]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, value]) => encodeLine(name, value))
        .join('');
}

// EXTERNAL MODULE: ./build/config/env-file.js
var env_file = __webpack_require__(74047);
;// CONCATENATED MODULE: ./build/deploy/release/env-files.js



/** Reads the env files of services. The files stay here; their values travel in the release's `.env` under names of their own. */
function readServiceEnvFiles(project, read, variables) {
    const diagnostics = [];
    const values = new Map();
    const byService = new Map();
    for (const { slot, host, envFiles, position } of project.services) {
        const own = new Map();
        for (const file of envFiles) {
            const found = read(file);
            if (found === undefined) {
                diagnostics.push((0,config_diagnostics/* diagnose */.h4)('NB809', `CS_${slot}_ENV_FILE: ${file} does not exist.`, 'Create it, or remove it from the line.', position));
                continue;
            }
            if ('problem' in found) {
                diagnostics.push(found.problem);
                continue;
            }
            const parsed = (0,env_file/* parseEnvFile */.F)(file, found.text);
            diagnostics.push(...parsed.diagnostics);
            for (const entry of parsed.env.entries) {
                const resolved = (0,resolve_value/* expandEntry */.T)(entry, variables, [entry.key]);
                if (resolved !== undefined && 'problem' in resolved)
                    diagnostics.push((0,config_diagnostics/* diagnose */.h4)('NB809', `${file}: ${resolved.problem}.`, 'Write the value itself.', entry.position));
                else
                    own.set(entry.key, resolved?.value ?? '');
            }
        }
        for (const [key, value] of own)
            values.set(variableOf(slot, key), value);
        byService.set(host, Object.fromEntries([...own.keys()].map((key) => [key, `\${${variableOf(slot, key)}?}`])));
    }
    return { files: { variables: byService, values }, diagnostics };
}
function variableOf(slot, key) {
    return `CS_${slot}_FILE_${key}`;
}

// EXTERNAL MODULE: ./build/config/modifier-values.js
var modifier_values = __webpack_require__(69461);
;// CONCATENATED MODULE: ./build/deploy/release/images.js


const byDigest = (image) => image.includes('@sha256:') && (0,modifier_values/* parseImage */.zZ)(image).ok;
/** The image of each service by digest: name → `registry/name@sha256:…`; those of `kept` stay what they are. A service without one is an error. */
function resolveImages(project, file, kept) {
    const { built, diagnostics } = readDigests(project, file);
    const images = new Map();
    for (const service of project.services) {
        const image = kept.get(service.name) ?? (service.build === undefined ? service.image : built.get(service.name));
        if (image !== undefined && byDigest(image))
            images.set(service.name, image);
        else if (diagnostics.length === 0 || service.build === undefined)
            diagnostics.push(withoutDigest(service, file));
    }
    return { images, diagnostics };
}
function withoutDigest({ name, slot, image, build, position }, file) {
    if (build === undefined)
        return (0,config_diagnostics/* diagnose */.h4)('NB801', `${name} runs ${image}, which names no digest: tomorrow it may be another image.`, `Write CS_${slot}_IMAGE=${image.split('@')[0]}@sha256:…; \`docker buildx imagetools inspect ${image}\` shows the digest.`, position);
    return (0,config_diagnostics/* diagnose */.h4)('NB801', file.text === undefined ? `${name} has no image: there is no ${file.name}.` : `${name} has no image in ${file.name}.`, 'Run `build` first, in the same job or with the file as an artifact; or set CS_N_IMAGE to an image with its digest.', position);
}
function readDigests(project, { name, text }) {
    const invalid = (message) => ({
        built: new Map(),
        diagnostics: [(0,config_diagnostics/* diagnose */.h4)('NB802', message, 'Run `build` again; it writes the file.', { file: name, line: 1, column: 1 })],
    });
    if (text === undefined)
        return { built: new Map(), diagnostics: [] };
    let content;
    try {
        content = JSON.parse(text) ?? {};
    }
    catch {
        return invalid(`${name} is not JSON.`);
    }
    const { version, project: owner, services } = content;
    if (version !== 1 || services === null || typeof services !== 'object')
        return invalid(`${name} is not a digests file of this version.`);
    if (owner !== project.name)
        return invalid(`${name} belongs to the project ${JSON.stringify(owner)}, not to ${project.name}.`);
    const built = new Map();
    for (const [service, record] of Object.entries(services)) {
        const image = record?.image;
        if (typeof image !== 'string' || !byDigest(image))
            return invalid(`${name}: the image of ${service} is not registry/name@sha256:….`);
        built.set(service, image);
    }
    return { built, diagnostics: [] };
}

;// CONCATENATED MODULE: ./build/deploy/release/tables.js
const field = /^[A-Za-z0-9._:/@-]+$/;
/** One line of fields for the agent, which splits at tabs and trusts nothing. */
function line(fields) {
    const bad = fields.find((each) => !field.test(each));
    if (bad !== undefined)
        throw new Error(`${JSON.stringify(bad)} cannot be a field of a release table`);
    return `${fields.join('\t')}\n`;
}
/** `services.tsv`, sorted by name. */
function serviceTable(services) {
    return services
        .map((service) => line([
        service.name,
        service.class,
        service.hash,
        String(service.replicas),
        String(service.startSeconds),
        String(service.drainSeconds),
        String(service.graceSeconds),
        service.image,
        String(service.port),
        service.probe,
        service.migrate ? 'yes' : 'no',
    ]))
        .join('');
}
/** `release.tsv`: what the agent must know of the release as a whole. */
function releaseTable({ release, target, envHash, edgeHash, edge }, project, network) {
    const rows = { project, network, release, envHash, edgeHash, edge: edge.hash, ...(target === undefined ? {} : { target }) };
    return Object.entries(rows).map(line).join('');
}
function formatManifest(manifest) {
    return `${JSON.stringify(manifest, null, 2)}\n`;
}

;// CONCATENATED MODULE: ./build/deploy/release/bundle.js


















/** Renders a release. All findings are returned at once; `bundle` is present only when none is an error. Equal sources give equal bytes. */
function renderBundle(sources) {
    const { project, variables, target } = sources;
    const impossible = checkDeployable(project);
    if (target === 'swarm' && !(0,config_diagnostics/* hasErrors */.Cs)(impossible))
        impossible.push(...checkSwarm(project));
    if ((0,config_diagnostics/* hasErrors */.Cs)(impossible))
        return { diagnostics: impossible };
    const { images, diagnostics } = resolveImages(project, sources.digests, sources.kept);
    const envFiles = readServiceEnvFiles(project, sources.readEnvFile, variables);
    const initFiles = initScripts(sources);
    const definitions = [
        ...coreDefinitions(project, initFiles),
        ...project.services.map((service) => customDefinition(project, service, images.get(service.name) ?? service.image, envFiles.files.variables.get(service.host) ?? {})),
    ];
    const { host, diagnostics: missing } = hostVariables(definitions, variables, envFiles.files.values, (0,checks/* requiredSecrets */.Hz)(project));
    const tree = nginxTree(sources, definitions);
    diagnostics.push(...checkOwnFiles(sources.own), ...envFiles.diagnostics, ...missing, ...checkServerNames(project, tree, sources.others));
    if ((0,config_diagnostics/* hasErrors */.Cs)(diagnostics))
        return { diagnostics };
    const parts = target === 'swarm'
        ? swarmParts(project, definitions, host, initFiles, tree, sources.handWritten)
        : hostParts(project, definitions, host, tree);
    const env = encodeEnv(host.values);
    const files = new Map([...parts.files, ...[...initFiles].map(([name, text]) => [`files/postgres/init/${name}`, text]), ...tree]);
    const manifest = {
        version: 1,
        ...(target === 'swarm' ? { target } : {}),
        project: project.name,
        environment: project.environment.name,
        commit: sources.commit,
        envHash: (0,release_names/* shortHash */.BC)(env, 16),
        edgeHash: parts.edgeHash,
        edge: parts.edge,
        services: definitions.map((definition) => serviceOf(definition, parts)).sort(byName),
        variables: Object.fromEntries([...host.values].sort(byKey).map(([name, value]) => [name, (0,release_names/* shortHash */.BC)(`${name}=${value}`, 8)])),
    };
    return { bundle: complete(project, files, manifest, env, host.secrets), diagnostics };
}
/** A release for machines with Compose: two projects, the services and nginx. */
function hostParts(project, definitions, host, tree) {
    const hashes = new Map(definitions.map((definition) => [definition.name, hashOf(definition, host)]));
    const { content, hash, image } = edgeFile(project, rolledOf(definitions));
    return {
        files: new Map([
            ['compose.yml', composeFile(project, definitions, hashes, { ...coreVolumeNames(project), ...customVolumes(project) })],
            ['edge.yml', content],
        ]),
        edge: { hash, image },
        edgeHash: (0,release_names/* treeHash */.F2)(tree),
        hash: (name) => hashes.get(name),
        classOf: (serviceClass) => serviceClass,
    };
}
function complete(project, files, unnamed, env, secrets) {
    files.set('services.tsv', serviceTable(unnamed.services));
    const id = (0,release_names/* shortHash */.BC)(JSON.stringify([[...files].sort(byKey), unnamed]), 12);
    const manifest = { ...unnamed, release: id };
    files.set('manifest.json', formatManifest(manifest));
    files.set('release.tsv', releaseTable(manifest, (0,release_names/* stackName */.Qx)(project), (0,release_names/* networkName */.uv)(project)));
    return { id, files: new Map([...files].sort(byKey)), env, manifest, secrets };
}
const byKey = ([a], [b]) => (a < b ? -1 : 1);
const byName = (a, b) => (a.name < b.name ? -1 : 1);
function rolledOf(definitions) {
    return definitions.filter((definition) => definition.class === 'roll');
}
function serviceOf(definition, { hash, classOf }) {
    const { name, class: serviceClass, image, replicas, startSeconds, drainSeconds, graceSeconds, port, probe, migration, domains, } = definition;
    return {
        name,
        class: classOf(serviceClass),
        hash: hash(name),
        image,
        replicas,
        startSeconds,
        drainSeconds,
        graceSeconds,
        port,
        probe,
        migrate: migration !== undefined,
        domains,
    };
}
/** Postgres' init scripts: ours, and the user's own beside it. */
function initScripts({ project, own }) {
    const folder = `deploy/${project.environment.name}/postgres/init/`;
    const files = [...own, ...(0,postgres/* renderPostgres */.K)(project).map(({ path, content }) => [path, content])];
    return new Map(files
        .filter(([path]) => path.startsWith(folder))
        .map(([path, text]) => [path.slice(folder.length), text])
        .sort(byKey));
}
function nginxTree({ project, target, render, handWritten, own }, definitions) {
    const rolled = rolledOf(definitions);
    const names = new Set(rolled.map(({ name }) => name));
    const sites = {
        upstreams: target === 'swarm' ? 'tasks' : 'colours',
        rolled: project.services.filter(({ host }) => names.has(host)),
        drainSeconds: Math.max(30, ...rolled.map(({ drainSeconds }) => drainSeconds)),
    };
    return edgeTree(project, (0,nginx/* renderNginx */.F)(project, render, handWritten, sites), own);
}

// EXTERNAL MODULE: ./build/render/liquid.js
var liquid = __webpack_require__(15977);
// EXTERNAL MODULE: ./build/scaffold/find-markers.js
var find_markers = __webpack_require__(39010);
// EXTERNAL MODULE: ./build/commands/project/plan-changes.js + 7 modules
var plan_changes = __webpack_require__(34872);
// EXTERNAL MODULE: ./build/commands/project/read-project.js + 13 modules
var read_project = __webpack_require__(9727);
;// CONCATENATED MODULE: ./build/commands/deploy/deploy-sources.js











/** Renders the release from the configuration, never from committed output; `kept` has the images that stay. Writes nothing. */
function releaseOf(context, kept = new Map()) {
    const { inputs, root, outer } = context;
    const { library, catalogue, diagnostics } = (0,read_project/* openCatalogue */.GP)(context);
    const { project, variables, secrets, ...read } = (0,read_project/* readProject */.Wh)(context, catalogue, inputs.environment);
    diagnostics.push(...read.diagnostics);
    if (project === undefined || variables === undefined)
        return { handWritten: new Map(), brought: [], diagnostics: (0,config_diagnostics/* sortDiagnostics */.Ds)(diagnostics), secrets };
    const tree = (0,adapters_files/* openTree */.rB)(root);
    diagnostics.push(...conflictMarkers(tree));
    const { directory } = (0,layout/* layoutOf */.a)(project.environment);
    const handWritten = (0,plan_changes/* readHandWritten */.h)(tree, `${directory}nginx/conf.d`);
    const certificates = project.tls === 'custom' ? (0,certificates_brought/* broughtCertificates */.Cn)((0,render_certificates/* certificatesOf */.mm)(project, handWritten), variables.entries) : { files: [], diagnostics: [] };
    diagnostics.push(...certificates.diagnostics);
    const rendered = renderBundle({
        project,
        target: inputs.target,
        variables,
        digests: { name: inputs.digestsFile, text: tree.read(inputs.digestsFile)?.toString('utf8') },
        kept,
        render: (0,liquid/* createRenderer */.K)(library.nginx()),
        handWritten,
        own: ownFiles(tree, directory),
        readEnvFile: (file) => (0,adapters_files/* readEnvFile */.SF)(root, file),
        others: otherDomains(context, catalogue, project),
        commit: outer.GITHUB_SHA ?? '',
    });
    // Checked again for the release, and as errors.
    const all = [...diagnostics.filter(({ code }) => code !== 'NB408' && code !== 'NB409'), ...rendered.diagnostics];
    const found = {
        project,
        handWritten,
        brought: certificates.files,
        diagnostics: (0,config_diagnostics/* sortDiagnostics */.Ds)(all),
        secrets: [...secrets, ...(rendered.bundle?.secrets ?? [])],
    };
    return (0,config_diagnostics/* hasErrors */.Cs)(all) || rendered.bundle === undefined ? found : { ...found, bundle: rendered.bundle };
}
// A file with markers may be in an image already, but nobody means to run it.
function conflictMarkers(tree) {
    return (0,find_markers/* findMarkers */.X)(tree).map(({ position }) => (0,config_diagnostics/* diagnose */.h4)('NB808', `${position?.file} holds conflict markers.`, 'Choose between the two versions, and build again.', position));
}
/** The user's own nginx files and init scripts of this environment. */
function ownFiles(tree, directory) {
    const folders = ['nginx/custom', 'nginx/conf.d', 'postgres/init'].map((folder) => directory + folder);
    return new Map(folders.flatMap((folder) => tree.list(folder).map((name) => [`${folder}/${name}`, tree.read(`${folder}/${name}`)?.toString('utf8') ?? ''])));
}
// The `env` input is this environment's, not the other's. Without a file of its own, an environment claims nothing below the base domain
// that it shares: nothing says what its own would be.
function otherDomains({ inputs, ...context }, catalogue, chosen) {
    return environment/* standardEnvironments */.qV
        .filter(({ name, kind }) => kind !== 'development' && name !== chosen.environment.name)
        .flatMap(({ name, files }) => {
        const hasFile = files.some((file) => (0,adapters_files/* readEnvFile */.SF)(context.root, file) !== undefined);
        const { project } = (0,read_project/* readProject */.Wh)({ ...context, inputs: { ...inputs, env: '' } }, catalogue, name);
        const domains = project?.services.flatMap((service) => service.public ? service.domains.map((domain) => [domain, service.name]) : []);
        const claimed = domains?.filter(([domain]) => hasFile || !domain.endsWith(`.${chosen.baseDomain}`));
        return claimed === undefined ? [] : [{ environment: name, domains: new Map(claimed) }];
    });
}

// EXTERNAL MODULE: ./build/commands/deploy/deploy-target.js
var deploy_target = __webpack_require__(48816);
// EXTERNAL MODULE: ./build/commands/deploy/host-certificates.js
var host_certificates = __webpack_require__(3202);
// EXTERNAL MODULE: ./build/config/suggest.js
var suggest = __webpack_require__(85813);
;// CONCATENATED MODULE: ./build/commands/deploy/kept-images.js








/**
 * With the input `services`: the images of all other services as the first machine's current release has them, by name. A service that is not
 * there yet has none, and comes from the build like the named ones.
 */
async function keptImages(context) {
    const { inputs } = context;
    if (inputs.services.length === 0)
        return { kept: new Map() };
    const { project, diagnostics, secrets } = (0,deploy_context/* remoteProject */.ID)(context);
    const names = project?.services.map(({ name }) => name) ?? [];
    for (const name of inputs.services)
        if (project !== undefined && !names.includes(name))
            diagnostics.push((0,config_diagnostics/* diagnose */.h4)('NB603', `services: ${name} is not a service of this project.`, (0,suggest/* didYouMean */.a)(name, names) || 'Name services of this project.'));
    if (project === undefined || (0,config_diagnostics/* hasErrors */.Cs)(diagnostics))
        return { kept: new Map(), problem: (0,deploy_report/* refusedRemotely */.CV)('deploy: the configuration has errors', diagnostics, secrets, 2) };
    try {
        const manifest = await (0,deploy_hosts/* withHosts */.g3)(inputs, (0,agent_script/* readAgentScript */.J)(context.tool, inputs.target), (0,deploy_context/* rootOf */.I5)(inputs, project), (0,release_names/* stackName */.Qx)(project), async ([host]) => (0,host_plan/* readManifest */.W)(host?.probe.manifest));
        return { kept: keptOf(project, inputs.services, manifest?.services ?? []) };
    }
    catch (error) {
        return { kept: new Map(), problem: (0,deploy_report/* refusedRemotely */.CV)('deploy failed', [...diagnostics, (0,deploy_hosts/* remoteDiagnostic */.kb)(error)], secrets, 1) };
    }
}
/** The images of the services that are not named, by name. */
function keptOf(project, named, running) {
    return new Map(project.services
        .filter(({ name }) => !named.includes(name))
        .flatMap(({ name, host }) => {
        const image = running.find((service) => service.name === host)?.image;
        return image === undefined ? [] : [[name, image]];
    }));
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: ./build/deploy/remote/agent.js
var remote_agent = __webpack_require__(6228);
// EXTERNAL MODULE: ./build/deploy/remote/deliver.js + 1 modules
var deliver = __webpack_require__(11489);
// EXTERNAL MODULE: ./build/deploy/remote/shell-command.js
var shell_command = __webpack_require__(28639);
;// CONCATENATED MODULE: ./build/commands/deploy/place-certificates.js







// $1 is ROOT, which others cannot enter; $2 the folder, $3 the file, $4 its checksum. nginx's workers read it, so all may within.
const place = `set -eu; umask 022
folder="$1/ssl/certificates/$2"
mkdir -p "$folder"; chmod 755 "$1/ssl" "$1/ssl/certificates" "$folder"
new="$folder/$3.$$"; trap 'rm -f "$new"' EXIT; cat >"$new"
[ "$(sha256sum "$new" | cut -c 1-64)" = "$4" ] || { echo 'The certificate did not arrive whole.' >&2; exit 1; }
mv -f "$new" "$folder/$3"`;
/** The brought certificates that a machine does not have yet. */
function missingOn(host, brought) {
    const there = (0,host_certificates/* certificatesOn */.At)(host);
    return brought.filter(({ folder, chain }) => !there.some((file) => file.folder === folder && (0,certificates_brought/* isSameChain */.i0)(file.chain, chain)));
}
/** What a deploy is going to put there, for whoever reads its plan. */
function announce(host, brought, target = 'hosts') {
    return missingOn(host, brought).map(({ folder }) => (0,config_diagnostics/* diagnose */.h4)('NB913', `${host.ssh.host}: the certificate in ${folder} is replaced by the one that is given.`, target === 'swarm'
        ? 'Nothing to do: it becomes a secret, and nginx is replaced to have it.'
        : 'Nothing to do: nginx takes it within a minute, without a reload.'));
}
/** Puts them there, the key first. nginx takes them by itself. */
async function placeCertificates(host, brought, agent, root) {
    const missing = missingOn(host, brought);
    if (missing.length > 0)
        await (0,deliver/* installAgent */.Z)(host.ssh, agent, root, host.probe);
    for (const { folder, chain, key } of missing)
        for (const [file, text] of [
            ['privkey.pem', key],
            ['fullchain.pem', chain],
        ]) {
            const content = Buffer.from(text.endsWith('\n') ? text : `${text}\n`);
            const sum = (0,external_node_crypto_.createHash)('sha256').update(content).digest('hex');
            const command = (0,shell_command/* shellCommand */.q)(['sh', '-c', place, 'sh', root, folder, file, sum]);
            await (0,remote_agent/* runAgent */.a$)(host.ssh, command, { stdin: content, timeoutSeconds: 60 });
        }
}

;// CONCATENATED MODULE: ./build/commands/deploy.js















/** Brings a release to machines and moves traffic to it. With `dry-run` it shows the plan and changes nothing. */
async function deploy(context) {
    const { inputs } = context;
    const { kept, problem } = await keptImages(context);
    if (problem !== undefined)
        return problem;
    const released = releaseOf(context, kept);
    const diagnostics = [...released.diagnostics, ...(0,deploy_hosts/* checkConnection */.jo)(inputs), ...(0,deploy_target/* checkTargetInputs */.l)(inputs)];
    const secrets = [...released.secrets, ...(0,deploy_context/* connectionSecrets */.K$)(inputs)];
    const { project, bundle } = released;
    if (project === undefined || bundle === undefined || (0,config_diagnostics/* hasErrors */.Cs)(diagnostics))
        return (0,deploy_report/* refusedRemotely */.CV)('deploy: the configuration has errors', diagnostics, secrets, 2);
    const agent = (0,agent_script/* readAgentScript */.J)(context.tool, inputs.target);
    const root = (0,deploy_context/* rootOf */.I5)(inputs, project);
    try {
        return await (0,deploy_hosts/* withHosts */.g3)(inputs, agent, root, (0,release_names/* stackName */.Qx)(project), (hosts) => deployTo(hosts, context, { ...released, project, bundle, diagnostics, secrets }, { agent, root }));
    }
    catch (error) {
        return (0,deploy_report/* refusedRemotely */.CV)('deploy failed', [...diagnostics, (0,deploy_hosts/* remoteDiagnostic */.kb)(error)], secrets, 1);
    }
}
async function deployTo(hosts, context, { project, bundle, handWritten, brought, diagnostics: found, secrets }, { agent, root }) {
    const { inputs } = context;
    const planOf = (host) => inputs.target === 'swarm'
        ? (0,swarm_plan/* planSwarm */.i)(host.ssh.host, bundle.manifest, host.probe, { ...inputs, newCertificates: missingOn(host, brought).length > 0 })
        : (0,host_plan/* planHost */.A)(host.ssh.host, bundle.manifest, host.probe, inputs);
    const targets = hosts.map((host) => ({ ...host, plan: planOf(host) }));
    const diagnostics = [
        ...found,
        ...hosts.flatMap((host) => [...(0,check_host/* checkHost */.R)(host, root), ...(0,deploy_target/* checkTargetHost */.q)(inputs.target, host, bundle)]),
        ...certificateFindings(hosts, project, handWritten, brought, inputs.target),
        ...targets.flatMap(({ plan }) => driftOf(plan)),
    ];
    if ((0,config_diagnostics/* hasErrors */.Cs)(diagnostics))
        return (0,deploy_report/* refusedRemotely */.CV)('deploy: a machine is not ready', diagnostics, secrets, 1);
    const plans = targets.map(({ plan }) => plan);
    const changing = targets.filter(({ plan }) => !plan.isUnchanged);
    if (!inputs.dryRun)
        for (const host of hosts)
            await placeCertificates(host, brought, agent, root);
    if (inputs.dryRun || changing.length === 0)
        return (0,deploy_report/* deployResult */.Jd)(project, plans, { states: new Map(), isDryRun: inputs.dryRun, diagnostics: [] }, diagnostics, secrets);
    const settings = {
        agent,
        root,
        bundle,
        owner: (0,deploy_context/* ownerOf */.bf)(context),
        options: {
            observe: String(inputs.observe),
            'prune-keep': String(inputs.keep),
            ...(inputs.restartEdge ? { 'restart-edge': 'true' } : {}),
            ...(inputs.recreate.length === 0 ? {} : { recreate: inputs.recreate.join(',') }),
        },
        dockerConfig: (0,deploy_context/* dockerConfigOf */.Ov)(inputs),
        lockWaitSeconds: inputs.lockWait,
        waitSeconds: inputs.wait ? inputs.waitTimeout : 0,
        waiting: (host) => (0,deploy_context/* waitingFor */.Fz)(host, context, secrets),
    };
    const outcome = await (0,deploy_run/* runOnHosts */.w)(changing, settings);
    return (0,deploy_report/* deployResult */.Jd)(project, plans, { ...outcome, isDryRun: false }, diagnostics, secrets);
}
// Brought certificates must be there before traffic is; issued ones come afterwards, by themselves.
function certificateFindings(hosts, project, handWritten, brought, target) {
    if (project.tls !== 'custom')
        return [];
    return hosts.flatMap((host) => [...(0,host_certificates/* checkHostCertificates */.BQ)(project, handWritten, host, brought), ...announce(host, brought, target)]);
}
function driftOf({ host, services, unknown, edge }) {
    return [
        ...services
            .filter(({ action }) => action === 'differs')
            .map(({ name, reasons }) => (0,config_diagnostics/* diagnose */.h4)('NB811', `${host}: ${name} is not what the release says (${reasons.join('; ')}), and is left alone, since it keeps data.`, `Set recreate: ${name} to replace it; it is down meanwhile, its volume stays.`)),
        ...(edge === 'differs'
            ? [
                (0,config_diagnostics/* diagnose */.h4)('NB811', `${host}: nginx’s image, ports or mounts differ.`, 'Set restart-edge: true to replace it; about a second without answers.'),
            ]
            : []),
        ...(unknown.length === 0
            ? []
            : [
                (0,config_diagnostics/* diagnose */.h4)('NB812', `${host}: ${unknown.join(', ')} on this project’s network is not of this deploy.`, 'Remove it, or give it a network of its own.'),
            ]),
    ];
}


/***/ }),

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

/***/ 46191:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   T: () => (/* binding */ expandEntry),
/* harmony export */   g: () => (/* binding */ resolveValue)
/* harmony export */ });
const reference = /\\\$|\$\$|\$\{([A-Za-z_][A-Za-z0-9_]*)(?:(:?[-?+])([^{}]*))?\}|\$([A-Za-z_][A-Za-z0-9_]*)/g;
const longest = 2 ** 20;
const deepest = 20;
/**
 * The value that a container or a build gets: that of the env files, as Compose reads them (`$$` and `\$` are a dollar sign), else that of
 * the process environment as it is. Secrets are allowed, so the text must go nowhere else. A bare `$NAME` is a reference only where an env
 * file sets NAME; otherwise it is part of a password.
 */
function resolveValue(name, variables, path = []) {
    const entry = variables.entries.get(name);
    if (entry !== undefined)
        return expandEntry(entry, variables, [...path, name]);
    const outer = Object.hasOwn(variables.outer, name) ? variables.outer[name] : undefined;
    return outer === undefined ? undefined : { value: outer };
}
/** The value of one line of an env file, with its references resolved. */
function expandEntry(entry, variables, path) {
    if (entry.quote === 'single' || !entry.value.includes('$'))
        return { value: entry.value };
    const problems = [];
    const value = entry.value.replace(reference, (text, braced, sign = '', operand = '', bare) => {
        if (text === '$$' || text === '\\$')
            return '$';
        if (bare !== undefined && !variables.entries.has(bare))
            return text;
        // After the first problem nothing else is looked up: a few variables that name each other twice would take for ever.
        if (problems.length > 0)
            return '';
        const found = substitute({ name: (braced ?? bare), sign, operand }, entry.key, variables, path);
        if ('problem' in found)
            problems.push(found.problem);
        return 'value' in found ? found.value : '';
    });
    const [problem] = problems;
    if (problem !== undefined)
        return { problem };
    return value.length > longest ? { problem: `${entry.key} becomes longer than 1 MiB` } : { value };
}
function substitute({ name, sign, operand }, key, variables, path) {
    if (path.includes(name) || path.length > deepest)
        return { problem: `${[...path, name].join(' → ')} refers to itself` };
    const resolved = resolveValue(name, variables, path);
    if (resolved !== undefined && 'problem' in resolved)
        return resolved;
    const isSet = resolved !== undefined && (!sign.startsWith(':') || resolved.value !== '');
    if (sign.endsWith('+'))
        return { value: isSet ? operand : '' };
    if (isSet)
        return resolved;
    return sign.endsWith('-') ? { value: operand } : { problem: `${key} refers to ${name}, which is not set` };
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


/***/ }),

/***/ 39010:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   X: () => (/* binding */ findMarkers)
/* harmony export */ });
/* harmony import */ var _config_diagnostics_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(24699);
/* harmony import */ var _changes_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(92514);
/* harmony import */ var _lock_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(60508);
/* harmony import */ var _merge_markers_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(55215);
/* harmony import */ var _notices_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(77614);





/**
 * Finds scaffolded files that hold conflicts which we wrote and nobody has resolved yet: such a tree must not be built or deployed.
 * Looks at all of them, or at those that `isLookedAt`.
 */
function findMarkers(tree, isLookedAt = () => true) {
    const found = Object.entries((0,_lock_js__WEBPACK_IMPORTED_MODULE_2__/* .lockOf */ .Vx)(tree.read(_lock_js__WEBPACK_IMPORTED_MODULE_2__/* .lockPath */ .HZ)).services)
        .flatMap(([name, { files }]) => Object.entries(files).flatMap(([file, locked]) => (isLookedAt(name, locked) ? [`services/${name}/${file}`] : [])))
        .flatMap((path) => {
        const line = (0,_merge_markers_js__WEBPACK_IMPORTED_MODULE_4__/* .firstMarker */ .dj)(readQuietly(tree, path));
        return line === undefined ? [] : [{ ...(0,_notices_js__WEBPACK_IMPORTED_MODULE_3__/* .markersNotice */ .o3)(path, line), severity: 'error' }];
    });
    return (0,_config_diagnostics_js__WEBPACK_IMPORTED_MODULE_0__/* .sortDiagnostics */ .Ds)(found);
}
// What is in the way of a file is another finding's matter.
function readQuietly(tree, path) {
    try {
        return tree.read(path)?.toString('utf8') ?? '';
    }
    catch (error) {
        if (error instanceof _changes_js__WEBPACK_IMPORTED_MODULE_1__/* .PathProblem */ .V)
            return '';
        throw error;
    }
}


/***/ })

};
