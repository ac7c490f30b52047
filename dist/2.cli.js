export const id = 2;
export const ids = [2];
export const modules = {

/***/ 49002:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  pullRequest: () => (/* binding */ pullRequest)
});

// EXTERNAL MODULE: external "node:timers/promises"
var promises_ = __webpack_require__(58500);
// EXTERNAL MODULE: ./build/config/diagnostics.js + 1 modules
var config_diagnostics = __webpack_require__(24699);
;// CONCATENATED MODULE: ./build/pull-request/failures.js

/** A request to GitHub that failed for good: what was tried, and what came back. */
class ApiProblem extends Error {
    what;
    status;
    needed;
    remaining;
    constructor(what, { status, message, needed, remaining }) {
        super(message);
        this.name = 'ApiProblem';
        this.what = what;
        this.status = status;
        this.needed = needed;
        this.remaining = remaining;
    }
}
const permissions = '`permissions: { contents: write, pull-requests: write }`';
/** Says what a failure means and what to do next; the state of things, where something was written. */
function explainProblem(problem, attempt) {
    const { what, status, message, needed, remaining } = problem;
    const { repository, branch } = attempt;
    const state = stateOf(attempt);
    const failed = `GitHub did not let us ${what}`;
    const says = `: ${message.replace(/ - https:\/\/docs\.github\.com\S*/, '').slice(0, 300)} (${status ?? 'no answer'}).${state}`;
    if (/not permitted to create or approve pull requests/i.test(message))
        return (0,config_diagnostics/* diagnose */.h4)('NB702', `${failed}: the repository does not allow GitHub Actions to create pull requests.${state}`, `Open it by hand: ${compareLink(attempt)} ; or tick "Allow GitHub Actions to create and approve pull requests" under Settings → Actions → General, of the organization too, and run again.`);
    if (/rate limit|abuse detection/i.test(message) || ((status === 403 || status === 429) && remaining === '0'))
        return (0,config_diagnostics/* diagnose */.h4)('NB706', `${failed}: the rate limit lasts longer than we wait.${state}`, 'Run the job again in an hour; it goes on where it stopped.');
    if (status === 403 && /archived|read-only/i.test(message))
        return (0,config_diagnostics/* diagnose */.h4)('NB705', `${repository} is archived: nothing can be written to it.`, 'Unarchive it, or remove this workflow.');
    if (/protected branch|repository rule|rule violations|protected ref|cannot force-push/i.test(message))
        return (0,config_diagnostics/* diagnose */.h4)('NB704', `${failed}: a rule protects ${branch}${says}`, `Let the token's owner bypass the rule for nself/**, or set branch to a name that no rule covers.`);
    if (/workflow/i.test(message) && /scope|permission/i.test(message))
        return (0,config_diagnostics/* diagnose */.h4)('NB703', `${failed}${says}`, 'Files below .github/workflows need a token with the workflows permission.');
    if (status === 409 && /empty/i.test(message))
        return (0,config_diagnostics/* diagnose */.h4)('NB711', `${repository} has no commit yet.`, 'Commit the env files first; there is nothing to open a pull request for.');
    if (status === 401)
        return (0,config_diagnostics/* diagnose */.h4)('NB703', `The token is not valid${says}`, 'Leave the token input out, or renew the token.');
    if (status === 403 || (status === 404 && !/read/.test(what)))
        return (0,config_diagnostics/* diagnose */.h4)('NB703', `${failed}: the token may not${says}`, `${needed === undefined ? `Give the job ${permissions}` : `Give the token ${needed.replaceAll('_', '-').replaceAll('=', ': ')}; in a job: ${permissions}`}. A pull request from a fork never gets them: run on push or on a schedule.`);
    if (status === 404)
        return (0,config_diagnostics/* diagnose */.h4)('NB711', `${repository} was not found, or the token may not see it.`, 'Check GITHUB_REPOSITORY and the token.');
    return (0,config_diagnostics/* diagnose */.h4)('NB712', `${failed}${says}`, 'Run the job again; it goes on where it stopped.');
}
function stateOf({ branch, isPushed }) {
    if (isPushed)
        return ` The branch ${branch} is written.`;
    return ` Nothing was written${branch === '' ? '' : ` to ${branch}`}.`;
}
/** The page on which a person opens the pull request with one more click. */
function compareLink({ url, base, branch }) {
    return `${url}/compare/${path(base)}...${path(branch)}?quick_pull=1`;
}
function path(branch) {
    return branch.split('/').map(encodeURIComponent).join('/');
}

;// CONCATENATED MODULE: ./build/adapters/github/connect.js
const longestWait = 15 * 60;
const mostWaits = 4;
/** An octokit that waits as long as GitHub asks, a few times, and says so: a job that only hangs is stopped by hand. */
async function connect(token, progress) {
    const [{ getOctokit }, { retry }, { throttling }] = await Promise.all([
        Promise.all(/* import() */[__webpack_require__.e(119), __webpack_require__.e(758)]).then(__webpack_require__.bind(__webpack_require__, 11758)),
        Promise.all(/* import() */[__webpack_require__.e(251), __webpack_require__.e(735)]).then(__webpack_require__.bind(__webpack_require__, 49735)),
        Promise.all(/* import() */[__webpack_require__.e(251), __webpack_require__.e(856)]).then(__webpack_require__.bind(__webpack_require__, 86856)),
    ]);
    const wait = (what) => (seconds, options, _octokit, waits) => {
        const { method, url } = options;
        const isWorthIt = waits < mostWaits && seconds <= longestWait;
        progress(`GitHub: ${what} reached at ${method} ${url}; ${isWorthIt ? `waiting ${seconds} s, as it asks` : `not waiting ${seconds} s`}.`);
        return isWorthIt;
    };
    const throttle = { onRateLimit: wait('rate limit'), onSecondaryRateLimit: wait('secondary rate limit') };
    const log = { debug: () => { }, info: () => { }, warn: () => { }, error: () => { } };
    return getOctokit(token, { throttle, log }, retry, throttling);
}

;// CONCATENATED MODULE: ./build/adapters/github/request.js

/** Runs a request; what goes wrong becomes an `ApiProblem` that says what was tried. */
async function call(what, request) {
    try {
        return await request();
    }
    catch (error) {
        const { message, response, cause } = error;
        const headers = response?.headers ?? {};
        throw new ApiProblem(what, {
            status: statusOf(error),
            message: message || String(cause?.message ?? error),
            needed: headers['x-accepted-github-permissions'],
            remaining: headers['x-ratelimit-remaining'],
        });
    }
}
/** The HTTP status of what a request threw; nothing when there was no answer. */
function statusOf(error) {
    const { status } = error;
    return typeof status === 'number' ? status : undefined;
}
/** Nothing for what is not found. */
async function optional(request) {
    try {
        return await request;
    }
    catch (error) {
        if (error instanceof ApiProblem && error.status === 404)
            return undefined;
        throw error;
    }
}
/** False when the request was refused (422) for the expected reason. */
async function unless(expected, request) {
    try {
        await request;
        return true;
    }
    catch (error) {
        if (error instanceof ApiProblem && error.status === 422 && expected.test(error.message))
            return false;
        throw error;
    }
}

;// CONCATENATED MODULE: ./build/adapters/github/read.js

/** The newest commit of a branch. */
async function readBranch({ rest }, repository, branch) {
    const { data } = await rest.git.getRef({ ...repository, ref: `heads/${branch}` });
    return readCommit({ rest }, repository, data.object.sha);
}
/** One commit. */
async function readCommit({ rest }, repository, sha) {
    const { data: commit } = await rest.git.getCommit({ ...repository, commit_sha: sha });
    return {
        sha: commit.sha,
        tree: commit.tree.sha,
        message: commit.message,
        parents: commit.parents.map(({ sha }) => sha),
        verified: commit.verification?.verified === true,
    };
}
/** All files of a tree. One too large for one answer is read folder by folder. */
async function readTree(octokit, repository, sha) {
    const { data } = await octokit.rest.git.getTree({ ...repository, tree_sha: sha, recursive: '1' });
    if (!data.truncated)
        return filesOf(data.tree);
    const { data: level } = await octokit.rest.git.getTree({ ...repository, tree_sha: sha });
    const all = filesOf(level.tree);
    for (const folder of level.tree.filter(({ type }) => type === 'tree'))
        for (const [path, entry] of await readTree(octokit, repository, folder.sha))
            all.set(`${folder.path}/${path}`, entry);
    return all;
}
function filesOf(entries) {
    return new Map(entries.filter(({ type }) => type !== 'tree').map(({ path, mode, sha }) => [path, { mode, sha }]));
}
/** What a branch has that its base has not. */
async function compareBranches({ rest }, repository, base, head) {
    try {
        const { data } = await rest.repos.compareCommitsWithBasehead({ ...repository, basehead: `${base}...${head.sha}`, per_page: 100 });
        return { head, mergeBase: data.merge_base_commit.sha, ahead: data.commits.map(toCommit) };
    }
    catch (error) {
        if (statusOf(error) !== 404)
            throw error;
        // The base branch was rewritten: nothing in common. Only the newest commits can be ours or people's.
        const { data } = await rest.repos.listCommits({ ...repository, sha: head.sha, per_page: 10 });
        return { head, mergeBase: undefined, ahead: data.map(toCommit) };
    }
}
/** A pull request as GitHub describes it. */
function toPull({ number, html_url, title, body, state, merged_at, head, user }) {
    const isOpen = state === 'open';
    return {
        number,
        url: html_url,
        title,
        body: body ?? '',
        state: isOpen ? 'open' : 'closed',
        isMerged: merged_at !== null,
        head: head.sha,
        author: user?.login ?? '',
    };
}
function toCommit({ sha, commit, parents }) {
    return { sha, tree: commit.tree.sha, message: commit.message, parents: parents.map((parent) => parent.sha) };
}

