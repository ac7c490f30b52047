export const id = 873;
export const ids = [873];
export const modules = {

/***/ 5099:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  J: () => (/* binding */ readAgentScript)
});

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(73024);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
;// CONCATENATED MODULE: ./build/deploy/swarm/agent.js
// The last line of the agent starts it.
const start = 'main "$@"\n';
/** The agent for a swarm: that of machines, whose functions for containers give way to those of the same names for services. */
function swarmAgent(agent, swarm) {
    if (!agent.endsWith(start))
        throw new Error('the agent does not end as expected');
    return `${agent.slice(0, -start.length)}${swarm}\n${start}`;
}

;// CONCATENATED MODULE: ./build/adapters/agent-script.js



/** The host agent, one POSIX shell file: beside the bundle, or among the sources of a checkout. */
function readAgentScript(tool, target) {
    const folder = import.meta.url.endsWith('.ts') ? 'action/deploy/agent' : 'dist';
    const read = (file) => (0,external_node_fs_.readFileSync)((0,external_node_path_.join)(tool, folder, file), 'utf8');
    return target === 'swarm' ? swarmAgent(read('agent.sh'), read('swarm.sh')) : read('agent.sh');
}


/***/ }),

/***/ 89090:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   R: () => (/* binding */ checkHost)
/* harmony export */ });
/* harmony import */ var _config_diagnostics_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(24699);

/** What the generated files need: health checks with `start_interval`. */
const oldest = { engine: [25, 0], compose: [2, 24] };
/** What a run needs at least; the agent looks again. */
const least = { megabytes: 256, inodes: 100 };
/** What keeps a machine from taking a deploy into the folder `root`: everything at once. */
function checkHost({ ssh: { host }, probe }, root) {
    const problem = (message, fix) => (0,_config_diagnostics_js__WEBPACK_IMPORTED_MODULE_0__/* .diagnose */ .h4)('NB813', `${host}: ${message}`, fix);
    const { missing, docker, compose, writable, freeKb, freeInodes } = probe;
    const user = host.includes('@') ? host.slice(0, host.indexOf('@')) : 'USER';
    const found = [];
    if (missing.length > 0)
        found.push(problem(`${missing.join(', ')} cannot be found.`, 'Install what is missing; docs/deploy.md lists what a machine needs.'));
    if (docker === '' && !missing.includes('docker'))
        found.push(problem('the Docker Engine does not answer to this user.', `Start it (sudo systemctl start docker), and let the user use it: sudo usermod -aG docker ${user}, then log in again.`));
    if (isOlder(docker, oldest.engine))
        found.push(problem(`its Docker Engine is ${docker}; ${oldest.engine[0]} is needed.`, 'Update it: docs.docker.com/engine/install'));
    if (docker !== '' && compose === '')
        found.push(problem('Docker Compose is not installed.', 'Install the plugin: sudo apt-get install docker-compose-plugin'));
    if (isOlder(compose, oldest.compose))
        found.push(problem(`its Docker Compose is ${compose}; ${oldest.compose.join('.')} is needed.`, 'Update the plugin: docs.docker.com/compose/install'));
    if (!writable)
        found.push(problem(`${root} cannot be written by this user, or its file system is read-only.`, `Make it once: sudo install -d -m 0700 -o ${user} -g ${user} ${root}`));
    if (freeKb < least.megabytes * 1024 || freeInodes < least.inodes)
        found.push(problem(`where ${root} lies, ${Math.floor(freeKb / 1024)} MB and ${freeInodes} inodes are free; ${least.megabytes} MB and ${least.inodes} are needed.`, 'Free some: df -h and df -i show the file systems, docker system df what Docker holds.'));
    return found;
}
// What is no version is left to itself.
function isOlder(version, [major, minor]) {
    const [, first, second] = /^v?(\d+)\.(\d+)/.exec(version)?.map(Number) ?? [];
    return first !== undefined && second !== undefined && (first < major || (first === major && second < minor));
}


/***/ }),

/***/ 9286:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Fz: () => (/* binding */ waitingFor),
/* harmony export */   I5: () => (/* binding */ rootOf),
/* harmony export */   ID: () => (/* binding */ remoteProject),
/* harmony export */   K$: () => (/* binding */ connectionSecrets),
/* harmony export */   Ov: () => (/* binding */ dockerConfigOf),
/* harmony export */   bf: () => (/* binding */ ownerOf)
/* harmony export */ });
/* harmony import */ var node_perf_hooks__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(643);
/* harmony import */ var node_timers_promises__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(58500);
/* harmony import */ var _deploy_release_names_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(41132);
/* harmony import */ var _images_reference_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(28794);
/* harmony import */ var _report_redact_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(17234);
/* harmony import */ var _project_read_project_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(9727);
/* harmony import */ var _deploy_hosts_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(9255);
/* harmony import */ var _deploy_report_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(70567);








/** The project's folder on a machine. */
function rootOf({ deployPath }, project) {
    return deployPath === '' ? `/opt/nself/${(0,_deploy_release_names_js__WEBPACK_IMPORTED_MODULE_2__/* .stackName */ .Qx)(project)}` : deployPath;
}
/** What of the inputs no log may show. */
function connectionSecrets({ key, passphrase, proxy, registryPassword }) {
    const keys = [key, proxy?.key ?? ''].flatMap((text) => text.split('\n').map((line) => line.trim()));
    return [...keys, passphrase, proxy?.passphrase ?? '', registryPassword].filter((text) => text.length >= 6 && !text.startsWith('-----'));
}
/** Who runs this, for whoever finds the lock taken. */
function ownerOf({ outer }) {
    const { GITHUB_ACTOR: actor, GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: run, GITHUB_SERVER_URL: server = 'https://github.com' } = outer;
    return {
        by: actor ?? outer.USER ?? 'unknown',
        ...(repository === undefined || run === undefined ? {} : { run: `${server}/${repository}/actions/runs/${run}` }),
        ...(outer.GITHUB_SHA === undefined ? {} : { commit: outer.GITHUB_SHA }),
    };
}
/** The effects of waiting for a machine; every line is shown as it comes. */
function waitingFor(host, { progress }, secrets) {
    return {
        sleep: (milliseconds) => (0,node_timers_promises__WEBPACK_IMPORTED_MODULE_1__.setTimeout)(milliseconds),
        now: () => node_perf_hooks__WEBPACK_IMPORTED_MODULE_0__.performance.now(),
        onEvent: (event) => progress((0,_report_redact_js__WEBPACK_IMPORTED_MODULE_6__/* .redact */ .E$)((0,_deploy_report_js__WEBPACK_IMPORTED_MODULE_5__/* .describeEvent */ .gN)(host, event), secrets)),
        progress: (line) => progress((0,_report_redact_js__WEBPACK_IMPORTED_MODULE_6__/* .redact */ .E$)(line, secrets)),
    };
}
/** A Docker configuration with the registry's login, for one run on the machine. */
function dockerConfigOf({ registry, registryUsername, registryPassword }) {
    if (registryPassword === '')
        return '';
    const host = (0,_images_reference_js__WEBPACK_IMPORTED_MODULE_7__/* .parseReference */ .F2)(`${registry}/x`).registry;
    const auth = Buffer.from(`${registryUsername}:${registryPassword}`).toString('base64');
    return JSON.stringify({ auths: { [(0,_images_reference_js__WEBPACK_IMPORTED_MODULE_7__/* .loginKey */ .H$)(host)]: { auth } } });
}
/** The project and what is missing to reach its machines; images and secrets do not matter here. */
function remoteProject(context) {
    const { inputs } = context;
    const { catalogue, diagnostics } = (0,_project_read_project_js__WEBPACK_IMPORTED_MODULE_3__/* .openCatalogue */ .GP)(context);
    const read = (0,_project_read_project_js__WEBPACK_IMPORTED_MODULE_3__/* .readProject */ .Wh)(context, catalogue, inputs.environment);
    return {
        project: read.project,
        diagnostics: [...diagnostics, ...read.diagnostics.filter(({ severity }) => severity === 'error'), ...(0,_deploy_hosts_js__WEBPACK_IMPORTED_MODULE_4__/* .checkConnection */ .jo)(inputs)],
        secrets: [...read.secrets, ...connectionSecrets(inputs)],
    };
}


/***/ }),