;// CONCATENATED MODULE: ./build/adapters/github/client.js





/** Connects to the repository `owner/name` at `GITHUB_API_URL`, be it github.com, an enterprise server or an emulator. */
async function openGitHub(token, name, progress) {
    const octokit = await connect(token, progress);
    const [owner = '', repo = ''] = name.split('/');
    const repository = { owner, repo };
    const { git, pulls, repos, issues, checks } = octokit.rest;
    return {
        repository: () => call('read the repository', async () => {
            const { data } = await repos.get(repository);
            return { defaultBranch: data.default_branch, isArchived: data.archived === true, url: data.html_url };
        }),
        branch: (branch) => optional(call(`read the branch ${branch}`, async () => readBranch(octokit, repository, branch))),
        commit: (sha) => call('read a commit', async () => readCommit(octokit, repository, sha)),
        tree: (sha) => call('read the files', async () => readTree(octokit, repository, sha)),
        blob: (sha) => call('read a file', async () => {
            const { data } = await git.getBlob({ ...repository, file_sha: sha });
            return Buffer.from(data.content, data.encoding === 'base64' ? 'base64' : 'utf8');
        }),
        branchesOf: (start) => call('look for branches', async () => {
            const refs = await octokit.paginate(git.listMatchingRefs, { ...repository, ref: `heads/${start}`, per_page: 100 });
            return refs.map(({ ref }) => ref.slice('refs/heads/'.length)).sort();
        }),
        compare: (base, head) => call('compare the branches', async () => compareBranches(octokit, repository, base, head)),
        pulls: (branch, base) => call('look for pull requests', async () => {
            const { data } = await pulls.list({
                ...repository,
                head: `${owner}:${branch}`,
                base,
                state: 'all',
                sort: 'created',
                direction: 'desc',
            });
            return data.filter((pull) => pull.head.ref === branch && pull.base.ref === base).map(toPull);
        }),
        createBlob: (content) => call('write a file', async () => {
            const { data } = await git.createBlob({ ...repository, content: content.toString('base64'), encoding: 'base64' });
            return data.sha;
        }),
        createTree: (base, entries) => call('write the files', async () => {
            const tree = entries.map((entry) => ({ ...entry, mode: entry.mode, type: 'blob' }));
            return (await git.createTree({ ...repository, base_tree: base, tree })).data.sha;
        }),
        // Without an author: GitHub then signs with the token of an app or of a job.
        createCommit: (message, tree, parent) => call('write a commit', async () => {
            const { data } = await git.createCommit({ ...repository, message, tree, parents: [parent] });
            return { sha: data.sha, tree, message, parents: [parent], verified: data.verification?.verified === true };
        }),
        createBranch: (branch, sha) => unless(/already exists/i, call(`create the branch ${branch}`, async () => git.createRef({ ...repository, ref: `refs/heads/${branch}`, sha }))),
        moveBranch: (branch, sha) => unless(/does not exist/i, call(`move the branch ${branch}`, async () => git.updateRef({ ...repository, ref: `heads/${branch}`, sha, force: true }))),
        deleteBranch: async (branch) => {
            const deletion = call(`delete the branch ${branch}`, async () => git.deleteRef({ ...repository, ref: `heads/${branch}` }));
            await unless(/does not exist/i, deletion);
        },
        createPull: (pull) => call('create the pull request', async () => toPull((await pulls.create({ ...repository, ...pull })).data)),
        updatePull: (number, changes) => call(`update pull request ${number}`, async () => void (await pulls.update({ ...repository, pull_number: number, ...changes }))),
        addPeople: (number, people) => addPeople(octokit, repository, number, people),
        comments: (number) => call('read the comments', async () => {
            const all = await octokit.paginate(issues.listComments, { ...repository, issue_number: number, per_page: 100 });
            return all.map(({ body }) => body ?? '');
        }),
        comment: (number, body) => call('write a comment', async () => void (await issues.createComment({ ...repository, issue_number: number, body }))),
        hasCheck: (check, sha) => call('read the checks', async () => {
            const { data } = await checks.listForRef({ ...repository, ref: sha, check_name: check });
            return data.check_runs.some(({ name: found }) => found === check);
        }),
        createCheck: ({ name: check, sha, conclusion, title, summary }) => call(`write the check ${check}`, async () => {
            await checks.create({ ...repository, name: check, head_sha: sha, status: 'completed', conclusion, output: { title, summary } });
        }),
        identity: async () => {
            try {
                const { data } = await octokit.rest.users.getAuthenticated();
                return `${data.name ?? data.login} <${data.email ?? `${data.id}+${data.login}@users.noreply.github.com`}>`;
            }
            catch {
                return undefined;
            }
        },
    };
}
const patience = [1000, 2000, 4000];
// Just opened, a pull request may not be there yet for the next request.
async function patiently(request) {
    for (const wait of [...patience, undefined])
        try {
            await request();
            return;
        }
        catch (error) {
            const isEarly = error instanceof ApiProblem && error.status === 422 && /could not resolve to a node/i.test(error.message);
            if (!isEarly || wait === undefined)
                throw error;
            await (0,promises_.setTimeout)(wait);
        }
}
async function addPeople({ rest }, repository, number, people) {
    const { labels, assignees, reviewers, teamReviewers, milestone } = people;
    const issue = { ...repository, issue_number: number };
    const problems = new Map();
    const add = async (kind, isWanted, request) => {
        if (!isWanted)
            return;
        try {
            await patiently(() => call(`set the ${kind}`, request));
        }
        catch (error) {
            if (!(error instanceof ApiProblem))
                throw error;
            problems.set(kind, error);
        }
    };
    await add('labels', labels.length > 0, () => rest.issues.addLabels({ ...issue, labels: [...labels] }));
    await add('assignees', assignees.length > 0, () => rest.issues.addAssignees({ ...issue, assignees: [...assignees] }));
    await add('milestone', milestone !== '', () => rest.issues.update({ ...issue, milestone: Number(milestone) }));
    await add('reviewers', reviewers.length + teamReviewers.length > 0, () => rest.pulls.requestReviewers({ ...repository, pull_number: number, reviewers: [...reviewers], team_reviewers: [...teamReviewers] }));
    return problems;
}

// EXTERNAL MODULE: ./build/adapters/prefix.js
var adapters_prefix = __webpack_require__(17645);
// EXTERNAL MODULE: ./build/report/redact.js
var redact = __webpack_require__(17234);
// EXTERNAL MODULE: ./build/report/services.js
var report_services = __webpack_require__(95995);
// EXTERNAL MODULE: ./build/report/summary.js + 1 modules
var report_summary = __webpack_require__(20132);
// EXTERNAL MODULE: ./build/scaffold/lock.js
var lock = __webpack_require__(60508);
// EXTERNAL MODULE: ./build/commands/generate.js
var generate = __webpack_require__(85232);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(73024);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./build/adapters/files.js
var files = __webpack_require__(63058);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
;// CONCATENATED MODULE: ./build/pull-request/git-tree.js


/** The name that git gives to a file's content. */
function blobSha(content) {
    return (0,external_node_crypto_.createHash)('sha1').update(`blob ${content.length}\0`).update(content).digest('hex');
}
/** What turns one tree into the other, sorted by path. */
function diffTrees(before, after) {
    return [...new Set([...before.keys(), ...after.keys()])]
        .filter((path) => !isSame(before.get(path), after.get(path)))
        .sort(config_diagnostics/* compare */.UD)
        .map((path) => ({ path, before: before.get(path), after: after.get(path) }));
}
function isSame(a, b) {
    return a?.sha === b?.sha && a?.mode === b?.mode;
}
/**
 * Names a set of edits: equal for equal edits of equal files, whatever else the base branch holds. A branch that carries it needs no
 * new commit.
 */
function digestOf(edits) {
    const side = (entry) => (entry === undefined ? '-' : `${entry.mode} ${entry.sha}`);
    const lines = edits.map(({ path, before, after }) => `${side(before)} ${side(after)} ${path}\0`);
    return (0,external_node_crypto_.createHash)('sha256').update(lines.join('')).digest('hex');
}
/** The part of a tree below a folder (''; or with a final `/`), with paths seen from there. */
function below(tree, folder) {
    if (folder === '')
        return tree;
    return new Map([...tree].flatMap(([path, entry]) => (path.startsWith(folder) ? [[path.slice(folder.length), entry]] : [])));
}