/***/ 9255:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  jo: () => (/* binding */ checkConnection),
  kb: () => (/* binding */ remoteDiagnostic),
  g3: () => (/* binding */ withHosts)
});

// EXTERNAL MODULE: external "node:child_process"
var external_node_child_process_ = __webpack_require__(31421);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(73024);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(48161);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: external "node:timers/promises"
var promises_ = __webpack_require__(58500);
// EXTERNAL MODULE: ./build/deploy/remote/remote-error.js
var remote_error = __webpack_require__(24260);
;// CONCATENATED MODULE: ./build/deploy/remote/ssh-config.js
/** `deploy@203.0.113.7:22`, for people. */
function placeOf({ username, host, port }) {
    return `${username}@${host.includes(':') ? `[${host}]` : host}:${port}`;
}
/**
 * The configuration of one end, under an alias. Nothing of the user's or the machine's own configuration counts, no agent, no password, no
 * question. `via` is the alias of a jump host that is connected already, and the file of this configuration.
 */
function sshConfig(alias, end, files, connectSeconds, via) {
    const options = {
        HostName: end.host,
        Port: end.port,
        User: end.username,
        IdentityFile: path(files.key),
        IdentitiesOnly: 'yes',
        IdentityAgent: 'none',
        PreferredAuthentications: 'publickey',
        BatchMode: 'yes',
        StrictHostKeyChecking: files.knownHosts === undefined ? 'no' : 'yes',
        UserKnownHostsFile: path(files.knownHosts ?? '/dev/null'),
        GlobalKnownHostsFile: '/dev/null',
        UpdateHostKeys: 'no',
        CheckHostIP: 'no',
        ConnectTimeout: connectSeconds,
        ServerAliveInterval: 15,
        ServerAliveCountMax: 4,
        ControlPath: path(files.socket),
        ControlMaster: 'no',
        ForwardAgent: 'no',
        ForwardX11: 'no',
        RequestTTY: 'no',
        EscapeChar: 'none',
        ...(via === undefined ? {} : { ProxyCommand: `ssh -F ${path(via.file)} -W [%h]:%p ${via.alias}` }),
    };
    return `Host ${alias}\n${Object.entries(options)
        .map(([name, value]) => `  ${name} ${value}\n`)
        .join('')}`;
}
function path(file) {
    return `"${file.replaceAll('%', '%%')}"`;
}
/** Why a host or user name cannot stand in a configuration: it would mean more than a name there. */
function whyNoEnd({ host, port, username }) {
    if (!/^[A-Za-z0-9_]([A-Za-z0-9._-]*[A-Za-z0-9])?\.?$|^[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*(%[A-Za-z0-9_.-]+)?$/.test(host))
        return `${JSON.stringify(host)} is no host name`;
    if (!/^[A-Za-z0-9_][A-Za-z0-9._@-]*\$?$/.test(username))
        return `${JSON.stringify(username)} is no user name`;
    if (!Number.isInteger(port) || port < 1 || port > 65_535)
        return `${port} is no port`;
    return undefined;
}

;// CONCATENATED MODULE: ./build/deploy/remote/ssh-failure.js


/** Turns what ssh said into what to do. */
function explainLogin(login) {
    const { end, what, log } = login;
    const place = `${what} ${placeOf(end)}`;
    const shown = /debug1: Server host key: (\S+ SHA256:\S+)/.exec(log)?.[1] ?? 'a key that ssh did not name';
    const scan = `ssh-keyscan ${end.port === 22 ? '' : `-p ${end.port} `}${end.host}`;
    const compare = `Compare it with what the host itself says (on its console: ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub)`;
    if (/IDENTIFICATION HAS CHANGED|Host key for .* has changed|REVOKED HOST KEY|host key .* revoked/i.test(log))
        return new remote_error/* RemoteError */.H('NB850', `${place} showed the key ${shown}, but known-hosts has ${login.expected.join(', ') || 'another one'}. Nothing was sent.`, `Was the host set up anew? ${compare}; if it is right, replace the host's lines in known-hosts by what this prints: ${scan}. If it is not, somebody may be listening in between.`);
    if (/host key is known for|Host key verification failed/.test(log))
        return new remote_error/* RemoteError */.H('NB851', `known-hosts has no line for ${place}. It showed the key ${shown}. Nothing was sent.`, `${compare}, and add what this prints to known-hosts: ${scan}`);
    const denied = /Permission denied \(([^)]*)\)/.exec(log)?.[1];
    if (denied !== undefined || log.includes('Too many authentication failures'))
        return new remote_error/* RemoteError */.H('NB853', `${place} does not accept the key ${login.fingerprint} for the user ${end.username}${denied === undefined ? '' : ` (it would accept: ${denied})`}.`, `Check username and key, or add this line to ~${end.username}/.ssh/authorized_keys on it: ${login.publicKey}`);
    const { message, fix } = whyUnreachable(login);
    return new remote_error/* RemoteError */.H('NB852', `${place}: ${message}.`, fix);
}
function whyUnreachable({ end, connectSeconds, log }) {
    if (log.includes('Connection refused'))
        return { message: 'nothing listens there', fix: `Is sshd running, and is ${end.port} its port? (on the host: ss -ltnp)` };
    if (/Could not resolve hostname/.test(log))
        return { message: 'its name has no address', fix: 'Check the spelling of host, or give its IP address.' };
    if (/No route to host|Network is unreachable/.test(log))
        return { message: 'there is no way to it from here', fix: 'Check the address; a private network may need a jump host (proxy-host).' };
    if (/no matching .* found/.test(log)) {
        const offer = /no matching .* found\. Their offer: .*/.exec(log)?.[0] ?? 'no common algorithm';
        return { message: offer, fix: 'Update sshd on the host: its algorithms are too old for this ssh.' };
    }
    if (/timed out/i.test(log))
        return {
            message: `no answer within ${connectSeconds} s`,
            fix: 'Check address and firewall: hosted runners come from changing addresses, a self-hosted runner or a jump host has a fixed one.',
        };
    const last = log
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== '' && !line.startsWith('debug1:') && !line.startsWith('OpenSSH_'))
        .at(-1);
    return {
        message: `the connection ended before the login (${last ?? 'ssh said nothing'})`,
        fix: "Look at sshd's log on the host (journalctl -u ssh); fail2ban, MaxStartups and hosts.deny end connections like this.",
    };
}

// EXTERNAL MODULE: external "node:events"
var external_node_events_ = __webpack_require__(78474);
;// CONCATENATED MODULE: ./build/adapters/guard.js



// Reads until its parent is gone, then ends the connections whose sockets are in the folder, and removes it.
const script = `trap '' HUP INT TERM
cat >/dev/null
for socket in "$1"/target "$1"/proxy; do [ ! -S "$socket" ] || ssh -F "$1/config" -O exit "\${socket##*/}" >/dev/null 2>&1; done
rm -rf "$1"`;
/**
 * Sees to it that a folder with keys goes away even when this process is killed: another process waits for that. Returns what removes the
 * folder in the ordinary way.
 */