// EXTERNAL MODULE: ./build/scaffold/changes.js
var changes = __webpack_require__(92514);
;// CONCATENATED MODULE: ./build/pull-request/virtual-tree.js



const isFile = ({ mode }) => mode === '100644' || mode === '100755';
/** Opens a tree of git for the planner, with the rules of the one on disk: no links, no files where folders belong. */
function virtualTree(base, contentOf) {
    const files = new Map(base);
    const folders = new Map();
    const place = (path) => {
        for (let name = path; name !== '';) {
            const slash = name.lastIndexOf('/');
            const folder = slash === -1 ? '' : name.slice(0, slash);
            const names = folders.get(folder) ?? new Set();
            if (names.has(name))
                return;
            folders.set(folder, names.add(name));
            name = folder;
        }
    };
    const remove = (path) => {
        files.delete(path);
        for (let name = path; name !== '';) {
            const slash = name.lastIndexOf('/');
            const folder = slash === -1 ? '' : name.slice(0, slash);
            const names = folders.get(folder);
            names?.delete(name);
            if (names === undefined || names.size > 0)
                return;
            folders.delete(folder);
            name = folder;
        }
    };
    for (const path of files.keys())
        place(path);
    const problemAt = (path) => {
        const entry = files.get(path);
        if (entry !== undefined)
            throw new changes/* PathProblem */.V(path, entry.mode === '120000' ? 'link' : 'not a file');
    };
    const verifyParents = (path) => {
        for (let slash = path.indexOf('/'); slash !== -1; slash = path.indexOf('/', slash + 1))
            problemAt(path.slice(0, slash));
    };
    const entryOf = (path) => {
        verifyParents(path);
        const entry = files.get(path);
        if (entry !== undefined && !isFile(entry))
            problemAt(path);
        if (folders.has(path))
            throw new changes/* PathProblem */.V(path, 'not a file');
        return entry;
    };
    const childrenOf = (path) => {
        verifyParents(path);
        problemAt(path);
        return folders.get(path);
    };
    return {
        tree: {
            read: (path) => {
                const entry = entryOf(path);
                return entry === undefined ? undefined : (entry.content ?? contentOf(path, entry));
            },
            isExecutable: (path) => entryOf(path)?.mode === '100755',
            // git knows no empty folders.
            directory: (path) => (childrenOf(path) === undefined ? 'missing' : 'full'),
            list: (path) => [...(childrenOf(path) ?? [])].map((child) => child.slice(path.length + 1)).sort(config_diagnostics/* compare */.UD),
        },
        apply: (changes) => {
            for (const change of changes) {
                if (change.kind === 'delete')
                    remove(change.path);
                else if (change.kind === 'move') {
                    for (const [path, entry] of [...files].filter(([path]) => path.startsWith(`${change.path}/`))) {
                        remove(path);
                        const to = change.to + path.slice(change.path.length);
                        files.set(to, entry);
                        place(to);
                    }
                }
                else {
                    const { path, content, executable } = change;
                    files.set(path, { mode: executable ? '100755' : '100644', sha: blobSha(content), content });
                    place(path);
                }
            }
        },
        files: () => new Map(files),
    };
}

;// CONCATENATED MODULE: ./build/commands/pull-request/base-files.js






/** Opens the project's folder `prefix` ('' or with a final `/`) of a tree. */
function openBaseFiles(whole, prefix, root, github, base) {
    const entries = below(whole, prefix);
    const known = new Map();
    const missing = new Set();
    const replaced = new Set();
    const contentOf = (path, { sha }) => {
        const found = known.get(sha) ?? fromDisk(root, path, sha);
        if (found === undefined)
            missing.add(sha);
        else
            known.set(sha, found);
        return found;
    };
    const envFile = (file) => {
        const entry = entries.get(file);
        // Not in the repository: written by a step before this one, say.
        if (entry === undefined || !entry.mode.startsWith('100'))
            return (0,files/* readEnvFile */.SF)(root, file);
        const content = contentOf(file, entry);
        if (readDisk(root, file) !== undefined && fromDisk(root, file, entry.sha) === undefined)
            replaced.add(file);
        return content === undefined ? undefined : (0,files/* decodeEnvFile */.cV)(file, content.length, () => content);
    };
    return {
        prefix,
        entries,
        content: (path) => {
            const entry = entries.get(path);
            return entry === undefined ? undefined : contentOf(path, entry);
        },
        planWith: async (plan) => {
            for (;;) {
                missing.clear();
                const tree = virtualTree(entries, contentOf);
                const result = await plan({ tree: tree.tree, envFile }, tree);
                if (missing.size === 0)
                    return result;
                await Promise.all([...missing].map(async (sha) => known.set(sha, await github.blob(sha))));
            }
        },
        diagnostics: () => [...replaced].sort().map((file) => (0,config_diagnostics/* diagnose */.h4)('NB701', `${file} of this checkout is not what ${base} has: the pull request is made from ${base}.`, `Commit the change to ${base}, or use the input env.`, {
            file,
            line: 1,
            column: 1,
        })),
    };
}
function fromDisk(root, path, sha) {
    const content = readDisk(root, path);
    if (content === undefined || blobSha(content) === sha)
        return content;
    // A checkout may have turned the line endings around.
    const turned = content.includes('\r\n') ? Buffer.from(content.toString('latin1').replaceAll('\r\n', '\n'), 'latin1') : undefined;
    return turned !== undefined && blobSha(turned) === sha ? turned : undefined;
}
function readDisk(root, path) {
    try {
        const place = (0,external_node_path_.join)(root, path);
        return (0,external_node_fs_.lstatSync)(place).isFile() ? (0,external_node_fs_.readFileSync)(place) : undefined;
    }
    catch {
        return undefined;
    }
}

;// CONCATENATED MODULE: ./build/pull-request/commits.js
const trailers = /^Nself-Edits: ([0-9a-f]{64})\nNself-Tree: ([0-9a-f]{40,64})$/m;
/** The commit's message with the lines by which a later run knows it as its own. */
function withTrailers(message, signoff, edits, tree) {
    const signed = signoff === undefined ? '' : `\nSigned-off-by: ${signoff}`;
    return `${message.trim()}\n\nNself-Edits: ${edits}\nNself-Tree: ${tree}${signed}\n`;
}
/**
 * The digest of the edits that a commit of ours brings; nothing for a commit of people's. The tree decides: a commit of ours that
 * someone amended or rebased holds another one, and is theirs.
 */
function editsOf(commit) {
    const claims = claimsOf(commit);
    return claims?.tree === commit.tree ? claims.edits : undefined;
}
/** What a commit's message says that we wrote: the digest of its edits, and its tree. Whether that is so is another matter. */
function claimsOf({ message }) {
    const [, edits, tree] = trailers.exec(message) ?? [];
    return edits === undefined || tree === undefined ? undefined : { edits, tree };
}

// EXTERNAL MODULE: ./build/scaffold/find-markers.js
var find_markers = __webpack_require__(39010);
;// CONCATENATED MODULE: ./build/pull-request/allowed.js
/** What generating may ever write, seen from the project. */
const generated = [
    /^docker-compose(?:\.custom)?\.yml$/,
    /^docker-bake\.json$/,
    /^(?:deploy\/[^/]+\/)?(?:nginx|postgres)\//,
    /^deploy\/[^/]+\/[^/]+$/,
    /^services\//,
];
/** What no template can make it write: workflows, which need a right of their own, and where secrets lie. */
const never = /(?:^|\/)(?:\.git|\.github|ssl)\/|(?:^|\/)\.env[^/]*$/i;
/** Whether a pull request may change this path of a project that lies in `prefix` ('' or with a final `/`) of its repository. */
function isAllowed(path, prefix = '') {
    return generated.some((pattern) => pattern.test(path)) && !never.test(path) && !/(?:^|\/)\.git(?:hub)?\//i.test(prefix);
}

// EXTERNAL MODULE: ./build/scaffold/merge/markers.js
var markers = __webpack_require__(55215);
// EXTERNAL MODULE: ./build/commands/project/prepare.js + 1 modules
var prepare = __webpack_require__(94986);
;// CONCATENATED MODULE: ./build/commands/pull-request/plan-pull-request.js