function guardFolder(folder) {
    const guard = (0,external_node_child_process_.spawn)('sh', ['-c', script, 'guard', folder], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
    guard.on('error', () => { });
    guard.stdin.on('error', () => { });
    guard.unref();
    return async () => {
        (0,external_node_fs_.rmSync)(folder, { recursive: true, force: true });
        if (guard.exitCode !== null)
            return;
        // Nothing else may be left that keeps this process alive until then.
        guard.ref();
        const gone = (0,external_node_events_.once)(guard, 'exit');
        guard.stdin.end();
        await gone;
    };
}

;// CONCATENATED MODULE: ./build/adapters/processes.js

/** Runs a program with arguments that hold no secret. Rejects when it cannot be started at all. */
function runProcess(program, args, environment, { stdin = new Uint8Array(), timeoutSeconds, onOutput }) {
    return new Promise((resolve, reject) => {
        const child = (0,external_node_child_process_.spawn)(program, [...args], { env: { ...environment } });
        const stdout = [];
        const stderr = [];
        let isLate = false;
        const alarm = setTimeout(() => {
            isLate = true;
            child.kill('SIGKILL');
            // ssh's master holds the other ends as long as the command on the host runs.
            for (const pipe of [child.stdin, child.stdout, child.stderr])
                pipe.destroy();
        }, timeoutSeconds * 1000);
        child.stdout.on('data', (chunk) => {
            stdout.push(chunk);
            onOutput?.(chunk);
        });
        child.stderr.on('data', (chunk) => stderr.push(chunk));
        // A program may end before it has read everything; its exit code says what that means.
        child.stdin.on('error', () => { });
        child.on('error', (error) => {
            clearTimeout(alarm);
            reject(error);
        });
        child.on('close', (code) => {
            clearTimeout(alarm);
            resolve({ exitCode: code ?? undefined, stdout: processes_text(stdout), stderr: processes_text(stderr), isLate });
        });
        if (stdin instanceof Uint8Array)
            child.stdin.end(stdin);
        else
            feed(child.stdin, stdin).catch(() => child.kill());
    });
}
async function feed(pipe, chunks) {
    for await (const chunk of chunks)
        if (!pipe.write(chunk))
            await new Promise((resolve) => pipe.once('drain', resolve).once('close', resolve));
    pipe.end();
}
function processes_text(chunks) {
    return Buffer.concat(chunks).toString();
}

;// CONCATENATED MODULE: ./build/deploy/remote/key-text.js
/**
 * Repairs what secret stores and copying do to a private key: CRLF, a byte order mark, `\n` written out, indentation, a missing final
 * newline. What a key says is never changed.
 */
function normaliseKey(text) {
    const lines = text
        .replace(/^\uFEFF/, '')
        .replace(text.trim().includes('\n') ? /(?!)/ : /\\r\\n|\\n/g, '\n')
        .split(/\r\n|\r|\n/)
        .map((line) => line.trim())
        .join('\n')
        .trim();
    return `${lines}\n`;
}
/** Why a text is no private key for ssh, when that can be told by looking; what to do about it. */
function whyNoKey(text) {
    if (text.trim() === '')
        return { message: 'is empty', fix: 'Give it the text of a private key, such as the file ~/.ssh/id_ed25519.' };
    if (/^(ssh-|ecdsa-|sk-)|BEGIN [A-Z0-9 ]*PUBLIC KEY/.test(text))
        return { message: 'is a public key', fix: 'Give it the private key, which begins with -----BEGIN OPENSSH PRIVATE KEY-----.' };
    if (text.startsWith('PuTTY-User-Key-File'))
        return { message: 'is a PuTTY key', fix: 'Convert it: puttygen key.ppk -O private-openssh -o key' };
    if (!/^-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----\n/.test(text))
        return {
            message: 'does not begin as a private key does',
            fix: 'Give it the whole file, with its first line -----BEGIN … PRIVATE KEY-----.',
        };
    if (!/\n-----END [A-Z0-9 ]*PRIVATE KEY-----\n$/.test(text))
        return { message: 'is cut off', fix: 'Give it the whole file, with its last line -----END … PRIVATE KEY-----.' };
    return undefined;
}

;// CONCATENATED MODULE: ./build/adapters/ssh-keys.js





/**
 * Writes a private key into a file that only we can read, without its passphrase, and returns its public side. `label` is the name of the
 * input it came from. NB854 when it cannot be used.
 */
async function writeKey(file, label, { key, passphrase }, environment) {
    const text = normaliseKey(key);
    const reason = whyNoKey(text);
    if (reason !== undefined)
        throw new remote_error/* RemoteError */.H('NB854', `${label} ${reason.message}.`, reason.fix);
    (0,external_node_fs_.writeFileSync)(file, text, { mode: 0o600 });
    if (passphrase !== '')
        await takeOffPassphrase(file, label, passphrase, environment);
    const { exitCode, stdout, stderr } = await keygen(['-y', '-P', '', '-f', file], environment);
    if (exitCode !== 0)
        throw unusable(label, stderr);
    const publicKey = stdout.trim();
    (0,external_node_fs_.writeFileSync)(`${file}.pub`, `${publicKey}\n`);
    return { publicKey, fingerprint: (await fingerprints(`${file}.pub`, environment))[0]?.split(' ')[1] ?? '' };
}
// ssh asks for a passphrase through a program; in an argument list everybody could read it.
async function takeOffPassphrase(file, label, passphrase, environment) {
    const secret = (0,external_node_path_.join)(file, '..', 'passphrase');
    const askpass = (0,external_node_path_.join)(file, '..', 'askpass');
    try {
        (0,external_node_fs_.writeFileSync)(secret, `${passphrase}\n`, { mode: 0o600 });
        (0,external_node_fs_.writeFileSync)(askpass, '#!/bin/sh\ncat "$NSELF_PASSPHRASE_FILE"\n', { mode: 0o700 });
        const asking = { ...environment, SSH_ASKPASS: askpass, SSH_ASKPASS_REQUIRE: 'force', DISPLAY: ':0', NSELF_PASSPHRASE_FILE: secret };
        const { exitCode, stderr } = await keygen(['-p', '-N', '', '-f', file], asking);
        if (exitCode !== 0)
            throw unusable(label, stderr);
    }
    finally {
        (0,external_node_fs_.rmSync)(secret, { force: true });
        (0,external_node_fs_.rmSync)(askpass, { force: true });
    }
}
function unusable(label, stderr) {
    const said = stderr.trim().split('\n').at(-1) ?? '';
    if (/passphrase/i.test(said))
        return new remote_error/* RemoteError */.H('NB854', `${label} is protected, and the passphrase given does not open it.`, 'Set passphrase (for a jump host: proxy-passphrase) to the one of this key.');
    return new remote_error/* RemoteError */.H('NB854', `${label} is damaged: ${said}.`, 'Give it the whole file of a private key, unchanged. Try it on your own machine: ssh-keygen -y -f FILE');
}
/** `256 SHA256:… comment (ED25519)` of each key in a file of public keys or known hosts; none when the file holds none. */
async function fingerprints(file, environment, host) {
    const { stdout } = await keygen(host === undefined ? ['-l', '-f', file] : ['-l', '-F', host, '-f', file], environment);
    return stdout.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
}
async function keygen(args, environment) {
    try {
        return await runProcess('ssh-keygen', args, environment, { timeoutSeconds: 30 });
    }
    catch (error) {
        throw notInstalled('ssh-keygen', error);
    }
}
/** NB863 for a program that is not there; other errors as they are. */
function notInstalled(program, error) {
    if (error.code !== 'ENOENT')
        return error;
    return new remote_error/* RemoteError */.H('NB863', `${program} is not installed where this runs.`, 'Install the OpenSSH client (Debian and Ubuntu: apt-get install openssh-client).');
}

;// CONCATENATED MODULE: ./build/adapters/ssh.js











/** Checks keys and known hosts, connects, and keeps the connection for all commands. Failures are `RemoteError`s (NB850–NB856, NB863). */
async function connectSsh(target) {
    const folder = (0,external_node_fs_.mkdtempSync)((0,external_node_path_.join)((0,external_node_os_.tmpdir)(), 'nself-ssh-'));
    const release = guardFolder(folder);
    const masters = [];
    const close = async () => {
        for (const master of masters)
            await end(master);
        await release();
    };
    try {
        const { way, hops } = await prepare(folder, target);
        const connect = async () => {
            for (const master of masters.splice(0))
                await end(master);
            for (const hop of hops)
                masters.push(await openMaster(hop, way));
        };
        await connect();
        return {
            host: placeOf(target),
            run: async (command, options) => {
                if (masters.some(({ exitCode, signalCode }) => exitCode !== null || signalCode !== null))
                    await connect();
                return runRemote(way, target, command, options);
            },
            [Symbol.asyncDispose]: close,
        };
    }
    catch (error) {
        await close();
        throw error;
    }
}
async function prepare(folder, target) {
    const { knownHosts, proxy, connectSeconds } = target;
    const environment = { PATH: process.env.PATH ?? '', HOME: folder, LC_ALL: 'C' };
    const isChecked = knownHosts.trim() !== 'insecure';
    const way = {
        folder,
        config: (0,external_node_path_.join)(folder, 'config'),
        knownHosts: isChecked ? (0,external_node_path_.join)(folder, 'known_hosts') : undefined,
        connectSeconds,
        environment,
    };
    if (way.knownHosts !== undefined)
        await writeKnownHosts(way.knownHosts, knownHosts, environment);
    const hops = [];
    const add = async (alias, what, label, login) => {
        const problem = whyNoEnd(login);
        if (problem !== undefined)
            throw new remote_error/* RemoteError */.H('NB852', `${what}: ${problem}.`, 'Correct the input.');
        hops.push({ alias, what, login, key: await writeKey((0,external_node_path_.join)(folder, `${alias}.key`), label, login, environment) });
    };
    if (proxy !== undefined)
        await add('proxy', 'jump host', 'proxy-key', proxy);
    await add('target', 'host', 'key', target);
    const config = hops.map(({ alias, login }) => {
        const files = { key: (0,external_node_path_.join)(folder, `${alias}.key`), knownHosts: way.knownHosts, socket: (0,external_node_path_.join)(folder, alias) };
        const via = alias === 'target' && proxy !== undefined ? { alias: 'proxy', file: way.config } : undefined;
        return sshConfig(alias, login, files, connectSeconds, via);
    });
    (0,external_node_fs_.writeFileSync)(way.config, config.join(''), { mode: 0o600 });
    return { way, hops };
}
async function writeKnownHosts(file, text, environment) {
    const lines = text.split(/\r\n|\r|\n/).map((line) => line.trim());
    (0,external_node_fs_.writeFileSync)(file, `${lines.join('\n')}\n`, { mode: 0o600 });
    const meant = lines.filter((line) => line !== '' && !line.startsWith('#')).length;
    if (meant > 0 && (await fingerprints(file, environment)).length >= meant)
        return;
    throw new remote_error/* RemoteError */.H('NB855', meant === 0 ? 'known-hosts is empty.' : 'A line of known-hosts is not a known_hosts line: host, key type, key.', 'Give it what this prints, after comparing the fingerprint on the host itself: ssh-keyscan HOST (with another port: ssh-keyscan -p PORT HOST).');
}
/** Logs in and leaves a control socket that all commands share. */
async function openMaster({ alias, what, login, key }, way) {
    const socket = (0,external_node_path_.join)(way.folder, alias);
    const args = ['-F', way.config, '-o', 'LogLevel=DEBUG1', '-M', '-N', alias];
    const master = (0,external_node_child_process_.spawn)('ssh', args, { env: { ...way.environment }, stdio: ['ignore', 'ignore', 'pipe'] });
    let log = '';
    let failure;
    master.stderr?.setEncoding('utf8').on('data', (chunk) => {
        log = `${log}${chunk}`.slice(-65_536);
    });
    master.on('error', (error) => {
        failure = notInstalled('ssh', error);
    });
    const closed = new Promise((resolve) => master.on('close', resolve).on('error', resolve));
    const deadline = performance.now() + (way.connectSeconds + 20) * 1000;
    while (!(0,external_node_fs_.existsSync)(socket)) {
        if (failure !== undefined)
            throw failure;
        if (master.exitCode !== null || master.signalCode !== null || performance.now() > deadline) {
            master.kill();
            await closed;
            const expected = way.knownHosts === undefined
                ? []
                : await fingerprints(way.knownHosts, way.environment, login.port === 22 ? login.host : `[${login.host}]:${login.port}`);
            throw explainLogin({ end: login, what, log: log || 'timed out', connectSeconds: way.connectSeconds, expected, ...key });
        }
        await (0,promises_.setTimeout)(20);
    }
    return master;
}
async function runRemote(way, target, command, options) {
    const { exitCode, isLate, ...output } = await runProcess('ssh', ['-F', way.config, 'target', command], way.environment, options);
    // ssh itself ends with 255; the agent never does.
    if (exitCode !== undefined && exitCode !== 255)
        return { exitCode, ...output };
    const said = output.stderr.trim().split('\n').at(-1) ?? '';
    throw new remote_error/* RemoteError */.H('NB856', `The connection to ${target.host} ${isLate ? `gave no answer in ${options.timeoutSeconds} s` : `was lost${said === '' ? '' : ` (${said})`}`}.`, 'What was started on the host goes on there. Run the same command again: it finds out how things stand and continues.');
}
async function end(master) {
    if (master.exitCode !== null || master.signalCode !== null)
        return;
    const closed = new Promise((resolve) => master.once('close', resolve));
    master.kill();
    // It would wait for the commands that it still carries.
    const alarm = setTimeout(() => master.kill('SIGKILL'), 1000);
    await closed;
    clearTimeout(alarm);
}

;// CONCATENATED MODULE: ./build/adapters/text-or-file.js



/**
 * A key or known_hosts text as it is, or the content of the file that it names: in a terminal a key does not belong into an argument list,
 * which everyone on the machine can read.
 */
function textOrFile(value) {
    const path = value.trim().replace(/^~(?=\/)/, (0,external_node_os_.homedir)());
    if (path.includes('\n') || !/^(?:\.{0,2}\/|~)/.test(path))
        return value;
    const file = path.startsWith('/') ? path : (0,external_node_path_.join)(process.cwd(), path);
    return (0,external_node_fs_.statSync)(file, { throwIfNoEntry: false })?.isFile() ? (0,external_node_fs_.readFileSync)(file, 'utf8') : value;
}

// EXTERNAL MODULE: ./build/config/diagnostics.js + 1 modules
var diagnostics = __webpack_require__(24699);
// EXTERNAL MODULE: ./build/deploy/remote/probe.js
var probe = __webpack_require__(82243);
;// CONCATENATED MODULE: ./build/commands/deploy/deploy-hosts.js






/** What is missing to reach a machine at all: everything at once. */
function checkConnection({ hosts, key, knownHosts, insecureHostKey, wait }) {
    const missing = (message, fix) => (0,diagnostics/* diagnose */.h4)('NB810', message, fix);
    return [
        ...(hosts.length === 0 ? [missing('host is not set.', 'Name the machine: host: deploy@203.0.113.7')] : []),
        ...hosts
            .filter(({ username }) => username === '')
            .map(({ host }) => missing(`No user is named for ${host}.`, `Write host: deploy@${host}, or set username.`)),
        ...hosts
            .map(placeOf)
            .filter((place, index, places) => places.indexOf(place) !== index)
            .map((place) => missing(`${place} is named twice.`, 'Name each machine once.')),
        ...(hosts.length > 1 && !wait
            ? [missing('wait is false, but there are several machines, which take turns.', 'Leave wait out, or name one machine.')]
            : []),
        ...(key.trim() === '' ? [missing('key is not set.', 'Pass the private key: key: ${{ secrets.DEPLOY_KEY }}')] : []),
        ...(knownHosts.trim() === '' && !insecureHostKey
            ? [
                missing('known-hosts is not set, so that nobody could tell the machine from an impostor.', `Run \`ssh-keyscan ${portFlag(hosts[0])}${hosts[0]?.host ?? 'HOST'}\`, compare the keys with those on the machine (/etc/ssh/ssh_host_*.pub), and pass the lines.`),
            ]
            : []),
    ];
}
function portFlag(address) {
    return address === undefined || address.port === 22 ? '' : `-p ${address.port} `;
}
/** Connects to every machine, asks each for its facts, and hands them over; the connections are closed afterwards, however it ends. */
async function withHosts(inputs, agent, root, project, use) {
    const connections = [];
    try {
        const hosts = [];
        for (const address of inputs.hosts) {
            const ssh = await connectSsh(targetOf(inputs, address));
            connections.push(ssh);
            hosts.push({ ssh, probe: await (0,probe/* probe */.d)(ssh, agent, root, project) });
        }
        return await use(hosts);
    }
    finally {
        await Promise.all(connections.map((connection) => connection[Symbol.asyncDispose]()));
    }
}
function targetOf({ key, passphrase, knownHosts, insecureHostKey, proxy, timeout }, address) {
    return {
        ...address,
        key: textOrFile(key),
        passphrase,
        knownHosts: insecureHostKey ? 'insecure' : textOrFile(knownHosts),
        proxy: proxy === undefined ? undefined : { ...proxy, key: textOrFile(proxy.key) },
        connectSeconds: timeout,
    };
}
/** Turns failures on the way to a machine into a diagnostic; anything else is a bug and goes on. */
function remoteDiagnostic(error) {
    if (error instanceof remote_error/* RemoteError */.H)
        return error.diagnostic;
    throw error;
}


/***/ }),