/** Plans the pull request. With conflicts in it, the first step is what merges without, and the second adds the files with markers. */
async function planPullRequest(context, base) {
    const whole = await planFiles(context, base);
    const { projects, diagnostics, secrets } = whole;
    if (projects.length === 0)
        return { projects, steps: [], edits: [], refused: [], diagnostics, secrets };
    const all = diffTrees(base.entries, whole.files);
    const mayChange = ({ path }) => isAllowed(path, base.prefix);
    const edits = all.filter(mayChange);
    const refused = all.filter((edit) => !mayChange(edit)).map(({ path }) => path);
    const rest = { projects, edits, refused, diagnostics, secrets };
    if (!edits.some(bringsMarkers))
        return { ...rest, steps: edits.length === 0 ? [] : [edits] };
    const clean = await planFiles({ ...context, inputs: { ...context.inputs, onConflict: 'keep' } }, base);
    const first = diffTrees(base.entries, clean.files).filter(mayChange);
    const second = diffTrees(clean.files, whole.files).filter(mayChange);
    return { ...rest, steps: [first, second].filter((step) => step.length > 0) };
}
/** Whether an edit writes a conflict into a file. */
function bringsMarkers({ after }) {
    return after?.content !== undefined && (0,markers/* firstMarker */.dj)(after.content.toString('utf8')) !== undefined;
}
function planFiles(context, base) {
    const { inputs, handEdits } = context;
    return base.planWith(async (files, tree) => {
        const projects = [];
        const found = new Map();
        const secrets = new Set();
        // Each sees what the one before it left, so that all of them share one lock.
        for (const environment of [inputs.environment, ...inputs.environments]) {
            const policy = handEdits === 'overwrite' ? handEdits : 'report';
            const prepared = await (0,prepare/* prepare */.i)({ ...context, handEdits: policy, inputs: { ...inputs, environment } }, files);
            for (const diagnostic of prepared.diagnostics)
                found.set(JSON.stringify(diagnostic), diagnostic);
            for (const secret of prepared.secrets)
                secrets.add(secret);
            if (prepared.project === undefined || prepared.changes === undefined)
                continue;
            tree.apply(prepared.changes);
            projects.push(prepared.project);
        }
        const diagnostics = (0,config_diagnostics/* sortDiagnostics */.Ds)([...found.values()]);
        return { projects: (0,config_diagnostics/* hasErrors */.Cs)(diagnostics) ? [] : projects, files: tree.files(), diagnostics, secrets: [...secrets] };
    });
}

;// CONCATENATED MODULE: ./build/commands/pull-request/merge-check.js






const merge_check_name = 'nself/merge';
/**
 * Sets the check `nself/merge` on a new commit of the branch, whosever it is: it fails while a scaffolded file holds conflict
 * markers. Without the permission to, only a failure is worth a word.
 */
async function setMergeCheck(github, { head, pull, isPeoples, verified }, edits, place) {
    if (head === undefined)
        return [];
    // People's, or made by GitHub when someone brought the branch up to date.
    const isOthers = verified === undefined && editsOf(head) === undefined;
    if (verified === undefined && !(isOthers && (isPeoples || pull?.state === 'open')))
        return [];
    let files = [];
    try {
        if (isOthers && (await github.hasCheck(merge_check_name, head.sha)))
            return [];
        files = isOthers ? await conflictsAt(github, head.tree, place) : edits.filter(bringsMarkers).map(({ path }) => path);
        const isGood = files.length === 0;
        await github.createCheck({
            name: merge_check_name,
            sha: head.sha,
            conclusion: isGood ? 'success' : 'failure',
            title: isGood ? 'No conflicts' : `Conflicts in ${files.length === 1 ? '1 file' : `${files.length} files`}`,
            summary: isGood
                ? 'No scaffolded file holds conflict markers.'
                : `Choose between both sides and delete the markers:\n\n${files.map((file) => `* \`${file}\``).join('\n')}`,
        });
        return [];
    }
    catch (error) {
        if (!(error instanceof ApiProblem))
            throw error;
        if (files.length === 0)
            return [];
        const message = `The check ${merge_check_name} could not be set (${error.status ?? 'no answer'}), though there are conflicts in ${files.join(', ')}.`;
        return [(0,config_diagnostics/* diagnose */.h4)('NB713', message, 'Give the job `checks: write`, so that the pull request shows it.')];
    }
}
function conflictsAt(github, tree, { prefix, root }) {
    return github.tree(tree).then((whole) => openBaseFiles(whole, prefix, root, github, '').planWith(async ({ tree: files }) => {
        const found = (0,find_markers/* findMarkers */.X)(files, (_, { state }) => state === 'conflict');
        return found.map(({ position }) => prefix + (position?.file ?? ''));
    }));
}

;// CONCATENATED MODULE: ./build/commands/pull-request/plan-parts.js


/**
 * Plans the pull requests of a run: one, or with `split: service` one for each service whose template has news, and one for the rest.
 * A branch of an earlier run whose service has no part of its own any more gets an empty plan, which closes its pull request.
 */
async function planParts(context, base, branch, github) {
    const whole = await planPullRequest(context, base);
    if (whole.projects.length === 0)
        return [{ branch, plan: whole }];
    const services = context.inputs.split === 'all' ? [] : updatedServices(whole, base);
    const rest = services.length === 0 ? whole : await planPullRequest({ ...context, scope: { without: services } }, base);
    const parts = [{ branch, plan: rest }];
    for (const service of services)
        parts.push({ branch: `${branch}--${service}`, plan: await planPullRequest({ ...context, scope: { only: service } }, base) });
    const known = new Set(parts.map((part) => part.branch));
    const left = (await github.branchesOf(`${branch}--`)).filter((name) => !known.has(name));
    parts.push(...left.map((name) => ({ branch: name, plan: { ...whole, steps: [], edits: [], refused: [], diagnostics: [] } })));
    return parts;
}
// Those that were there before and keep their name: what is new or moves goes along with compose and nginx.
function updatedServices({ edits }, base) {
    const { services } = (0,lock/* lockOf */.Vx)(base.content(lock/* lockPath */.HZ));
    const after = (0,lock/* lockOf */.Vx)(edits.find(({ path }) => path === lock/* lockPath */.HZ)?.after?.content);
    return Object.keys(services).filter((name) => after.services[name]?.orphaned === false &&
        edits.some(({ path, before }) => before !== undefined && path.startsWith(`services/${name}/`)));
}

// EXTERNAL MODULE: ./build/report/table.js
var table = __webpack_require__(71799);
;// CONCATENATED MODULE: ./build/pull-request/conflicts.js
const block = /^<{7} yours\r?\n([\s\S]*?)^\|{7} base\r?\n[\s\S]*?^={7}\r?\n([\s\S]*?)^>{7} (template \S+ \S+)\r?$/gm;
const longestSide = 2000;
/** The conflicts in a text, each side shortened where it is long. */
function conflictsIn(text) {
    return [...text.matchAll(block)].map(({ index, 1: ours = '', 2: theirs = '', 3: label = '' }) => ({
        line: text.slice(0, index).split('\n').length,
        ours: shorten(ours),
        theirs: shorten(theirs),
        label,
    }));
}
function shorten(side) {
    const text = side.replaceAll('\r\n', '\n').trimEnd();
    return text.length > longestSide ? `${text.slice(0, longestSide)}\n…` : text;
}

;// CONCATENATED MODULE: ./build/pull-request/body.js




/** GitHub takes 65,536 characters; text of people's may stand around ours. */
const longest = 60_000;
const begin = '<!-- nself-build -->';
const end = /<!-- \/nself-build (\{[^>]*\}) -->/;
/** Our part of the body: as much of the report as fits, and the state, hidden. `hide` takes secrets out of text. */
function composeBody(report, state, hide) {
    const marker = `<!-- /nself-build ${JSON.stringify({ v: 1, ...state })} -->`;
    // What others wrote, a side of a conflict say, may hold marks of its own.
    const frame = (text) => `${begin}\n${hide(text).replace(/<!--(?= *\/?nself-build)/g, '<! --')}\n${marker}`;
    for (const detail of details) {
        const body = frame(reportText(report, detail));
        if (body.length <= longest)
            return body;
    }
    return frame(`This changes ${report.edits.length} files of \`${report.base}\`. The report is too long for this place: the log of the run has it.`);
}
/** The body with our part renewed, and everything that people wrote around it; `undefined` when they took our part out. */
function renewBody(current, ours) {
    const text = current.replaceAll('\r\n', '\n');
    const start = text.indexOf(begin);
    const stop = end.exec(text);
    if (start === -1 || stop === null || stop.index < start)
        return undefined;
    return text.slice(0, start) + ours + text.slice(stop.index + stop[0].length);
}
/** The state in a body; nothing when there is none that can be read. */
function body_stateOf(body) {
    try {
        const { v, edits, title } = JSON.parse(end.exec(body)?.[1] ?? '');
        return v === 1 && typeof edits === 'string' && typeof title === 'string' ? { edits, title } : undefined;
    }
    catch {
        return undefined;
    }
}
function titleHash(title) {
    return (0,external_node_crypto_.createHash)('sha256').update(title.trim()).digest('hex').slice(0, 16);
}
const details = [
    { rows: 500, conflicts: 50, files: 1000 },
    { rows: 500, conflicts: 50, files: 100 },
    { rows: 200, conflicts: 10, files: 50 },
    { rows: 100, conflicts: 0, files: 20 },
    { rows: 20, conflicts: 0, files: 0 },
];
function reportText(report, { rows, conflicts, files }) {
    const { intro, base, services, effects, edits, diagnostics, prefix } = report;
    const sections = [
        intro,
        `\`nself-build\` made this from the \`CS_N\` lines and templates: what \`${base}\` lacks of the files that they stand for.`,
        services.length === 0 ? '' : `### Services\n\n${body_table(['service', 'what', 'line', 'files'], services.map(serviceCells), rows)}`,
        effectsText(effects, rows),
        conflictsText(edits, prefix, conflicts),
        findingsText(diagnostics, rows),
        filesText(edits, prefix, files),
        'Commits of yours on this branch are safe: from then on `nself-build` leaves it alone. To decline, close this and keep its branch.',
    ];
    return sections.filter((section) => section !== '').join('\n\n');
}
function serviceCells({ name, reason, line, files }) {
    return [name, reason, line, String(files)];
}
function effectsText(effects, rows) {
    const changed = [...effects].filter(([, lines]) => lines.length > 0);
    if (changed.length === 0)
        return '';
    const lists = changed.map(([environment, lines]) => `**${(0,table/* escapeCell */.kq)(environment)}**\n\n${some(lines.map((line) => `* ${(0,table/* escapeCell */.kq)(line)}`), rows, 'lines')}`);
    return `### What runs and answers\n\n${lists.join('\n\n')}`;
}
function conflictsText(edits, prefix, shown) {
    const found = edits.flatMap(({ path, after }) => after?.content === undefined ? [] : conflictsIn(after.content.toString('utf8')).map((conflict) => ({ path, ...conflict })));
    if (found.length === 0)
        return '';
    const blocks = found.slice(0, shown).map(({ path, line, ours, theirs, label }) => {
        const places = `**${(0,table/* escapeCell */.kq)(prefix + path)}**, line ${line}`;
        return `${places}: yours\n\n${fence(ours)}\n\n${(0,table/* escapeCell */.kq)(label)}:\n\n${fence(theirs)}`;
    });
    const paths = [...new Set(found.map(({ path }) => prefix + path))];
    return `### Conflicts: ${found.length}

You and the template changed the same lines. The last commit has both, between markers: choose in this branch, with an editor or on this page, and delete the markers. Until then the check \`nself/merge\` fails and nothing is built from these files.

${shown === 0
        ? some(paths.map((path) => `* ${(0,table/* escapeCell */.kq)(path)}`), 20, 'files')
        : some(blocks, shown, 'conflicts', found.length)}`;
}
function findingsText(diagnostics, rows) {
    if (diagnostics.length === 0)
        return '';
    const cells = diagnostics.map(({ severity, code, message, fix, position }) => [
        severity,
        code,
        position === undefined ? '' : `${position.file}:${position.line}`,
        message,
        fix,
    ]);
    return `### Findings\n\n${body_table(['', 'code', 'where', 'what', 'fix'], cells, rows)}`;
}
function filesText(edits, prefix, shown) {
    if (shown === 0)
        return `${edits.length} files change.`;
    const visible = edits.filter(({ path }) => !path.startsWith(`${lock/* baseFolder */.YR}/`));
    const copies = edits.length - visible.length;
    const lines = visible.map(({ path, before, after }) => `${verb(before, after)} ${prefix}${path}`);
    const rest = copies === 0 ? '' : `\nand ${copies} pristine copies in ${prefix}${lock/* baseFolder */.YR}`;
    return `<details><summary>${visible.length} files</summary>\n\n${fence(some(lines, shown, 'files') + rest)}\n</details>`;
}
function verb(before, after) {
    if (before === undefined)
        return 'new    ';
    if (after === undefined)
        return 'gone   ';
    return before.sha === after.sha ? 'mode   ' : 'changed';
}
function body_table(header, rows, shown) {
    const more = rows.length > shown ? `\n…and ${rows.length - shown} more` : '';
    return `${(0,table/* markdownTable */.Qj)(header, rows.slice(0, shown)).trimEnd()}${more}`;
}
function some(lines, shown, what, all = lines.length) {
    return [...lines.slice(0, shown), ...(all > shown ? [`…and ${all - shown} more ${what}`] : [])].join('\n');
}
// Longer than any fence inside.
function fence(text) {
    const longestRun = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
    const ticks = '`'.repeat(longestRun + 1);
    return `${ticks}\n${text}\n${ticks}`;
}

;// CONCATENATED MODULE: ./build/pull-request/clean-merges.js


/**
 * The branch without merges of the base branch that brought nothing of their own, as GitHub's button "Update branch" makes them: they
 * are no work of people's. One that resolved a conflict, or sneaked in an edit, stays.
 */
async function withoutCleanMerges(branch, read) {
    const ahead = new Map(branch.ahead.map((commit) => [commit.sha, commit]));
    let { head } = branch;
    const merges = [];
    while (editsOf(head) === undefined) {
        const [first = '', second = ''] = head.parents;
        const below = ahead.get(first);
        // Merged from somewhere else than the base branch: its commits are people's.
        if (head.parents.length !== 2 || below === undefined || ahead.has(second))
            return branch;
        merges.push(head);
        head = below;
    }
    if (merges.length === 0)
        return branch;
    const ours = await editsBetween(await read.commit(bottomOf(head, ahead)), head, read);
    for (const merge of merges) {
        const brought = await editsBetween(await read.commit(merge.parents[1] ?? ''), merge, read);
        if (brought !== ours)
            return branch;
    }
    const gone = new Set(merges.map(({ sha }) => sha));
    return { ...branch, head, isMergedInto: true, ahead: branch.ahead.filter(({ sha }) => !gone.has(sha)) };
}
/** Where a chain of our commits begins: the commit of the base branch below it. */
function bottomOf(head, ahead) {
    const parent = head.parents[0] ?? '';
    const below = ahead.get(parent);
    return below === undefined || editsOf(below) === undefined ? parent : bottomOf(below, ahead);
}
async function editsBetween(before, after, { tree }) {
    const edits = diffTrees(await tree(before.tree), await tree(after.tree));
    return JSON.stringify(edits.map(({ path, after: now }) => [path, now?.mode, now?.sha]));
}

;// CONCATENATED MODULE: ./build/pull-request/decide.js


/** What to do, given the digest of the edits that the base branch needs (`undefined`: none), the branch, and its pull requests, newest first. */
function decide(edits, branch, pulls) {
    const pull = pulls.find(({ state }) => state === 'open');
    const commits = branch === undefined || isSpent(branch, pulls) ? [] : commitsOfPeople(branch);
    if (commits.length > 0 && (edits !== undefined || pull !== undefined))
        return { kind: 'people', pull, commits };
    if (edits === undefined)
        return pull === undefined ? { kind: 'none' } : { kind: 'close', pull };
    const isCurrent = branch !== undefined && holds(branch, edits);
    if (pull !== undefined)
        return { kind: 'write', push: !isCurrent, pull };
    const last = pulls[0];
    if (isCurrent && last !== undefined && !last.isMerged && last.head === branch.head.sha)
        return { kind: 'declined', pull: last };
    return { kind: 'write', push: !isCurrent, pull: undefined };
}
/** Its work is in the base branch, whatever its commits look like there. */
function isSpent({ head }, pulls) {
    return pulls.some((pull) => pull.isMerged && pull.head === head.sha) && pulls.every(({ state }) => state === 'closed');
}
// Ours begin at the base branch, so what lies on top of them is people's. What lies below is the base's, even after it was rewritten.
function commitsOfPeople({ head, ahead }) {
    return editsOf(head) === undefined ? ahead.filter((commit) => editsOf(commit) === undefined) : [];
}
function holds({ head, mergeBase, ahead, isMergedInto = false }, edits) {
    if (editsOf(head) !== edits || mergeBase === undefined)
        return false;
    return isMergedInto || bottomOf(head, new Map(ahead.map((commit) => [commit.sha, commit]))) === mergeBase;
}

;// CONCATENATED MODULE: ./build/pull-request/rebased.js



/**
 * The branch with commits of ours that were moved onto a newer base branch, as GitHub's button "Update with rebase" does: while they bring
 * the very edits that we wrote, they are no work of people's.
 */
async function withRebased(branch, read) {
    const claims = claimsOf(branch.head);
    if (claims === undefined || claims.tree === branch.head.tree)
        return branch;
    const bottom = bottomOfClaims(branch);
    if (bottom === undefined)
        return branch;
    const before = await read.tree((await read.commit(bottom)).tree);
    if (digestOf(diffTrees(before, await read.tree(branch.head.tree))) !== claims.edits)
        return branch;
    const asWritten = (commit) => ({ ...commit, tree: claimsOf(commit)?.tree ?? commit.tree });
    return { ...branch, head: asWritten(branch.head), ahead: branch.ahead.map(asWritten) };
}
/** The branch without what GitHub's buttons do that bring it up to date with its base: no work of people's. */
async function withoutUpdates(branch, read) {
    return withRebased(await withoutCleanMerges(branch, read), read);
}
/** The commit below those that all call themselves ours; nothing when there is another among them. */
function bottomOfClaims({ head, ahead }) {
    const left = new Map(ahead.map((commit) => [commit.sha, commit]));
    let [current, bottom] = [head, undefined];
    while (current !== undefined) {
        if (claimsOf(current) === undefined || current.parents.length !== 1)
            return undefined;
        left.delete(current.sha);
        bottom = current.parents[0];
        current = left.get(bottom);
    }
    return left.size === 0 ? bottom : undefined;
}