/***/ 70567:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   CV: () => (/* binding */ refusedRemotely),
/* harmony export */   Jd: () => (/* binding */ deployResult),
/* harmony export */   Pg: () => (/* binding */ findings),
/* harmony export */   gN: () => (/* binding */ describeEvent)
/* harmony export */ });
/* harmony import */ var _deploy_plan_format_plan_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(51737);
/* harmony import */ var _report_redact_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(17234);
/* harmony import */ var _report_services_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(95995);
/* harmony import */ var _report_table_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(71799);




/** A command that stopped before it changed anything on a machine. */
function refusedRemotely(title, diagnostics, secrets, exitCode) {
    return {
        exitCode,
        diagnostics,
        secrets,
        text: 'Nothing was changed on any machine.\n',
        data: { changed: false },
        summary: (0,_report_redact_js__WEBPACK_IMPORTED_MODULE_1__/* .redact */ .E$)(`## nself: ${title}\n\n${findings(diagnostics)}`, secrets),
    };
}
/** A line of the host's journal, for whoever waits. */
function describeEvent(host, { event, service, detail }) {
    return `${[host, service, event, detail].filter((word) => word !== '').join(': ')}`;
}
/** What `deploy` did, or with `dry-run` would do. */
function deployResult(project, plans, outcome, diagnostics, secrets) {
    const { states, isDryRun } = outcome;
    const all = [...diagnostics, ...outcome.diagnostics];
    const failed = outcome.diagnostics.length > 0;
    const changed = plans.some(({ isUnchanged, host }) => !isUnchanged && (isDryRun || states.get(host) === 'done' || states.get(host) === 'running'));
    const { urls, services, environment } = (0,_report_services_js__WEBPACK_IMPORTED_MODULE_2__/* .projectData */ .OJ)(project, []);
    const title = isDryRun ? 'deploy, dry run' : failed ? 'deploy failed' : 'deploy';
    const rows = plans.map((plan) => [
        plan.host,
        plan.isUnchanged ? 'unchanged' : isDryRun ? 'would change' : (states.get(plan.host) ?? 'untouched'),
    ]);
    const text = `${plans.map(_deploy_plan_format_plan_js__WEBPACK_IMPORTED_MODULE_0__/* .formatPlan */ .n).join('\n')}\n${rows.map(([host, state]) => `${host}: ${state}\n`).join('')}`;
    const links = Object.entries(urls).map(([name, url]) => `* ${(0,_report_table_js__WEBPACK_IMPORTED_MODULE_3__/* .escapeCell */ .kq)(name)}: <${url}>\n`);
    const summary = `## nself: ${title}\n\nProject **${(0,_report_table_js__WEBPACK_IMPORTED_MODULE_3__/* .escapeCell */ .kq)(project.name)}**, environment **${(0,_report_table_js__WEBPACK_IMPORTED_MODULE_3__/* .escapeCell */ .kq)(environment)}**.\n\n${(0,_report_table_js__WEBPACK_IMPORTED_MODULE_3__/* .markdownTable */ .Qj)(['machine', 'state'], rows)}\n${plans.map(_deploy_plan_format_plan_js__WEBPACK_IMPORTED_MODULE_0__/* .formatPlanMarkdown */ .S).join('\n')}\n${links.join('')}\n${findings(all)}`;
    return {
        exitCode: failed ? 1 : 0,
        diagnostics: all,
        secrets,
        text: (0,_report_redact_js__WEBPACK_IMPORTED_MODULE_1__/* .redact */ .E$)(text, secrets),
        data: {
            environment,
            services,
            urls,
            url: Object.values(urls)[0] ?? '',
            changed,
            release: serving(plans[0], states),
            'previous-release': plans[0]?.current ?? '',
            'dry-run': isDryRun,
            machines: plans.map((plan) => ({ ...plan, state: states.get(plan.host) ?? 'untouched' })),
        },
        summary: (0,_report_redact_js__WEBPACK_IMPORTED_MODULE_1__/* .redact */ .E$)(summary, secrets),
    };
}
// The release that serves on the first machine, or will: a failed one does not.
function serving(plan, states) {
    const state = states.get(plan?.host ?? '');
    return (state === 'failed' || state === 'rolled back' ? plan?.current : plan?.release) ?? '';
}
/** Findings as a Markdown table; nothing when there is none. */
function findings(diagnostics) {
    if (diagnostics.length === 0)
        return '';
    return `### Findings\n\n${(0,_report_table_js__WEBPACK_IMPORTED_MODULE_3__/* .markdownTable */ .Qj)(['', 'code', 'what', 'fix'], diagnostics.map(({ severity, code, message, fix }) => [severity, code, message, fix]))}`;
}


/***/ }),

/***/ 48816:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   l: () => (/* binding */ checkTargetInputs),
/* harmony export */   q: () => (/* binding */ checkTargetHost)
/* harmony export */ });
/* harmony import */ var _config_diagnostics_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(24699);
/* harmony import */ var _deploy_plan_host_plan_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(11919);
/* harmony import */ var _deploy_swarm_stack_service_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(33459);



/** Inputs that mean nothing for `target: swarm`. */
function checkTargetInputs({ target, hosts, observe, restartEdge, maintenance }) {
    if (target !== 'swarm')
        return [];
    const refused = [
        [
            hosts.length > 1,
            'host names several machines, but a swarm is reached through one.',
            'Name one manager; the swarm knows its machines.',
        ],
        [
            observe > 0,
            'observe is set, but a swarm has no old tasks left that traffic could move back to.',
            'Leave it out: each update is watched for five seconds, and taken back by the swarm when a task ends or gets unhealthy.',
        ],
        [restartEdge, 'restart-edge is set, but in a swarm nginx is replaced whenever it differs.', 'Leave it out.'],
        [
            maintenance !== 'unchanged',
            'maintenance is set, but its flag is a file on one machine, and nginx runs on several.',
            'Answer 503 at the load balancer, or scale nginx’s service down.',
        ],
    ];
    return refused.filter(([isSet]) => isSet).map(([, message, fix]) => (0,_config_diagnostics_js__WEBPACK_IMPORTED_MODULE_0__/* .diagnose */ .h4)('NB819', `target is swarm: ${message}`, fix));
}
/** What keeps a machine from taking this target. `bundle` is the release that is to come, when there is one. */
function checkTargetHost(target, { ssh, probe }, bundle) {
    const manifest = (0,_deploy_plan_host_plan_js__WEBPACK_IMPORTED_MODULE_2__/* .readManifest */ .W)(probe.manifest);
    const there = manifest?.target ?? 'hosts';
    return [
        ...(manifest === undefined || there === target
            ? []
            : [
                (0,_config_diagnostics_js__WEBPACK_IMPORTED_MODULE_0__/* .diagnose */ .h4)('NB820', `${ssh.host}: ${manifest.release} was deployed with target: ${there}, and is still current there.`, `Deploy with target: ${there}, or end that one first (${endOf(there, manifest)}) and use another deploy-path. Volumes stay; their names are the same.`),
            ]),
        ...(target === 'swarm' && probe.docker !== '' ? checkSwarm(ssh.host, probe.swarm, bundle) : []),
    ];
}
function endOf(target, { project, environment }) {
    const stack = `${project}-${environment}`;
    return target === 'swarm' ? `docker stack rm ${stack}` : `docker compose -p ${stack}-edge down; docker compose -p ${stack} down`;
}
function checkSwarm(host, swarm, bundle) {
    const problem = (message, fix) => (0,_config_diagnostics_js__WEBPACK_IMPORTED_MODULE_0__/* .diagnose */ .h4)('NB813', `${host}: ${message}`, fix);
    if (swarm === undefined || swarm.state !== 'active')
        return [
            problem('the machine is in no Docker Swarm.', 'Make one on it: docker swarm init --advertise-addr ADDRESS-OF-ITS-PRIVATE-NETWORK (live-restore must be off). Other machines join with what it prints.'),
        ];
    if (!swarm.manager)
        return [problem('the machine is a worker of its swarm.', 'Set host to a manager: docker node ls, on any manager, lists them.')];
    const needsData = bundle !== undefined && [...bundle.files.values()].some((text) => text.includes(_deploy_swarm_stack_service_js__WEBPACK_IMPORTED_MODULE_1__/* .dataConstraint */ .oy));
    if (!needsData || swarm.dataNodes === 1)
        return [];
    if (swarm.dataNodes > 1)
        return [
            problem(`${swarm.dataNodes} machines carry the label nself.data, but a volume is on one of them.`, 'Take it from the others: docker node update --label-rm nself.data NODE'),
        ];
    return [
        problem('no machine of the swarm is chosen for what keeps data.', 'Choose one for good, since its volumes stay there: docker node update --label-add nself.data=true NODE (docker node ls lists them).'),
    ];
}