// EXTERNAL MODULE: external "node:buffer"
var external_node_buffer_ = __webpack_require__(4573);
;// CONCATENATED MODULE: ./build/pull-request/entries.js

/** What one request may carry; GitHub's own limit is not written down, and larger ones have failed. */
const mostEntries = 1000;
const mostBytes = 4 * 1024 ** 2;
/**
 * Splits edits (paths from the repository's root) into few requests. Text goes along in place; what is written once is named by its
 * hash from then on, as is what the base has already.
 */
function treeRequests(edits, known) {
    const blobs = new Map();
    const inPlace = [];
    const byName = [];
    const sent = new Set(known);
    for (const { path, before, after } of edits) {
        if (after === undefined)
            byName.push({ path, mode: before?.mode ?? '100644', sha: null });
        else if (after.content === undefined || sent.has(after.sha))
            byName.push({ path, mode: after.mode, sha: after.sha });
        else if (!isText(after.content)) {
            blobs.set(after.sha, after);
            byName.push({ path, mode: after.mode, sha: after.sha });
        }
        else {
            sent.add(after.sha);
            inPlace.push({ path, mode: after.mode, content: after.content.toString('utf8') });
        }
    }
    return { blobs: [...blobs.values()], requests: chunks([...inPlace, ...byName], inPlace.length) };
}
// A NUL in JSON has come back changed from more than one server.
function isText(content) {
    return (0,external_node_buffer_.isUtf8)(content) && !content.includes(0);
}
/** The first `split` entries write contents, and those after them may need them: they begin a request of their own. */
function chunks(entries, split) {
    const all = [];
    let bytes = 0;
    for (const [index, entry] of entries.entries()) {
        const size = Buffer.byteLength(entry.content ?? '') + entry.path.length + 100;
        const last = all.at(-1);
        const isNew = last === undefined || last.length === mostEntries || bytes + size > mostBytes || (index === split && split > 0);
        if (isNew) {
            all.push([entry]);
            bytes = size;
        }
        else {
            last.push(entry);
            bytes += size;
        }
    }
    return all;
}

;// CONCATENATED MODULE: ./build/commands/pull-request/write-commits.js



/** Writes the commits when they are needed for the first time; a second look at the branch uses the same. */
function commitOnce(github, wanted, digest) {
    let made;
    return () => {
        made ??= makeCommits(github, wanted, digest);
        return made;
    };
}
async function makeCommits(github, { base, steps, message, signoff, tree }, digest) {
    const known = new Set([...tree.values()].map(({ sha }) => sha));
    let head = base;
    let verified = true;
    for (const [index, step] of steps.entries()) {
        const { blobs, requests } = treeRequests(step, known);
        for (const { content } of blobs)
            if (content !== undefined)
                await github.createBlob(content);
        let root = head.tree;
        for (const entries of requests)
            root = await github.createTree(root, entries);
        for (const { after } of step)
            if (after !== undefined)
                known.add(after.sha);
        const isLast = index === steps.length - 1;
        const text = isLast && steps.length > 1 ? `${message}\n\nWith the conflicts of scaffolds, both sides between markers.` : message;
        head = await github.createCommit(withTrailers(text, signoff, isLast ? digest : digestOf(step), root), root, head.sha);
        verified &&= head.verified;
    }
    return { head, verified };
}

;// CONCATENATED MODULE: ./build/commands/pull-request/publish.js







const attempts = 4;
const commentMarker = '<!-- nself-build:people -->';
/**
 * Brings GitHub to what is wanted, with no write where it is so already. Looks again, from the start, when someone else moved the
 * branch meanwhile. Throws an `ApiProblem`.
 */
async function publish(github, wanted, progress) {
    const digest = wanted.edits.length === 0 ? undefined : digestOf(wanted.edits);
    const commit = commitOnce(github, wanted, digest ?? '');
    for (let attempt = 1;; attempt++) {
        const [head, pulls] = await Promise.all([github.branch(wanted.branch), github.pulls(wanted.branch, wanted.baseName)]);
        const branch = head === undefined ? undefined : await withoutUpdates(await github.compare(wanted.base.sha, head), github);
        const decision = decide(digest, branch, pulls);
        const published = await carryOut(github, wanted, decision, head, commit, progress);
        if (published !== undefined)
            return published;
        if (attempt === attempts)
            throw new ApiProblem(`update ${wanted.branch}`, {
                status: 422,
                message: 'it was changed by someone else each time we looked',
                needed: undefined,
                remaining: undefined,
            });
    }
}
/** Nothing when the branch was moved by someone else before we could. */
async function carryOut(github, wanted, decision, head, commit, progress) {
    const { branch } = wanted;
    const nothing = { operation: 'none', branch, pull: undefined, head, isPeoples: false, verified: undefined, diagnostics: [] };
    switch (decision.kind) {
        case 'none':
            return nothing;
        case 'declined':
            return { ...nothing, pull: decision.pull, diagnostics: [declinedNotice(decision.pull, branch)] };
        case 'people':
            return { ...nothing, pull: decision.pull, isPeoples: true, diagnostics: await leaveToPeople(github, branch, decision) };
        case 'close':
            // A commit that someone made since would go with the branch.
            if ((await github.branch(branch))?.sha !== head?.sha)
                return undefined;
            await github.updatePull(decision.pull.number, { state: 'closed' });
            await github.deleteBranch(branch);
            return { ...nothing, operation: 'closed', pull: decision.pull, head: undefined };
        case 'write':
            return write(github, wanted, decision, head, commit, progress);
    }
}
async function write(github, wanted, { push, pull }, head, commit, progress) {
    const { branch } = wanted;
    let made;
    if (push) {
        made = await commit();
        // Between the look and the push lies the writing of files: look again, so that no commit of that time is lost.
        const isMoved = head === undefined ? false : (await github.branch(branch))?.sha !== head.sha;
        if (isMoved)
            return undefined;
        const isOurs = head === undefined ? await github.createBranch(branch, made.head.sha) : await github.moveBranch(branch, made.head.sha);
        if (!isOurs)
            return undefined;
        progress.isPushed = true;
    }
    const result = { branch, head: made?.head ?? head, isPeoples: false, verified: made?.verified };
    if (pull !== undefined) {
        const isRenewed = await renewPull(github, wanted, pull);
        return { ...result, operation: push || isRenewed ? 'updated' : 'none', pull, diagnostics: [] };
    }
    return createPull(github, wanted, result);
}
async function createPull(github, wanted, result) {
    const { branch, baseName, title, body, draft } = wanted;
    try {
        const pull = await github.createPull({ head: branch, base: baseName, title, body, draft });
        const problems = await github.addPeople(pull.number, wanted.people);
        const diagnostics = [...problems].map(([kind, problem]) => partNotice(kind, problem));
        return { ...result, operation: 'created', pull, diagnostics: [...diagnostics, ...checksNotice(pull)] };
    }
    catch (error) {
        if (!(error instanceof ApiProblem) || error.status !== 422)
            throw error;
        // Another run was faster, or the branch or its base changed under our hands: look again.
        if (/already exists|no commits between|invalid|blank/i.test(error.message))
            return undefined;
        throw error;
    }
}
// Titles and texts of people's stay.
async function renewPull(github, { title, body }, pull) {
    const state = body_stateOf(pull.body);
    const renewed = renewBody(pull.body, body);
    const isOurTitle = state !== undefined && state.title === titleHash(pull.title);
    const changes = {
        ...(renewed !== undefined && renewed !== pull.body.replaceAll('\r\n', '\n') ? { body: renewed } : {}),
        ...(isOurTitle && pull.title !== title ? { title } : {}),
    };
    if (Object.keys(changes).length === 0)
        return false;
    await github.updatePull(pull.number, changes);
    return true;
}
async function leaveToPeople(github, branch, { pull, commits }) {
    const count = commits.length === 1 ? 'a commit' : `${commits.length} commits`;
    const fix = `Merge it, or delete the branch ${branch} to get a fresh one on the next run.`;
    const text = `This branch has ${count} that nself-build did not make, so it is left alone from now on: nothing is pushed to it. ${fix}`;
    if (pull !== undefined && !(await github.comments(pull.number)).some((comment) => comment.includes(commentMarker)))
        await github.comment(pull.number, `${commentMarker}\n${text}`);
    const [first] = commits;
    return [(0,config_diagnostics/* diagnose */.h4)('NB707', `${branch} has ${count} of people's (${first.sha.slice(0, 7)}): nothing is pushed to it.`, fix)];
}
function declinedNotice({ number }, branch) {
    return (0,config_diagnostics/* diagnose */.h4)('NB708', `Pull request ${number} was closed with just these changes: it is not opened again while they stay the same.`, `Reopen it, or delete the branch ${branch} to get a new one.`);
}
// What the token of a job opens starts no checks of its own: they wait for someone's approval.
function checksNotice({ author, number }) {
    return author !== 'github-actions[bot]'
        ? []
        : [
            (0,config_diagnostics/* diagnose */.h4)('NB709', `Checks of pull request ${number} wait for an approval, or do not start: it was opened with GITHUB_TOKEN.`, 'Approve them on its page, or set token to the token of an app (actions/create-github-app-token): then they start by themselves.'),
        ];
}
function partNotice(kind, { message, status }) {
    return (0,config_diagnostics/* diagnose */.h4)('NB713', `The ${kind} of the pull request could not be set: ${message.slice(0, 200)} (${status ?? 'no answer'}).`, 'Correct the names; teams need the token of an app or a person.');
}