/***/ }),

/***/ 51737:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   S: () => (/* binding */ formatPlanMarkdown),
/* harmony export */   n: () => (/* binding */ formatPlan)
/* harmony export */ });
/* harmony import */ var _report_table_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(71799);

const signs = {
    create: '+',
    roll: '~',
    overlap: '~',
    recreate: '-/+',
    start: '+',
    run: '>',
    clean: '-',
    remove: '-',
    differs: '!',
    keep: '=',
};
const edgeWords = {
    create: 'starts',
    restart: 'restarts, as asked for: about a second without answers',
    reload: 'reloads its files',
    replace: 'is replaced, one machine after the other: a few seconds without answers on each',
    differs: 'stays, though its image, ports or mounts differ; restart-edge: true replaces it (about a second without answers)',
    keep: 'stays as it is',
};
/** A plan for a terminal. */
function formatPlan(plan) {
    const { host, release, current, services, unknown } = plan;
    const head = `${host}: release ${release}${current === release ? ' (current)' : current === '' ? ' on an empty host' : `, now ${current}`}\n`;
    const rows = services.map((service) => [`  ${signs[service.action]}`, service.name, service.action, detailOf(service)]);
    const foreign = unknown.length === 0 ? '' : `  not of this deploy, left alone: ${unknown.join(', ')}\n`;
    return `${head}${(0,_report_table_js__WEBPACK_IMPORTED_MODULE_0__/* .textTable */ .ed)(['', 'service', 'action', ''], rows)}${variableLines(plan)
        .map((line) => `  ${line}\n`)
        .join('')}${foreign}  nginx ${edgeWords[plan.edge]}.\n${summaryLine(plan)}\n`;
}
/** A plan as Markdown. */
function formatPlanMarkdown(plan) {
    const { host, release, current, services, unknown } = plan;
    const rows = services.map((service) => [signs[service.action], service.name, service.action, detailOf(service)]);
    const lines = [
        ...variableLines(plan).map(_report_table_js__WEBPACK_IMPORTED_MODULE_0__/* .escapeCell */ .kq),
        `nginx ${edgeWords[plan.edge]}.`,
        ...(unknown.length === 0 ? [] : [`Not of this deploy, left alone: ${(0,_report_table_js__WEBPACK_IMPORTED_MODULE_0__/* .escapeCell */ .kq)(unknown.join(', '))}`]),
        summaryLine(plan),
    ];
    return `### ${(0,_report_table_js__WEBPACK_IMPORTED_MODULE_0__/* .escapeCell */ .kq)(host)}: release \`${release}\`${current === '' || current === release ? '' : `, now \`${(0,_report_table_js__WEBPACK_IMPORTED_MODULE_0__/* .escapeCell */ .kq)(current)}\``}\n\n${(0,_report_table_js__WEBPACK_IMPORTED_MODULE_0__/* .markdownTable */ .Qj)(['', 'service', 'action', ''], rows)}\n${lines.map((line) => `* ${line}\n`).join('')}`;
}
function detailOf({ action, reasons, replicas, migrates, name }) {
    const count = action === 'create' && replicas > 1 ? [`${replicas} replicas`] : [];
    const migration = migrates ? ['its migration runs first'] : [];
    const advice = action === 'differs' ? [`left alone, since it keeps data; recreate: ${name} replaces it`] : [];
    return [...reasons, ...count, ...migration, ...advice].join('; ');
}
function variableLines({ variables: { added, changed, removed } }) {
    const parts = Object.entries({ new: added, changed, gone: removed }).filter(([, names]) => names.length > 0);
    return parts.map(([word, names]) => `variables, ${word}: ${names.join(', ')}`);
}
const counted = [
    ['create', 'to create'],
    ['roll', 'to roll'],
    ['overlap', 'to replace side by side'],
    ['recreate', 'to recreate'],
    ['start', 'to start'],
    ['clean', 'to clean up'],
    ['remove', 'to remove'],
    ['keep', 'unchanged'],
    ['differs', 'different, left alone'],
];
function summaryLine({ isUnchanged, services }) {
    if (isUnchanged)
        return 'Nothing to do.';
    const parts = counted.map(([action, words]) => [services.filter((service) => service.action === action).length, words]);
    return `Plan: ${parts
        .filter(([count]) => count > 0)
        .map(([count, words]) => `${count} ${words}`)
        .join(', ')}.`;
}


/***/ }),

/***/ 11919:
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
    const untidy = untidiness(service, own.length - good.length, live, manifest, probe, options);
    return untidy.length === 0 ? { ...base, action: 'keep' } : { ...base, action: 'clean', reasons: untidy };
}
// What is to be put right though the service runs as it should.
function untidiness({ name, class: serviceClass }, leftOver, live, manifest, probe, options) {
    const isRolled = serviceClass === 'roll';
    const edge = planEdge(manifest, probe, options);
    const hasName = !isRolled || probe.names.includes(name) || edge === 'create' || edge === 'restart';
    const hasFlag = !isRolled || probe.green.includes(name) === live.some(({ color }) => color === 'green');
    return [
        ...(leftOver === 0 ? [] : ['containers of an interrupted run are left over']),
        ...(hasFlag ? [] : ['its flag points to the colour without containers']),
        ...(hasName ? [] : ['other services cannot find it by its name']),
    ];
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
    // The agent takes what is paused or on its way up for running.
    if (container === undefined || !['running', 'restarting', 'paused'].includes(container.state))
        return 'create';
    if (restartEdge && container.hash !== edge.hash)
        return 'restart';
    if (probe.edgeHash !== edgeHash)
        return 'reload';
    return container.hash === edge.hash ? 'keep' : 'differs';
}


/***/ }),

/***/ 14458:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   i: () => (/* binding */ planSwarm)
/* harmony export */ });
/* harmony import */ var _host_plan_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(11919);

/** Compares a release with the services of a swarm, whose tasks the probe has in the place of containers. nginx is always brought up to date. */
function planSwarm(host, manifest, probe, { recreate, newCertificates }) {
    const plan = (0,_host_plan_js__WEBPACK_IMPORTED_MODULE_0__/* .planHost */ .A)(host, manifest, probe, { recreate, restartEdge: true });
    const replaces = plan.edge === 'restart' || plan.edge === 'reload' || (newCertificates && plan.edge !== 'create');
    return replaces ? { ...plan, edge: 'replace', isUnchanged: false } : plan;
}


/***/ }),

/***/ 41132:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   BC: () => (/* binding */ shortHash),
/* harmony export */   F2: () => (/* binding */ treeHash),
/* harmony export */   Qx: () => (/* binding */ stackName),
/* harmony export */   uv: () => (/* binding */ networkName)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(77598);

/** The Compose project of the services on a host. */
function stackName({ name, environment }) {
    return `${name}-${environment.name}`;
}
/** The network that services and nginx share; the agent makes it. */
function networkName(project) {
    return `${stackName(project)}_network`;
}
/** The first hexadecimal digits of the SHA-256 of a text. */
function shortHash(text, digits) {
    return (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(text).digest('hex').slice(0, digits);
}
/** The hash of nginx's files. */
function treeHash(tree) {
    return shortHash(JSON.stringify([...tree]), 16);
}


/***/ }),

/***/ 6228:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   JN: () => (/* binding */ readAnswer),
/* harmony export */   Lp: () => (/* binding */ agentName),
/* harmony export */   Vh: () => (/* binding */ lockedExit),
/* harmony export */   a$: () => (/* binding */ runAgent),
/* harmony export */   zA: () => (/* binding */ agentCommand)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(77598);
/* harmony import */ var _remote_error_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(24260);
/* harmony import */ var _shell_command_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(28639);



/** The exit code of an agent that found the lock taken. */
const lockedExit = 75;
/** The name under which this version of the agent is installed. */
function agentName(agent) {
    return `agent-${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(agent).digest('hex').slice(0, 12)}.sh`;
}
/** A command line for the installed agent. */
function agentCommand(agent, root, ...words) {
    const [verb = '', ...rest] = words;
    return (0,_shell_command_js__WEBPACK_IMPORTED_MODULE_2__/* .shellCommand */ .q)(['sh', `${root}/state/${agentName(agent)}`, verb, root, ...rest]);
}
/** Runs the agent. Anything but success or "locked" is NB858 with the agent's own words, which say what to do. */
async function runAgent(ssh, command, options) {
    const result = await ssh.run(command, options);
    if (result.exitCode === 0 || result.exitCode === lockedExit)
        return result;
    const [message = '', ...fix] = (result.stderr || result.stdout).trim().split('\n');
    throw new _remote_error_js__WEBPACK_IMPORTED_MODULE_1__/* .RemoteError */ .H('NB858', `${ssh.host}: ${message || `the command ended with code ${result.exitCode}`}`, fix.join('\n') || 'Nothing was changed by this step. Repair what the message names, and run the command again.');
}
/** Reads the agent's JSON answer. A login shell that prints a greeting first is no problem; anything else is NB859. */
function readAnswer(ssh, text) {
    try {
        return JSON.parse(text.slice(Math.max(0, text.search(/^\{/m))));
    }
    catch {
        throw new _remote_error_js__WEBPACK_IMPORTED_MODULE_1__/* .RemoteError */ .H('NB859', `${ssh.host} answered something that is not the agent: ${JSON.stringify(text.slice(0, 200))}.`, 'Does the account run another program at login (a forced command, a menu, a script that ends with exit)? It must be able to run sh.');
    }
}


/***/ }),

/***/ 11489:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  c: () => (/* binding */ deliver),
  Z: () => (/* binding */ installAgent)
});

// EXTERNAL MODULE: ./build/deploy/remote/agent.js
var remote_agent = __webpack_require__(6228);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: ./node_modules/tar-stream/index.js
var tar_stream = __webpack_require__(56118);
// EXTERNAL MODULE: ./build/config/diagnostics.js + 1 modules
var diagnostics = __webpack_require__(24699);
;// CONCATENATED MODULE: ./build/deploy/remote/pack.js



/** Packs files (path → content) with a SHA256SUMS of them all. Modes: 0644; no owner, no times. */
function packRelease(files) {
    const sorted = [...files].sort(([a], [b]) => (0,diagnostics/* compare */.UD)(a, b));
    const sums = sorted.map(([path, content]) => `${sha256(content)}  ${path}\n`).join('');
    const stream = (0,tar_stream.pack)();
    for (const [name, content] of [['SHA256SUMS', sums], ...sorted])
        stream.entry({ name, mode: 0o644, mtime: new Date(0), uid: 0, gid: 0 }, content);
    stream.finalize();
    return { stream: stream, sum: sha256(sums) };
}
function sha256(text) {
    return (0,external_node_crypto_.createHash)('sha256').update(text).digest('hex');
}

// EXTERNAL MODULE: ./build/deploy/remote/shell-command.js
var shell_command = __webpack_require__(28639);
;// CONCATENATED MODULE: ./build/deploy/remote/deliver.js



// $1 is ROOT, $2 the agent's name, which holds its checksum. By rename, so that no run ever starts half an agent.
const install = `set -eu; umask 077
if ! mkdir -p "$1/state" 2>/dev/null || ! [ -w "$1/state" ]; then
  printf '%s cannot be written by %s.\\n' "$1" "$(id -un)" >&2
  printf 'Make it once on the host: sudo install -d -m 0700 -o %s -g %s %s\\n' "$(id -un)" "$(id -gn)" "$1" >&2
  exit 1