// EXTERNAL MODULE: ./node_modules/yaml/dist/index.js
var dist = __webpack_require__(38815);
// EXTERNAL MODULE: ./build/render/sites.js
var sites = __webpack_require__(64781);
;// CONCATENATED MODULE: ./build/pull-request/effects.js



/** What the changes mean for one environment, one line each; none when it runs as before. */
function effectsOf(before, after) {
    const [old, now] = [servicesIn(before.compose), servicesIn(after.compose)];
    const names = [...new Set([...old.keys(), ...now.keys()])].sort(config_diagnostics/* compare */.UD);
    const [oldRates, rates] = [ratesIn(before.sites), ratesIn(after.sites)];
    return [
        ...sets('service', [...old.keys()], [...now.keys()]),
        ...sets('domain', before.sites.flatMap(sites/* serverNamesIn */.LD), after.sites.flatMap(sites/* serverNamesIn */.LD)),
        ...sets('port', portsOf(old), portsOf(now)),
        ...names.flatMap((name) => {
            const [was, is] = [old.get(name), now.get(name)];
            return was === undefined || is === undefined ? [] : differences(name, was, is);
        }),
        ...[...new Set([...oldRates.keys(), ...rates.keys()])].sort(config_diagnostics/* compare */.UD).flatMap((host) => {
            const [was, is] = [oldRates.get(host) ?? 'none', rates.get(host) ?? 'none'];
            return was === is ? [] : [`${host}: rate limit ${was} → ${is}`];
        }),
    ];
}
function servicesIn(compose) {
    const root = readYaml(compose);
    return new Map(Object.entries(record(record(root).services)).map(([name, value]) => {
        const service = record(value);
        const deploy = record(service.deploy);
        const limits = record(record(deploy.resources).limits);
        const text = (field) => (field === undefined ? '' : String(field));
        const ports = Array.isArray(service.ports) ? service.ports.map(String) : [];
        return [
            name,
            {
                ...{ image: text(service.image), memory: text(limits.memory), cpus: text(limits.cpus), replicas: text(deploy.replicas) },
                ...{ ports, environment: record(service.environment) },
            },
        ];
    }));
}
// A file edited by hand may be anything.
function readYaml(text) {
    try {
        return (0,dist/* parse */.qg)(text);
    }
    catch {
        return undefined;
    }
}
function record(value) {
    return value !== null && typeof value === 'object' ? value : {};
}
/** The rate limit of each host that has one. */
function ratesIn(sites) {
    const zones = sites.flatMap((site) => [...site.matchAll(/^limit_req_zone \S+ zone=rate_([^:\s]+):\S+ rate=([^;\s]+);/gm)]);
    return new Map(zones.map(([, host = '', rate = '']) => [host, rate]));
}
function portsOf(services) {
    return [...services].flatMap(([name, { ports }]) => ports.map((port) => `${port} (${name})`));
}
function sets(what, before, after) {
    const missing = (from, list) => [...new Set(list.filter((item) => !from.includes(item)))].sort(config_diagnostics/* compare */.UD);
    return [...line('new', what, missing(before, after)), ...line('gone', what, missing(after, before))];
}
function line(verb, what, items) {
    return items.length === 0 ? [] : [`${verb} ${what}${items.length === 1 ? '' : 's'}: ${items.join(', ')}`];
}
function differences(name, was, is) {
    const fields = ['image', 'memory', 'cpus', 'replicas'];
    const [before, after] = [was.environment, is.environment];
    const changed = Object.keys(after).filter((variable) => Object.hasOwn(before, variable) && before[variable] !== after[variable]);
    return [
        ...fields
            .filter((field) => was[field] !== is[field])
            .map((field) => `${name}: ${field} ${was[field] || 'none'} → ${is[field] || 'none'}`),
        // Names alone: a value may be nobody's business.
        ...[...sets('variable', Object.keys(before), Object.keys(after)), ...line('changed', 'variable', changed.sort(config_diagnostics/* compare */.UD))].map((text) => `${name}: ${text}`),
    ];
}

;// CONCATENATED MODULE: ./build/pull-request/service-news.js
/** The services whose files or lock entries change, in the order of their lines. */
function serviceNews(before, after, edits, { services }) {
    const names = [...new Set([...services.map(({ name }) => name), ...Object.keys(after.services), ...Object.keys(before.services)])];
    return names.flatMap((name) => {
        const [old, now] = [serviceOf(before, name), serviceOf(after, name)];
        const files = edits.filter(({ path }) => path.startsWith(`services/${name}/`)).length;
        const moved = now === undefined || old !== undefined ? undefined : movedFrom(now, before, after);
        const reason = reasonOf(old, now, moved);
        const service = services.find((each) => each.name === name);
        const line = service === undefined ? '' : `CS_${service.slot} (${service.position.file}:${service.position.line})`;
        return files === 0 && JSON.stringify(old) === JSON.stringify(now) ? [] : [{ name, reason, line, files }];
    });
}
// A service may be called constructor.
function serviceOf({ services }, name) {
    return Object.hasOwn(services, name) ? services[name] : undefined;
}
function movedFrom({ slot, template }, before, after) {
    return Object.entries(before.services).find(([name, locked]) => after.services[name] === undefined && locked.slot === slot && locked.template === template)?.[0];
}
function reasonOf(old, now, moved) {
    if (now === undefined)
        return 'renamed or removed';
    if (moved !== undefined)
        return `renamed from ${moved}`;
    if (old === undefined)
        return `new, from ${now.template} ${now.version}`;
    if (now.orphaned && !old.orphaned)
        return 'its line is gone; the files stay';
    const port = old.inputs.port === now.inputs.port ? [] : [`port ${old.inputs.port} → ${now.inputs.port}`];
    const version = old.version === now.version ? [] : [`${now.template} ${old.version} → ${now.version}`];
    return [...version, ...port].join(', ') || `${now.template} ${now.version}: what was waiting`;
}

// EXTERNAL MODULE: ./build/render/compose/layout.js
var layout = __webpack_require__(95858);
;// CONCATENATED MODULE: ./build/commands/pull-request/pull-request-report.js






/** Title, message and body of the pull request. */
function describe(plan, base, { inputs, prefix, base: baseName, edits, hide }) {
    const [project] = plan.projects;
    const after = contentsAfter(plan, base);
    const services = project === undefined ? [] : serviceNews((0,lock/* lockOf */.Vx)(base.content(lock/* lockPath */.HZ)), (0,lock/* lockOf */.Vx)(after(lock/* lockPath */.HZ)), plan.edits, project);
    const title = inputs.title || titleOf(services, prefix);
    const effects = new Map(plan.projects.map(({ environment }) => {
        const { directory } = (0,layout/* layoutOf */.a)(environment);
        return [environment.name, effectsOf(stackIn(directory, plan.edits, base.content), stackIn(directory, plan.edits, after))];
    }));
    const report = { intro: inputs.body, base: baseName, prefix, services, effects, edits: plan.edits, diagnostics: plan.diagnostics };
    const body = composeBody(report, { edits: digestOf(edits), title: titleHash(title) }, hide);
    return { title, body, message: inputs.commitMessage || title };
}
function titleOf(services, prefix) {
    const names = services.slice(0, 3).map(({ name }) => name);
    const more = services.length > names.length ? ` and ${services.length - names.length} more` : '';
    const what = names.length === 0 ? 'Regenerate the nself files' : `Regenerate the nself files: ${names.join(', ')}${more}`;
    return prefix === '' ? what : `${what} (${prefix.slice(0, -1)})`;
}
function contentsAfter({ edits }, base) {
    const changed = new Map(edits.map((edit) => [edit.path, edit.after]));
    return (path) => (changed.has(path) ? changed.get(path)?.content : base.content(path));
}
// Of the sites only those that change: what both sides have alike has no effect.
function stackIn(directory, edits, content) {
    const text = (path) => content(path)?.toString('utf8') ?? '';
    const compose = text(`${directory}docker-compose.yml`) || text(`${directory}docker-compose.custom.yml`);
    const sites = edits.filter(({ path }) => path.startsWith(`${directory}nginx/sites/`) && path.endsWith('.conf'));
    return { compose, sites: sites.map(({ path }) => text(path)) };
}