fi
new="$1/state/$2.$$"; trap 'rm -f "$new"' EXIT; cat >"$new"
[ "agent-$(sha256sum "$new" | cut -c 1-12).sh" = "$2" ] || { echo 'The agent did not arrive whole.' >&2; exit 1; }
mv -f "$new" "$1/state/$2"`;
/** Puts this version of the agent on the host, unless it is there. */
async function installAgent(ssh, agent, root, probe) {
    if (!probe.agents.includes((0,remote_agent/* agentName */.Lp)(agent)))
        await (0,remote_agent/* runAgent */.a$)(ssh, (0,shell_command/* shellCommand */.q)(['sh', '-c', install, 'sh', root, (0,remote_agent/* agentName */.Lp)(agent)]), {
            stdin: Buffer.from(agent),
            timeoutSeconds: 60,
        });
}
/** Brings what the host does not have yet: agent, values, release. Up to three round trips; none when all is there and whole. */
async function deliver(ssh, delivery, probe) {
    const { agent, root, release, secrets } = delivery;
    await installAgent(ssh, agent, root, probe);
    if (!probe.secrets.includes(secrets.hash))
        await (0,remote_agent/* runAgent */.a$)(ssh, (0,remote_agent/* agentCommand */.zA)(agent, root, 'secrets', secrets.hash), { stdin: Buffer.from(secrets.text), timeoutSeconds: 60 });
    if (!probe.releases.some(({ id, intact }) => id === release.id && intact)) {
        const { stream, sum } = packRelease(release.files);
        await (0,remote_agent/* runAgent */.a$)(ssh, (0,remote_agent/* agentCommand */.zA)(agent, root, 'receive', release.id, sum), { stdin: stream, timeoutSeconds: 600 });
    }
}


/***/ }),

/***/ 82243:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   d: () => (/* binding */ probe),
/* harmony export */   i: () => (/* binding */ readRelease)
/* harmony export */ });
/* harmony import */ var _agent_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6228);
/* harmony import */ var _shell_command_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(28639);


/** Asks the host for its facts, in one round trip; nothing needs to be installed there. `root` is absolute, `project` the Compose project. */
async function probe(ssh, agent, root, project) {
    const command = (0,_shell_command_js__WEBPACK_IMPORTED_MODULE_1__/* .shellCommand */ .q)(['sh', '-s', 'probe', root, project]);
    const { stdout } = await (0,_agent_js__WEBPACK_IMPORTED_MODULE_0__/* .runAgent */ .a$)(ssh, command, { stdin: Buffer.from(agent), timeoutSeconds: 60 });
    return (0,_agent_js__WEBPACK_IMPORTED_MODULE_0__/* .readAnswer */ .JN)(ssh, stdout);
}
/** The manifest.json of a release on the host; null when it is not there, or not whole. */
async function readRelease(ssh, agent, root, release) {
    const command = (0,_shell_command_js__WEBPACK_IMPORTED_MODULE_1__/* .shellCommand */ .q)(['sh', '-s', 'manifest', root, release]);
    const { stdout } = await (0,_agent_js__WEBPACK_IMPORTED_MODULE_0__/* .runAgent */ .a$)(ssh, command, { stdin: Buffer.from(agent), timeoutSeconds: 60 });
    return (0,_agent_js__WEBPACK_IMPORTED_MODULE_0__/* .readAnswer */ .JN)(ssh, stdout);
}


/***/ }),

/***/ 24260:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   H: () => (/* binding */ RemoteError),
/* harmony export */   W: () => (/* binding */ isPassing)
/* harmony export */ });
/* harmony import */ var _config_diagnostics_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(24699);

/** Something on the way to the host, or on it, failed: what was tried, and what to do next. */
class RemoteError extends Error {
    diagnostic;
    constructor(code, message, fix) {
        super(message);
        this.diagnostic = (0,_config_diagnostics_js__WEBPACK_IMPORTED_MODULE_0__/* .diagnose */ .h4)(code, message, fix);
    }
}
/** Whether the host was out of reach for a while: what goes on there is not known, and asking again may tell. */
function isPassing(error) {
    return error instanceof RemoteError && (error.diagnostic.code === 'NB852' || error.diagnostic.code === 'NB856');
}


/***/ }),

/***/ 28639:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   q: () => (/* binding */ shellCommand)
/* harmony export */ });
/**
 * A command line for a POSIX shell in which every word is just that word, whatever it holds. The only place where text for a remote shell
 * is made.
 */
function shellCommand(words) {
    for (const word of words)
        if (word.includes('\0'))
            throw new Error('a NUL byte cannot be an argument');
    return words.map(quoteWord).join(' ');
}
function quoteWord(word) {
    return /^[A-Za-z0-9_/:=.,@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}


/***/ }),

/***/ 33459:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  $d: () => (/* binding */ configsOf),
  oy: () => (/* binding */ dataConstraint),
  kG: () => (/* binding */ deployment),
  Ow: () => (/* binding */ memoryMounts),
  jq: () => (/* binding */ serviceKey),
  i1: () => (/* binding */ stackService),
  dW: () => (/* binding */ withoutForeign)
});

// UNUSED EXPORTS: configName, mapTexts, updatePolicy

// EXTERNAL MODULE: ./build/render/yaml.js
var yaml = __webpack_require__(60198);
// EXTERNAL MODULE: ./build/deploy/release/names.js
var names = __webpack_require__(41132);
;// CONCATENATED MODULE: ./build/deploy/swarm/plain-references.js
/** What stands before a variable's name in a stack file: the agent sets them, and none of them is one that a program looks at. */
const valuePrefix = 'VALUE_';
const plain_references_name = /^[A-Za-z_][A-Za-z0-9_]*/;
/**
 * Rewrites a compose text for `docker stack deploy`, which knows fewer forms: whatever a reference falls back to is decided here, by which
 * variables have a value. What stays is `$$` and `${VALUE_NAME}`; no value is written.
 */
function plainReferences(text, values) {
    let plain = '';
    for (let rest = text;;) {
        const at = rest.indexOf('$');
        if (at === -1)
            return plain + rest;
        plain += rest.slice(0, at);
        rest = rest.slice(at + 1);
        const braced = rest.startsWith('{');
        const word = plain_references_name.exec(braced ? rest.slice(1) : rest)?.[0];
        if (word === undefined) {
            plain += '$$';
            rest = rest.startsWith('$') ? rest.slice(1) : rest;
            continue;
        }
        if (!braced) {
            plain += referenceTo(word, '', '', values);
            rest = rest.slice(word.length);
            continue;
        }
        const end = closingBrace(rest);
        const inner = rest.slice(1 + word.length, end);
        const operator = /^:?[-?+]/.exec(inner)?.[0] ?? '';
        plain += referenceTo(word, operator, inner.slice(operator.length), values);
        rest = rest.slice(end + 1);
    }
}
function referenceTo(word, operator, operand, values) {
    const value = values.get(word);
    const counts = value !== undefined && !(operator.startsWith(':') && value === '');
    if (operator.endsWith('+'))
        return counts ? plainReferences(operand, values) : '';
    if (operator.endsWith('-') && !counts)
        return plainReferences(operand, values);
    return value === undefined ? '' : `\${${valuePrefix}${word}}`;
}
// A fallback may hold references of its own.
function closingBrace(text) {
    let depth = 0;
    for (let index = 0; index < text.length; index++) {
        if (text[index] === '{' && (index === 0 || text[index - 1] === '$'))
            depth++;
        if (text[index] === '}' && --depth === 0)
            return index;
    }
    return text.length;
}

;// CONCATENATED MODULE: ./build/deploy/swarm/stack-service.js



/** Where what keeps data runs: a volume is on one machine, so that the service must stay there. */
const dataConstraint = 'node.labels.nself.data == true';
/** How long a task is watched after it runs. */
const monitor = '5s';
/** Between two tasks. What nginx asks again of another task, since one has ended under it, is answered before that one's turn comes. */
const delay = '10s';
/** The name of a service in the stack. nginx has the name of a rolled one, so that calls of other services are safe while tasks change. */
function serviceKey({ name, class: serviceClass }) {
    return serviceClass === 'roll' ? `${name}-app` : name;
}
/** How tasks are replaced. Without `failure_action` a swarm stops half way. */
function updatePolicy(order) {
    const common = { order, parallelism: 1, delay, monitor, max_failure_ratio: 0 };
    return { update_config: { ...common, failure_action: 'rollback' }, rollback_config: { ...common, failure_action: 'pause' } };
}
/** What all services of a stack have under `deploy`. Every address of a name is a task's own (`dnsrr`): nginx sees which of them are there. */
function deployment(order) {
    return { endpoint_mode: 'dnsrr', restart_policy: { condition: 'any', delay: '2s' }, ...updatePolicy(order) };
}
/** Turns a service's compose entry into the one of a stack file, without labels. Replicas stay out of it: scaling is no new version. */
function stackService(definition, values) {
    const { deploy, volumes, ...rest } = withoutForeign(definition.content);
    const mounts = (volumes ?? []);
    const { resources } = (deploy ?? {});
    const isStatic = definition.class === 'static';
    const isPinned = mounts.length > 0;
    return mapTexts({
        ...rest,
        volumes: [...mounts.filter((volume) => !volume.includes('NSELF_ROOT')), ...memoryMounts(definition.content)],
        deploy: {
            ...deployment(isStatic || definition.class === 'recreate' ? 'stop-first' : 'start-first'),
            ...(resources === undefined ? {} : { resources }),
            ...(isPinned ? { placement: { constraints: [dataConstraint] } } : {}),
        },
    }, (text) => plainReferences(text, values));
}
/** What `docker stack deploy` ignores or refuses, or says by other words. */
function withoutForeign(content) {
    const foreign = ['restart', 'security_opt', 'ports', 'shm_size', 'tmpfs', 'depends_on'];
    return Object.fromEntries(Object.entries(content).filter(([key]) => !foreign.includes(key)));
}
/** `tmpfs` and `shm_size` as mounts. */
function memoryMounts({ tmpfs = [], shm_size: shared }) {
    const mount = (target, more = {}) => ({ type: 'tmpfs', target, ...more });
    const megabytes = /^(\d+)m$/.exec(shared ?? '')?.[1];
    return [
        ...tmpfs.map((target) => mount(target)),
        ...(megabytes === undefined ? [] : [mount('/dev/shm', { tmpfs: { size: Number(megabytes) * 2 ** 20 } })]),
    ];
}
/** The name of a config of the stack: a content that changes is another config, since a swarm's configs never change. */
function configName(project, content) {
    // A name has at most 64 characters.
    return `${(0,names/* stackName */.Qx)(project).slice(0, 40)}_${(0,names/* shortHash */.BC)(JSON.stringify([(0,names/* stackName */.Qx)(project), content]), 16)}`;
}
/** Configs by name, and where a service sees them: `path` is that of the file in the release. */
function configsOf(project, files) {
    return {
        configs: Object.fromEntries(files.map(({ path, content }) => {
            const name = configName(project, content);
            return [name, { name: (0,yaml/* quoted */.TL)(name), file: `../${path}` }];
        })),
        mounts: files.map(({ content, target }) => ({ source: configName(project, content), target })),
    };
}
/** A copy in which every text has become another one. */
function mapTexts(value, change) {
    if (typeof value === 'string')
        return change(value);
    if (value instanceof yaml/* Quoted */.v5)
        return (0,yaml/* quoted */.TL)(change(value.text));
    if (Array.isArray(value))
        return value.map((item) => mapTexts(item, change));
    if (value === null || typeof value !== 'object')
        return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapTexts(item, change)]));
}


/***/ }),

/***/ 28794:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $r: () => (/* binding */ targetOf),
/* harmony export */   F2: () => (/* binding */ parseReference),
/* harmony export */   H$: () => (/* binding */ loginKey),
/* harmony export */   hG: () => (/* binding */ familiarName)
/* harmony export */ });
/** Takes a reference apart. The text must be a valid reference. */
function parseReference(text) {
    const [named = '', digest] = text.split('@');
    const slash = named.indexOf('/');
    const first = slash === -1 ? '' : named.slice(0, slash);
    const hasRegistry = /[.:]/.test(first) || first === 'localhost';
    const registry = hasRegistry ? first.replace(/^index\.docker\.io$/, 'docker.io') : 'docker.io';
    const path = hasRegistry ? named.slice(slash + 1) : named;
    const colon = path.lastIndexOf(':');
    const repository = colon === -1 ? path : path.slice(0, colon);
    return {
        registry,
        repository: registry === 'docker.io' && !repository.includes('/') ? `library/${repository}` : repository,
        tag: colon === -1 ? undefined : path.slice(colon + 1),
        digest,
    };
}
/** The short form of a name and its tag, as BuildKit looks up named contexts: `node:24`, `ghcr.io/acme/base`. */
function familiarName({ registry, repository, tag }) {
    const name = registry === 'docker.io' ? repository.replace(/^library\//, '') : `${registry}/${repository}`;
    return tag === undefined || tag === 'latest' ? name : `${name}:${tag}`;
}
/** The manifest that a reference means: its digest, else its tag, else `latest`. */
function targetOf({ tag, digest }) {
    return digest ?? tag ?? 'latest';
}
/** The key under which Docker's configuration keeps the login of a registry; Docker Hub's is historical. */
function loginKey(registry) {
    return registry === 'docker.io' ? 'https://index.docker.io/v1/' : registry;
}


/***/ })

};