;// CONCATENATED MODULE: ./build/commands/pull-request.js














/** Keeps one pull request per base branch up to date with what `generate` would change there. The checkout is not touched. */
async function pullRequest(context) {
    const { inputs, outer } = context;
    const token = inputs.token || outer.GITHUB_TOKEN || outer.GH_TOKEN || '';
    const repository = outer.GITHUB_REPOSITORY ?? '';
    const secrets = token === '' ? [] : [token];
    const missing = missingInputs(token, repository);
    if (missing.length > 0)
        return (0,generate/* refused */.J)(missing, secrets);
    const github = await openGitHub(token, repository, context.progress);
    const attempt = {
        repository,
        url: `${outer.GITHUB_SERVER_URL ?? 'https://github.com'}/${repository}`,
        base: '',
        branch: '',
        isPushed: false,
    };
    try {
        return await run(context, github, attempt, secrets);
    }
    catch (error) {
        if (!(error instanceof ApiProblem))
            throw error;
        return failed(explainProblem(error, attempt), attempt, secrets);
    }
}
/** The action's branch: of its own for each base and, where a repository has several, each project. */
function branchOf(base, prefix) {
    const project = prefix.replace(/[^A-Za-z0-9]+/g, '-').replace(/^-|-$/g, '');
    return `nself/update/${base}${project === '' ? '' : `@${project}`}`;
}
async function run(context, github, attempt, token) {
    const { inputs, outer, root } = context;
    const { defaultBranch, isArchived, url } = await github.repository();
    const baseName = inputs.base || /^refs\/heads\/(.+)$/.exec(outer.GITHUB_REF ?? '')?.[1] || defaultBranch;
    const prefix = (0,adapters_prefix/* prefixOf */.M)(root, outer.GITHUB_WORKSPACE);
    const branch = inputs.branch || branchOf(baseName, prefix);
    Object.assign(attempt, { url, base: baseName, branch });
    if (isArchived)
        throw archived();
    if (baseName === branch || (inputs.base === '' && baseName.startsWith('nself/update/')))
        return onOwnBranch(baseName, token, await checkOwnBranch(github, baseName, context));
    const base = await github.branch(baseName);
    if (base === undefined) {
        const problem = (0,config_diagnostics/* diagnose */.h4)('NB711', `${attempt.repository} has no branch ${baseName}.`, 'Set base to the branch that the pull request is for.');
        return failed(problem, attempt, token);
    }
    const tree = await github.tree(base.tree);
    const files = openBaseFiles(tree, prefix, root, github, baseName);
    const parts = await planParts(context, files, branch, github);
    const [first] = parts;
    const secrets = [...first.plan.secrets, ...token];
    const planned = parts.flatMap(({ plan }) => [...plan.diagnostics, ...plan.refused.map(refusedNotice)]);
    const found = distinct([...planned, ...files.diagnostics()]);
    if (first.plan.projects.length === 0)
        return (0,generate/* refused */.J)(found, secrets);
    const signoff = inputs.signoff && parts.some(({ plan }) => plan.edits.length > 0) ? ((await github.identity()) ?? actionsBot) : undefined;
    const published = [];
    const { labels, assignees, reviewers, teamReviewers, milestone } = inputs;
    for (const part of parts) {
        const edits = part.plan.edits.map((edit) => ({ ...edit, path: prefix + edit.path }));
        const steps = part.plan.steps.map((step) => step.map((edit) => ({ ...edit, path: prefix + edit.path })));
        const people = { labels, assignees, reviewers, teamReviewers, milestone };
        const words = describe(part.plan, files, { inputs, prefix, base: baseName, edits, hide: (text) => (0,redact.redact)(text, secrets) });
        const wanted = { base, baseName, tree, branch: part.branch, steps, edits, ...words, signoff, draft: inputs.draft, people };
        Object.assign(attempt, { branch: part.branch, isPushed: false });
        const result = await publish(github, wanted, attempt);
        published.push(result);
        found.push(...result.diagnostics, ...(await setMergeCheck(github, result, edits, { prefix, root })));
    }
    return finished(parts, published, found, secrets);
}
// Parts of one project say much the same.
function distinct(diagnostics) {
    return [...new Map(diagnostics.map((diagnostic) => [JSON.stringify(diagnostic), diagnostic])).values()];
}
const actionsBot = 'github-actions[bot] <41898282+github-actions[bot]@users.noreply.github.com>';
function missingInputs(token, repository) {
    return [
        ...(token === ''
            ? [(0,config_diagnostics/* diagnose */.h4)('NB605', 'pull-request needs a token for the GitHub API.', 'Set token, or GITHUB_TOKEN in the environment.')]
            : []),
        ...(/^[^/\s]+\/[^/\s]+$/.test(repository)
            ? []
            : [(0,config_diagnostics/* diagnose */.h4)('NB605', 'pull-request needs to know the repository.', 'Set GITHUB_REPOSITORY=owner/name in the environment.')]),
    ];
}
function archived() {
    return new ApiProblem('write', {
        status: 403,
        message: 'Repository was archived so is read-only.',
        needed: undefined,
        remaining: undefined,
    });
}
function refusedNotice(path) {
    return (0,config_diagnostics/* diagnose */.h4)('NB710', `${path} is not written: a pull request of nself-build never changes such a file.`, 'Make the change by hand.');
}
// Someone who resolves conflicts there sees at once whether all are gone.
async function checkOwnBranch(github, branch, { root, outer }) {
    const head = await github.branch(branch);
    if (head === undefined)
        return [];
    const place = { prefix: (0,adapters_prefix/* prefixOf */.M)(root, outer.GITHUB_WORKSPACE), root };
    return setMergeCheck(github, { head, pull: undefined, isPeoples: true, verified: undefined }, [], place);
}
// A push to the branch of a pull request may start the same workflow.
function onOwnBranch(branch, secrets, diagnostics) {
    const text = `${branch} is the branch of a pull request of nself-build: nothing to do.\n`;
    return {
        exitCode: 0,
        diagnostics,
        secrets,
        text,
        data: { 'pull-request-operation': 'none', changed: false, files: [] },
        summary: `## nself: pull-request\n\n${text}`,
    };
}
function failed(problem, { branch, isPushed }, secrets) {
    const result = (0,generate/* refused */.J)([problem], secrets);
    const nothing = `Nothing was written${branch === '' ? '' : ` to ${branch}`}.\n`;
    const text = isPushed ? `The branch ${branch} is written; the pull request is not.\n` : nothing;
    const data = { 'pull-request-operation': 'none', ...(branch === '' ? {} : { 'pull-request-branch': branch }) };
    return {
        ...result,
        exitCode: problem.code === 'NB711' ? 2 : 1,
        text,
        data,
        summary: result.summary.replace('the configuration has errors', 'pull-request failed'),
    };
}
const done = {
    created: 'was created',
    updated: 'was updated',
    closed: 'was closed: nothing is left to do',
    none: 'stays as it is',
};
function lineOf({ operation, pull }) {
    return pull === undefined ? '' : `Pull request ${pull.number} ${done[operation]}: ${pull.url}\n`;
}
function finished(parts, published, diagnostics, secrets) {
    const [project] = parts.flatMap(({ plan }) => plan.projects);
    const files = [...new Set(parts.flatMap(({ plan }) => plan.edits.map(({ path }) => path)))].filter((path) => !path.startsWith(`${lock/* baseFolder */.YR}/`));
    const text = published.map(lineOf).join('') || 'Nothing to do: the base branch has every file as it should be.\n';
    const services = project === undefined ? [] : (0,report_services/* viewServices */.aS)(project);
    const summary = (0,report_summary/* formatSummary */.k)({ title: 'nself: pull-request', project, services, files: files.sort(), diagnostics, start: undefined });
    // With several, the outputs tell of the one where something happened.
    const [main] = [...published].sort((a, b) => Number(a.operation === 'none') - Number(b.operation === 'none'));
    return {
        exitCode: (0,config_diagnostics/* hasErrors */.Cs)(diagnostics) ? 1 : 0,
        diagnostics,
        secrets,
        text,
        data: {
            ...(project === undefined ? {} : (0,report_services/* projectData */.OJ)(project, files)),
            ...(main === undefined ? {} : outputsOf(main)),
            'pull-requests': published.filter(({ pull }) => pull !== undefined).map(outputsOf),
        },
        summary: (0,redact.redact)(`${summary}\n${text}`, secrets),
    };
}
function outputsOf({ operation, pull, head, branch, verified }) {
    return {
        'pull-request-operation': operation,
        ...(pull === undefined ? {} : { 'pull-request-number': pull.number, 'pull-request-url': pull.url }),
        ...(head === undefined ? {} : { 'pull-request-head-sha': head.sha, 'pull-request-branch': branch }),
        ...(verified === undefined ? {} : { 'pull-request-commits-verified': verified }),
    };
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
