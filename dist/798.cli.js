export const id = 798;
export const ids = [798];
export const modules = {

/***/ 36798:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  mergeFile: () => (/* binding */ mergeFile)
});

// EXTERNAL MODULE: ./node_modules/jsonc-parser/lib/umd/main.js
var main = __webpack_require__(99547);
;// CONCATENATED MODULE: ./build/scaffold/merge/outline.js
/** A text that equal nodes share. The order of entries does not count. */
function meaningOf(node) {
    if (node === undefined)
        return 'nothing';
    if (node.kind === 'leaf')
        return node.value;
    const entries = node.entries.map(({ key, node: child }) => `${JSON.stringify(key)}:${meaningOf(child)}`);
    return `{${entries.sort().join(',')}}`;
}
function entryOf(branch, key) {
    return branch?.entries.find((entry) => entry.key === key);
}
function hasUniqueKeys(entries) {
    return new Set(entries.map(({ key }) => key)).size === entries.length;
}
/** Whether what lies at a path names versions of other software. */
function isDependency(path) {
    return path.some((key) => /depend|require|imports|engines|packageManager/i.test(key));
}
/** The name by which an item of a list of dependencies is known: `fastapi` of `fastapi[all]==0.165.0`. */
function requirementName(item) {
    return /^[A-Za-z0-9][\w.-]*(?=\s*(?:\[[^\]]*\]\s*)?(?:[=<>~!]=|[<>]))/.exec(item)?.[0].toLowerCase() ?? item;
}

;// CONCATENATED MODULE: ./build/scaffold/merge/json.js


class Unreadable extends Error {
}
/** Reads JSON, with comments and trailing commas as tsconfig.json may have them. */
function readJson(text) {
    const errors = [];
    const tree = (0,main.parseTree)(text, errors, { allowTrailingComma: true });
    if (tree?.type !== 'object' || errors.length > 0)
        return undefined;
    const comments = [];
    (0,main.visit)(text, { onComment: (offset, length) => comments.push(text.slice(offset, offset + length)) }, { allowTrailingComma: true });
    try {
        const root = read(tree, []);
        return root.kind === 'branch' ? { root, comments } : undefined;
    }
    catch (error) {
        if (error instanceof Unreadable)
            return undefined;
        throw error;
    }
}
function read(node, path) {
    const { offset: start, length, children = [] } = node;
    const end = start + length;
    if (node.type === 'object') {
        const entries = children.map((property) => {
            const [name, value] = property.children ?? [];
            if (name === undefined || value === undefined)
                throw new Unreadable();
            const key = String(name.value);
            return { key, node: read(value, [...path, key]), start: property.offset, end: property.offset + property.length };
        });
        if (!hasUniqueKeys(entries))
            throw new Unreadable();
        return { kind: 'branch', layout: 'commas', entries, start, end };
    }
    if (node.type === 'array' && isDependency(path) && children.every(({ type }) => type === 'string')) {
        const entries = children.map((item) => {
            const leaf = read(item, path);
            return { key: requirementName(item.value), node: leaf, start: leaf.start, end: leaf.end };
        });
        if (hasUniqueKeys(entries))
            return { kind: 'branch', layout: 'commas', entries, start, end };
    }
    return { kind: 'leaf', value: valueText(node), start, end };
}
function valueText({ type, value, children = [] }) {
    if (type === 'array')
        return `[${children.map(valueText).join(',')}]`;
    if (type === 'object')
        return `{${children.map(({ children: [name, item] = [] }) => `${JSON.stringify(name?.value)}:${item && valueText(item)}`).join(',')}}`;
    return JSON.stringify(value);
}

// EXTERNAL MODULE: ./node_modules/node-diff3/dist/diff3.mjs
var diff3 = __webpack_require__(92994);
;// CONCATENATED MODULE: ./build/scaffold/merge/anchors.js
/**
 * Cuts three texts at the lines that each of them has exactly once and in the same order, as a patience diff does. What lies
 * between is short, which matters: the time of diff3 grows with the square of repeated lines.
 */
function cutAtAnchors(ours, base, theirs) {
    const stretches = [];
    let [b, o, t] = [0, 0, 0];
    const between = (toB, toO, toT) => {
        if (toB > b || toO > o || toT > t)
            stretches.push({ base: base.slice(b, toB), ours: ours.slice(o, toO), theirs: theirs.slice(t, toT), isAnchor: false });
    };
    for (const [inBase, inOurs, inTheirs] of anchorsOf(ours, base, theirs)) {
        between(inBase, inOurs, inTheirs);
        const line = [base[inBase]];
        stretches.push({ base: line, ours: line, theirs: line, isAnchor: true });
        [b, o, t] = [inBase + 1, inOurs + 1, inTheirs + 1];
    }
    between(base.length, ours.length, theirs.length);
    return stretches;
}
function anchorsOf(ours, base, theirs) {
    const [inOurs, inTheirs] = [uniqueLines(ours), uniqueLines(theirs)];
    const common = [...uniqueLines(base)].flatMap(([line, index]) => {
        const [o, t] = [inOurs.get(line), inTheirs.get(line)];
        return o === undefined || t === undefined ? [] : [[index, o, t]];
    });
    return longestRise(longestRise(common, ([, place]) => place), ([, , place]) => place);
}
/** Lines that occur once, with their place, in order; by what `keyOf` calls them, without those that it has no name for. */
function uniqueLines(lines, keyOf = (line) => line) {
    const places = new Map();
    const repeated = new Set();
    for (const [index, line] of lines.entries()) {
        const key = keyOf(line, index);
        if (key === undefined)
            continue;
        if (places.has(key))
            repeated.add(key);
        else
            places.set(key, index);
    }
    for (const key of repeated)
        places.delete(key);
    return places;
}
/** The longest selection of the items, in their order, by which the value only rises (patience sorting). */
function longestRise(items, rankOf) {
    const piles = [];
    for (const item of items) {
        let [low, high] = [0, piles.length];
        while (low < high) {
            const middle = (low + high) >> 1;
            if (rankOf(piles[middle].item) < rankOf(item))
                low = middle + 1;
            else
                high = middle;
        }
        piles[low] = { item, before: piles[low - 1] };
    }
    const rise = [];
    for (let card = piles.at(-1); card !== undefined; card = card.before)
        rise.push(card.item);
    return rise.reverse();
}

// EXTERNAL MODULE: ./build/scaffold/merge/text.js
var merge_text = __webpack_require__(88645);
// EXTERNAL MODULE: ./build/scaffold/merge/versions.js
var versions = __webpack_require__(64591);
;// CONCATENATED MODULE: ./build/scaffold/merge/line-rules.js



const dockerfile = /(?:^|\/)(?:[^/]*\.)?Dockerfile(?:\.[^/]*)?$/i;
const dependencyList = /(?:^|\/)(?:go\.mod|requirements[^/]*\.txt|Gemfile|[^/]+\.gemspec|mix\.exs|pom\.xml|[^/]+\.(?:cs|fs)proj|Directory\.Packages\.props|build\.gradle(?:\.kts)?|libs\.versions\.toml|Package\.swift)$/;
// Of these every line with a number is a dependency; the others are code, or hold ports and limits, too.
const plainList = /(?:^|\/)(?:go\.mod|requirements[^/]*\.txt)$/;
const versionLine = /\d\.\d|version|release|toolchain|jdk|\bgem\b/i;
const setOfLines = /(?:^|\/)(?:\.(?:git|docker)ignore|go\.mod|requirements[^/]*\.txt)$/;
/**
 * Decides the versions first: where both sides have an entry once, in a Dockerfile's `FROM` or a list of dependencies, each of the three
 * texts gets the line that wins. What is left to compare then differs in other things alone.
 */
function alignVersions(path, sides) {
    const entryOf = entryOfLine(path);
    if (entryOf === undefined)
        return sides;
    const newer = dockerfile.test(path) ? versions/* newerFrom */.E6 : versions/* newerOf */.pJ;
    const aligned = { ours: [...sides.ours], base: [...sides.base], theirs: [...sides.theirs] };
    const [inBase, inOurs, inTheirs] = [sides.base, sides.ours, sides.theirs].map((lines) => uniqueLines(lines, entryOf(lines)));
    for (const [entry, b] of inBase ?? []) {
        const [o, t] = [inOurs?.get(entry), inTheirs?.get(entry)];
        if (o === undefined || t === undefined)
            continue;
        const [base, ours, theirs] = [withoutComma(sides.base[b]), withoutComma(sides.ours[o]), withoutComma(sides.theirs[t])];
        const winner = ours === base ? theirs : theirs === base ? ours : newer(base, ours, theirs);
        if (winner === undefined)
            continue;
        aligned.base[b] = winner + sides.base[b].slice(base.length);
        aligned.ours[o] = winner + sides.ours[o].slice(ours.length);
        aligned.theirs[t] = winner + sides.theirs[t].slice(theirs.length);
    }
    return aligned;
}
// Whoever adds behind the last entry of a list gives that one a comma.
function withoutComma(line = '') {
    return line.replace(/,\s*$/, '');
}
/** How lines of a file are named as entries with a version; nothing for a file that has none. */
function entryOfLine(path) {
    if (dockerfile.test(path))
        return () => versions/* fromEntry */.Ds;
    if (plainList.test(path))
        return () => versions/* dependencyEntry */.eo;
    if (!dependencyList.test(path))
        return undefined;
    return (lines) => (line, index) => {
        const entry = versionLine.test(line) ? (0,versions/* dependencyEntry */.eo)(withoutComma(line)) : undefined;
        return entry === undefined ? undefined : artifactAbove(lines, index) + entry;
    };
}
// In pom.xml all versions look alike: whose one is says the line above it.
function artifactAbove(lines, index) {
    return lines.slice(0, index).findLast((line) => line.includes('<artifactId>')) ?? '';
}
/**
 * Settles a clash that only looks like one, in files of which every line is an entry of its own (a Dockerfile, a list of
 * dependencies or of ignored paths). Returns the merged lines, or nothing where a person has to decide.
 */
function settle(path, clash) {
    if (!dockerfile.test(path) && !dependencyList.test(path) && !setOfLines.test(path))
        return undefined;
    return besideEachOther(clash) ?? (setOfLines.test(path) ? both(clash) : undefined);
}
// One side changed lines, the other added some before or after them: both apply.
function besideEachOther({ ours, base, theirs }) {
    if (base.length === 0)
        return undefined;
    for (const [added, changed] of [
        [ours, theirs],
        [theirs, ours],
    ]) {
        if (changed.length !== base.length || added.length <= base.length)
            continue;
        const extra = added.length - base.length;
        if ((0,merge_text/* equalLines */.SR)(added.slice(0, base.length), base))
            return [...changed, ...added.slice(base.length)];
        if ((0,merge_text/* equalLines */.SR)(added.slice(extra), base))
            return [...added.slice(0, extra), ...changed];
    }
    return undefined;
}
// Both added entries in one place of a file in which order hardly matters; each is there once.
function both({ ours, base, theirs }) {
    return base.length === 0 ? [...ours, ...theirs.filter((line) => !ours.includes(line))] : undefined;
}

// EXTERNAL MODULE: ./build/scaffold/merge/markers.js
var markers = __webpack_require__(55215);
;// CONCATENATED MODULE: ./build/scaffold/merge/lines.js





/** Merges line by line (diff3). `path` decides which rules of the kind of file settle what looks like a conflict. */
function mergeLines(path, base, ours, theirs, labels) {
    // In parts: one call takes only so many arguments as a long file has lines.
    const merged = [];
    const conflicts = [];
    let start = 1;
    const aligned = alignVersions(path, { ours: ours.lines, base: base.lines, theirs: theirs.lines });
    for (const stretch of cutAtAnchors(aligned.ours, aligned.base, aligned.theirs)) {
        for (const region of regionsOf(stretch)) {
            if (region.stable) {
                merged.push(region.bufferContent);
                continue;
            }
            const { aContent, oContent, bContent } = region;
            const settled = (0,merge_text/* equalLines */.SR)(aContent, bContent) ? aContent : settle(path, { ours: aContent, base: oContent, theirs: bContent });
            if (settled === undefined)
                conflicts.push(start + region.aStart);
            merged.push(settled ?? (0,markers/* withMarkers */.ew)(aContent, oContent, bContent, labels));
        }
        start += stretch.ours.length;
    }
    // A conflict at the end needs its last marker on a line of its own.
    const isEnded = conflicts.length > 0 || (ours.isEnded === base.isEnded ? theirs.isEnded : ours.isEnded);
    return { text: (0,merge_text/* plain */.pj)({ lines: merged.flat(), isEnded }), conflicts };
}
const mostPairs = 20_000;
function regionsOf({ ours, base, theirs, isAnchor }) {
    const whole = (bufferContent) => [
        { stable: true, buffer: 'o', bufferStart: 0, bufferLength: bufferContent.length, bufferContent: [...bufferContent] },
    ];
    if (isAnchor || (0,merge_text/* equalLines */.SR)(theirs, base))
        return whole(ours);
    if ((0,merge_text/* equalLines */.SR)(ours, base))
        return whole(theirs);
    if (pairs(base, ours) + pairs(base, theirs) <= mostPairs)
        return (0,diff3/* diff3MergeRegions */.m5)([...ours], [...base], [...theirs]);
    // Thousands of lines of which none is unique would take minutes.
    return [
        {
            stable: false,
            ...{ aStart: 0, aLength: ours.length, aContent: [...ours] },
            ...{ oStart: 0, oLength: base.length, oContent: [...base] },
            ...{ bStart: 0, bLength: theirs.length, bContent: [...theirs] },
        },
    ];
}
/** How many pairs of equal lines two texts have: what diff3 has to look at. */
function pairs(a, b) {
    const counts = new Map();
    for (const line of a)
        counts.set(line, (counts.get(line) ?? 0) + 1);
    return b.reduce((sum, line) => sum + (counts.get(line) ?? 0), 0);
}

;// CONCATENATED MODULE: ./build/scaffold/merge/positions.js
/** The offset of the first character of the line. */
function lineStart(text, offset) {
    return text.lastIndexOf('\n', offset - 1) + 1;
}
/** The offset behind the line's last character, before its line break. */
function lineEnd(text, offset) {
    const end = text.indexOf('\n', offset);
    return end === -1 ? text.length : end;
}
/** The line's number, from 1. */
function lineNumber(text, offset) {
    return text.slice(0, offset).split('\n').length;
}
function indentAt(text, offset) {
    return /^[ \t]*/.exec(text.slice(lineStart(text, offset), lineEnd(text, offset)))?.[0] ?? '';
}
/** Whether nothing but spaces stands before it on its line. */
function startsLine(text, offset) {
    return text.slice(lineStart(text, offset), offset).trim() === '';
}
/** Whether nothing but a comment follows on its line. */
function endsLine(text, offset) {
    return /^[ \t]*(?:#.*|\/\/.*)?$/.test(text.slice(offset, lineEnd(text, offset)));
}
function replaceRange(text, start, end, replacement) {
    return text.slice(0, start) + replacement + text.slice(end);
}
/** Text taken from one file, indented as it has to be at a place of another. The first line is left to the caller. */
function transplant(snippet, from, to) {
    const [unit, wanted] = [indentUnit(from.text), indentUnit(to.text)];
    return snippet
        .split('\n')
        .map((line, index) => {
        if (index === 0 || line === '')
            return line;
        const bare = line.trimStart();
        const own = line.slice(0, line.length - bare.length);
        const inner = own.startsWith(from.indent) ? own.slice(from.indent.length) : '';
        return to.indent + inner.replaceAll(unit, wanted) + bare;
    })
        .join('\n');
}
/** What one level of a text is indented by; two spaces where nothing is. */
function indentUnit(text) {
    return /^(?: +|\t)(?=\S)/m.exec(text)?.[0] ?? '  ';
}

;// CONCATENATED MODULE: ./build/scaffold/merge/unsafe.js
/** An edit by key cannot be made without guessing; the file is merged line by line instead. */
class Unsafe extends Error {
}

;// CONCATENATED MODULE: ./build/scaffold/merge/edit-commas.js


/** Puts an entry of `source` between the brackets of a branch, in the manner of its neighbours: on a line of its own, or beside them. */
function insertBetweenCommas(text, branch, after, source, entry) {
    const neighbour = after ?? branch.entries[0];
    const own = source.slice(entry.start, entry.end);
    const from = { text: source, indent: indentAt(source, entry.start) };
    if (neighbour === undefined)
        return fill(text, branch, own, from);
    const indent = indentAt(text, neighbour.start);
    const snippet = transplant(own, from, { text, indent });
    const isOnOwnLine = startsLine(text, neighbour.start);
    if (after === undefined) {
        const opened = branch.start + 1;
        if (!isOnOwnLine)
            return replaceRange(text, neighbour.start, neighbour.start, `${snippet}, `);
        if (!endsLine(text, opened))
            throw new Unsafe();
        const place = lineEnd(text, opened);
        return replaceRange(text, place, place, `\n${indent}${snippet},`);
    }
    const comma = commaAfter(text, after);
    if (comma === undefined) {
        if (after !== branch.entries.at(-1))
            throw new Unsafe();
        if (!isOnOwnLine || !endsLine(text, after.end))
            return replaceRange(text, after.end, after.end, `, ${snippet}`);
        const place = lineEnd(text, after.end);
        return replaceRange(text, after.end, place, `,${text.slice(after.end, place)}\n${indent}${snippet}`);
    }
    if (!isOnOwnLine || !endsLine(text, comma))
        return replaceRange(text, comma, comma, ` ${snippet},`);
    const place = lineEnd(text, comma);
    return replaceRange(text, place, place, `\n${indent}${snippet},`);
}
/** Takes an entry out, with its comma and, where it has one of its own, its line. */
function deleteBetweenCommas(text, branch, entry) {
    const previous = branch.entries[branch.entries.indexOf(entry) - 1];
    const comma = commaAfter(text, entry);
    const isLine = startsLine(text, entry.start) && endsLine(text, comma ?? entry.end);
    const [start, end] = isLine
        ? [lineStart(text, entry.start), lineEnd(text, comma ?? entry.end) + 1]
        : [entry.start, comma === undefined ? entry.end : comma + (/^[ \t]*/.exec(text.slice(comma))?.[0].length ?? 0)];
    const without = replaceRange(text, start, end, '');
    if (comma !== undefined || previous === undefined)
        return without;
    // It was the last one, without a comma: the one before it becomes that.
    const before = commaAfter(text, previous);
    if (before === undefined)
        throw new Unsafe();
    return isLine ? replaceRange(without, before - 1, before, '') : replaceRange(text, before - 1, entry.end, '');
}
function fill(text, branch, own, from) {
    if (text.slice(branch.start + 1, branch.end - 1).trim() !== '')
        throw new Unsafe();
    const indent = indentAt(text, branch.start);
    // A JSON object is opened up; a list, and a TOML table within a line, are not.
    const isJson = own.startsWith('"') && text[branch.start] === '{';
    const inner = isJson ? `${indent}${indentUnit(text)}` : indent;
    const snippet = transplant(own, from, { text, indent: inner });
    return replaceRange(text, branch.start + 1, branch.end - 1, isJson ? `\n${inner}${snippet}\n${indent}` : snippet);
}
/** The offset behind the comma that follows an entry on its line. */
function commaAfter(text, { end }) {
    const found = /^[ \t]*,/.exec(text.slice(end, lineEnd(text, end)));
    return found === null ? undefined : end + found[0].length;
}

;// CONCATENATED MODULE: ./build/scaffold/merge/edit.js




/** Carries out one operation on a text, leaving everything else as it stands. `sources` are the texts that new parts come from. */
function edit(text, root, operation, sources) {
    if (operation.kind === 'set') {
        const node = entryAt(root, operation.path).entry.node;
        return replaceRange(text, node.start, node.end, valueFrom(sources[operation.from], operation.node, text, node.start));
    }
    if (operation.kind === 'delete') {
        const { branch, entry } = entryAt(root, operation.path);
        return branch.layout === 'commas' ? deleteBetweenCommas(text, branch, entry) : deleteLines(text, entry);
    }
    const branch = branchAt(root, operation.path);
    const source = sources[operation.from];
    const after = operation.after === undefined ? undefined : entryOf(branch, operation.after);
    return branch.layout === 'commas'
        ? insertBetweenCommas(text, branch, after, source, operation.entry)
        : insertLines(text, branch, after, source, operation.entry);
}
function branchAt(root, path) {
    return path.reduce((branch, key) => {
        const node = entryOf(branch, key)?.node;
        if (node?.kind !== 'branch')
            throw new Unsafe();
        return node;
    }, root);
}
function entryAt(root, path) {
    const branch = branchAt(root, path.slice(0, -1));
    const entry = entryOf(branch, path.at(-1) ?? '');
    if (entry === undefined)
        throw new Unsafe();
    return { branch, entry };
}
function valueFrom(source, node, text, place) {
    if (node.start === node.end)
        throw new Unsafe();
    const from = { text: source, indent: indentAt(source, node.start) };
    return transplant(source.slice(node.start, node.end), from, { text, indent: indentAt(text, place) });
}
// Whole lines, with the comments above them.
function insertLines(text, branch, after, source, entry) {
    const neighbour = after ?? branch.entries[0];
    if (neighbour === undefined)
        throw new Unsafe();
    let start = lineStart(source, entry.start);
    while (start > 0 && /^[ \t]*#/.test(source.slice(lineStart(source, start - 1), start)))
        start = lineStart(source, start - 1);
    const isApart = start > 1 && source[start - 2] === '\n';
    const indent = indentAt(text, neighbour.start);
    const snippet = source.slice(start, lineEnd(source, lastOffset(source, entry))).trimStart();
    const block = indent + transplant(snippet, { text: source, indent: indentAt(source, entry.start) }, { text, indent });
    if (after === undefined) {
        const place = lineStart(text, neighbour.start);
        return replaceRange(text, place, place, `${block}\n`);
    }
    const place = lineEnd(text, lastOffset(text, after));
    return replaceRange(text, place, place, `\n${isApart ? '\n' : ''}${block}`);
}
function deleteLines(text, entry) {
    const end = lastOffset(text, entry);
    if (!/^\s*(?:- )?$/.test(text.slice(lineStart(text, entry.start), entry.start)) || !endsLine(text, end))
        throw new Unsafe();
    const start = lineStart(text, entry.start);
    const next = lineEnd(text, end) + 1;
    // What stood apart before and behind shall not leave two blank lines.
    const isApart = start > 1 && text[start - 2] === '\n' && text[next] === '\n';
    return replaceRange(text, start, isApart ? next + 1 : next, '');
}
// A YAML block text ends with its line break, which belongs to the line.
function lastOffset(text, { start, end }) {
    return end > start && text[end - 1] === '\n' && !startsLine(text, end - 1) ? end - 1 : end;
}

;// CONCATENATED MODULE: ./build/scaffold/merge/three-way.js


/** What has to change in the user's manifest so that it holds what the template changed since the base. */
function planManifest(base, ours, theirs) {
    const plan = { operations: [], disagreements: [] };
    mergeEntries(base, ours, theirs, [], plan);
    return plan;
}
function mergeEntries(base, ours, theirs, parent, plan) {
    // Keys that are in the user's text by now, in the template's order: a new one goes behind the one it follows there.
    let after;
    for (const entry of theirs.entries) {
        const { key } = entry;
        const [old, own] = [entryOf(base, key), entryOf(ours, key)];
        const path = [...parent, key];
        if (own !== undefined)
            mergeNodes(old?.node, own.node, entry.node, path, plan);
        else if (old === undefined)
            plan.operations.push({ kind: 'insert', path: parent, entry, after, from: 'theirs' });
        else if (!isGoneForGood(old.node, entry.node, path)) {
            const insert = { kind: 'insert', path: parent, after };
            plan.disagreements.push({ path, theirs: { ...insert, entry, from: 'theirs' }, base: { ...insert, entry: old, from: 'base' } });
            continue;
        }
        else
            continue;
        after = key;
    }
    for (const old of base?.entries ?? []) {
        const own = entryOf(ours, old.key);
        if (own === undefined || entryOf(theirs, old.key) !== undefined)
            continue;
        const path = [...parent, old.key];
        if (meaningOf(own.node) === meaningOf(old.node))
            plan.operations.push({ kind: 'delete', path });
        else if (!isBump(old.node, own.node, path))
            plan.disagreements.push({ path, theirs: { kind: 'delete', path }, base: { kind: 'set', path, node: old.node, from: 'base' } });
    }
}
// What the user removed stays removed while the template only leaves it alone, or bumps its version.
function isGoneForGood(old, next, path) {
    return meaningOf(old) === meaningOf(next) || isBump(old, next, path);
}
function mergeNodes(base, ours, theirs, path, plan) {
    if (meaningOf(ours) === meaningOf(theirs) || meaningOf(theirs) === meaningOf(base))
        return;
    if (ours.kind === 'branch' && theirs.kind === 'branch') {
        mergeEntries(base?.kind === 'branch' ? base : undefined, ours, theirs, path, plan);
        return;
    }
    const set = { kind: 'set', path, node: theirs, from: 'theirs' };
    if (meaningOf(ours) === meaningOf(base)) {
        plan.operations.push(set);
        return;
    }
    const isVersion = isDependency(path) && ours.kind === 'leaf' && theirs.kind === 'leaf';
    const newer = isVersion ? (0,versions/* newerOf */.pJ)(meaningOf(base), ours.value, theirs.value) : undefined;
    if (newer === meaningOf(theirs))
        plan.operations.push(set);
    else if (newer === undefined)
        plan.disagreements.push({
            path,
            theirs: set,
            base: base === undefined ? { kind: 'delete', path } : { kind: 'set', path, node: base, from: 'base' },
        });
}
function isBump(a, b, path) {
    return isDependency(path) && a.kind === 'leaf' && b.kind === 'leaf' && (0,versions/* versionDifference */.Oq)(a.value, b.value) !== undefined;
}

;// CONCATENATED MODULE: ./build/scaffold/merge/verify.js


/** Whether neither side has a change that the merged text lacks, and the merged text has none that neither side made. */
function isComplete(sides, merged) {
    const holdsAll = [sides.theirs, sides.ours].every((side) => {
        const { operations, disagreements } = planManifest(sides.base.root, merged.root, side.root);
        return operations.length === 0 && disagreements.length === 0;
    });
    return holdsAll && isFaithful(sides, merged);
}
/** Whether the merged text holds what the user added, changed and removed, as far as the template has no answer of its own. */
function holdsOwn({ base, ours }, merged) {
    return planManifest(base.root, merged.root, ours.root).operations.length === 0;
}
/**
 * Whether the merged text says nothing that neither side says. A line in the wrong place does: a key of TOML that came to lie below the
 * header of another table, say.
 */
function isFaithful({ ours, theirs }, merged) {
    return saysNothingElse(ours.root, theirs.root, merged.root);
}
function saysNothingElse(ours, theirs, merged) {
    const isOneOf = (...sides) => sides.some((side) => meaningOf(side) === meaningOf(merged));
    if (meaningOf(ours) === meaningOf(theirs))
        return isOneOf(ours);
    // A list to which both added lines holds both.
    if (ours.kind === 'leaf' && theirs.kind === 'leaf' && merged.kind === 'leaf')
        return true;
    if (ours.kind === 'leaf' || theirs.kind === 'leaf' || merged.kind === 'leaf')
        return isOneOf(ours, theirs);
    const keys = new Set([ours, theirs, merged].flatMap(({ entries }) => entries.map(({ key }) => key)));
    return [...keys].every((key) => {
        const [own, next, now] = [ours, theirs, merged].map((branch) => entryOf(branch, key)?.node);
        if (own !== undefined && next !== undefined)
            return now !== undefined && saysNothingElse(own, next, now);
        return now === undefined || meaningOf(now) === meaningOf(own ?? next);
    });
}

;// CONCATENATED MODULE: ./build/scaffold/merge/structured.js









/**
 * Merges a manifest by key. The merge by lines is taken where it is clean and holds every change of both sides, since it carries
 * comments, too; else the template's changes are made in the user's text one by one. Where that is not safe, the lines decide.
 */
function mergeManifest(read, texts, byLines, labels) {
    return mergeByKey(read, texts, byLines, labels) ?? (isBroken(read, texts, byLines) ? wholeConflict(texts, labels) : byLines);
}
// Lines that fit together can still make a manifest that nobody can read, or that says something else than both sides: one key twice,
// a comma too few. The same where there are conflicts, once the user has chosen the own side of each.
function isBroken(read, texts, { text }) {
    const [base, ours, theirs] = [read((0,merge_text/* plain */.pj)(texts.base)), read((0,merge_text/* plain */.pj)(texts.ours)), read((0,merge_text/* plain */.pj)(texts.theirs))];
    if (ours === undefined)
        return false;
    const merged = read((0,markers/* withOwnSides */.zh)(text));
    if (merged === undefined)
        return true;
    if (base === undefined || theirs === undefined)
        return false;
    const sides = { base, ours, theirs };
    return !holdsOwn(sides, merged) || !isFaithful(sides, merged);
}
function wholeConflict({ base, ours, theirs }, labels) {
    return { text: (0,merge_text/* plain */.pj)({ lines: (0,markers/* withMarkers */.ew)(ours.lines, base.lines, theirs.lines, labels), isEnded: true }), conflicts: [1] };
}
function mergeByKey(read, texts, byLines, labels) {
    const source = { base: (0,merge_text/* plain */.pj)(texts.base), ours: (0,merge_text/* plain */.pj)(texts.ours), theirs: (0,merge_text/* plain */.pj)(texts.theirs) };
    const [base, ours, theirs] = [read(source.base), read(source.ours), read(source.theirs)];
    if (base === undefined || ours === undefined || theirs === undefined)
        return undefined;
    const sides = { base, ours, theirs };
    const { operations, disagreements } = planManifest(base.root, ours.root, theirs.root);
    if (byLines.conflicts.length === 0) {
        const merged = read(byLines.text);
        if (merged !== undefined && (disagreements.length > 0 ? isFaithful(sides, merged) : isComplete(sides, merged)))
            return byLines;
    }
    try {
        const agreed = withComments(read, sides, source, editAll(read, source.ours, operations, source));
        const outline = read(agreed);
        if (outline === undefined)
            return undefined;
        if (disagreements.length === 0)
            return isComplete(sides, outline) ? { text: agreed, conflicts: [] } : undefined;
        const left = planManifest(base.root, outline.root, theirs.root);
        if (left.operations.length > 0 || left.disagreements.length !== disagreements.length || !isFaithful(sides, outline))
            return undefined;
        // Three versions of the user's own text that differ in nothing but what the sides disagree about: short conflicts, in their format.
        const [old, next] = ['base', 'theirs'].map((side) => editAll(read, agreed, disagreements.map((disagreement) => disagreement[side]), source));
        const marked = mergeLines('', asText(old), asText(agreed), asText(next), labels);
        if (marked.conflicts.length === 0 || meaningOf(read((0,markers/* withOwnSides */.zh)(marked.text))?.root) !== meaningOf(outline.root))
            return undefined;
        return { text: marked.text, conflicts: disagreements.map(({ path }) => lineNumber(source.ours, offsetOf(ours.root, path))) };
    }
    catch (error) {
        if (error instanceof Unsafe)
            return undefined;
        throw error;
    }
}
// The text is read again after each edit, so that offsets are never stale.
function editAll(read, text, operations, source) {
    return operations.reduce((edited, operation) => {
        const outline = read(edited);
        if (outline === undefined)
            throw new Unsafe();
        return edit(edited, outline.root, operation, source);
    }, text);
}
/**
 * Edits by key carry no comments. Those that the template added are merged by lines, now that all values agree: the base is brought to
 * the template's values, so that nothing but comments is left to differ.
 */
function withComments(read, sides, source, agreed) {
    if (!lacksComment(sides, read(agreed)))
        return agreed;
    const { operations } = planManifest(sides.base.root, sides.base.root, sides.theirs.root);
    const base = editAll(read, source.base, operations, source);
    const { text, conflicts } = mergeLines('', asText(base), asText(agreed), asText(source.theirs), { theirs: '' });
    if (conflicts.length > 0 || lacksComment(sides, read(text)))
        throw new Unsafe();
    return text;
}
function lacksComment({ base, ours, theirs }, merged) {
    return [...ours.comments, ...theirs.comments].some((comment) => !base.comments.includes(comment) && !merged?.comments.includes(comment));
}
function asText(text) {
    const decoded = (0,merge_text/* decode */.D4)(Buffer.from(text ?? ''));
    if (decoded === undefined)
        throw new Unsafe();
    return decoded;
}
/** Where a path begins, or the innermost part of it that is there. */
function offsetOf(root, path) {
    let [branch, offset] = [root, root.start];
    for (const key of path) {
        const entry = entryOf(branch, key);
        if (entry === undefined)
            break;
        offset = entry.start;
        branch = entry.node.kind === 'branch' ? entry.node : undefined;
    }
    return offset;
}

// EXTERNAL MODULE: ./node_modules/toml-eslint-parser/lib/index.mjs + 3 modules
var lib = __webpack_require__(9605);
;// CONCATENATED MODULE: ./build/scaffold/merge/toml.js


/** Reads TOML. Each table is an entry under its header, so that an edit stays inside the section where it was made. */
function readToml(text) {
    let program;
    try {
        program = (0,lib/* parseTOML */.MD)(text);
    }
    catch (error) {
        if (error instanceof SyntaxError)
            return undefined;
        throw error;
    }
    const entries = program.body[0].body.map((item) => (item.type === 'TOMLTable' ? readTable(item, text) : readPair(item, [], text)));
    if (!hasUniqueKeys(entries))
        return undefined;
    const comments = program.comments.map(({ value }) => value);
    return { root: { kind: 'branch', layout: 'lines', entries, start: 0, end: text.length }, comments };
}
function readTable(table, text) {
    const [start, end] = table.range;
    const header = text.slice(...table.key.range);
    const entries = table.body.map((pair) => readPair(pair, [header], text));
    // Tables of an array have one header: their name tells them apart.
    const name = entries.find(({ key }) => key === 'name')?.node;
    const key = table.kind === 'array' ? `[[${header}]] ${name?.kind === 'leaf' ? name.value : ''}` : `[${header}]`;
    const headerEnd = text.indexOf(']', table.key.range[1]) + (table.kind === 'array' ? 2 : 1);
    return { key, node: { kind: 'branch', layout: 'lines', entries, start: headerEnd, end }, start, end };
}
function readPair({ key, value, range: [start, end] }, path, text) {
    const name = key.keys.map((part) => (part.type === 'TOMLBare' ? part.name : part.value)).join('.');
    return { key: name, node: readValue(value, [...path, name], text), start, end };
}
function readValue(value, path, text) {
    const [start, end] = value.range;
    if (value.type === 'TOMLInlineTable') {
        const entries = value.body.map((pair) => readPair(pair, path, text));
        return { kind: 'branch', layout: 'commas', entries, start, end };
    }
    if (value.type === 'TOMLArray' && isDependency(path)) {
        const entries = value.elements.map((item) => {
            const [itemStart, itemEnd] = item.range;
            const key = item.type === 'TOMLValue' && typeof item.value === 'string' ? requirementName(item.value) : toml_valueText(item, text);
            return { key, node: { kind: 'leaf', value: toml_valueText(item, text), start: itemStart, end: itemEnd }, start: itemStart, end: itemEnd };
        });
        if (hasUniqueKeys(entries))
            return { kind: 'branch', layout: 'commas', entries, start, end };
    }
    return { kind: 'leaf', value: toml_valueText(value, text), start, end };
}
function toml_valueText(node, text) {
    if (node.type === 'TOMLArray')
        return `[${node.elements.map((item) => toml_valueText(item, text)).join(',')}]`;
    if (node.type === 'TOMLInlineTable')
        return `{${node.body.map(({ key, value }) => `${text.slice(...key.range)}:${toml_valueText(value, text)}`).join(',')}}`;
    return node.kind === 'string' ? JSON.stringify(node.value) : text.slice(...node.range);
}

// EXTERNAL MODULE: ./node_modules/yaml/dist/index.js
var dist = __webpack_require__(38815);
;// CONCATENATED MODULE: ./build/scaffold/merge/yaml.js


/** Reads one YAML document whose root is a map. */
function readYaml(text) {
    const document = (0,dist/* parseDocument */.Tp)(text);
    if (document.errors.length > 0 || !(0,dist/* isMap */.jh)(document.contents))
        return undefined;
    if (!isResolved(document))
        return undefined;
    const root = yaml_read(document.contents, [], text);
    // Approximate: a `#` in a text counts, too. It is asked whether any of them was lost.
    const comments = [...text.matchAll(/(?<=^|\s)#.*$/gm)].map(([comment]) => comment);
    return root.kind === 'branch' ? { root, comments } : undefined;
}
// An alias whose anchor is gone is no error of the syntax.
function isResolved(document) {
    try {
        document.toJS();
        return true;
    }
    catch (error) {
        if (error instanceof ReferenceError)
            return false;
        throw error;
    }
}
function yaml_read(node, path, text) {
    const [start, after] = rangeOf(node);
    // A block of YAML ends behind its last line break, which belongs to the line.
    const end = (0,dist/* isCollection */.P3)(node) ? start + text.slice(start, after).trimEnd().length : after;
    const entries = (0,dist/* isMap */.jh)(node) ? readPairs(node.items, path, text) : (0,dist/* isSeq */.oP)(node) && isDependency(path) ? readItems(node.items) : undefined;
    if (entries !== undefined && hasUniqueKeys(entries))
        return { kind: 'branch', layout: (0,dist/* isCollection */.P3)(node) && node.flow ? 'commas' : 'lines', entries, start, end };
    return {
        kind: 'leaf',
        value: JSON.stringify([node.tag, (0,dist/* isScalar */.jn)(node) || (0,dist/* isCollection */.P3)(node) ? node.toJSON() : text.slice(start, end)]),
        start,
        end,
    };
}
function readPairs(pairs, path, text) {
    const entries = [];
    for (const { key, value } of pairs) {
        // A key without a value, or one that is no plain name: the map is taken as a whole.
        if (!(0,dist/* isScalar */.jn)(key) || !isNode(value))
            return undefined;
        const name = String(key.value);
        const [start] = rangeOf(key);
        entries.push({ key: name, node: yaml_read(value, [...path, name], text), start, end: rangeOf(value)[1] });
    }
    return entries;
}
function readItems(items) {
    const entries = [];
    for (const item of items) {
        if (!(0,dist/* isScalar */.jn)(item) || typeof item.value !== 'string')
            return undefined;
        const [start, end] = rangeOf(item);
        entries.push({ key: requirementName(item.value), node: { kind: 'leaf', value: JSON.stringify(item.value), start, end }, start, end });
    }
    return entries;
}
function isNode(value) {
    return typeof value === 'object' && value !== null && 'range' in value;
}
function rangeOf({ range }) {
    return [range?.[0] ?? 0, range?.[1] ?? 0];
}

;// CONCATENATED MODULE: ./build/scaffold/merge/index.js







const manifests = [
    [/\.jsonc?$/, readJson],
    [/\.toml$/, readToml],
    [/\.ya?ml$/, readYaml],
];
/** Merges a file that the user and the template both changed. The user's line endings and byte order mark stay. */
function mergeFile({ path, base, ours, theirs }, labels) {
    const texts = { base: (0,merge_text/* decode */.D4)(base), ours: (0,merge_text/* decode */.D4)(ours), theirs: (0,merge_text/* decode */.D4)(theirs) };
    if (texts.base === undefined || texts.ours === undefined || texts.theirs === undefined)
        return { kind: 'binary' };
    const sides = { base: texts.base, ours: texts.ours, theirs: texts.theirs };
    const marker = (0,markers/* firstMarker */.dj)((0,merge_text/* plain */.pj)(sides.ours));
    if (marker !== undefined)
        return { kind: 'unresolved', line: marker };
    const byLines = mergeLines(path, sides.base, sides.ours, sides.theirs, labels);
    const read = manifests.find(([pattern]) => pattern.test(path))?.[1];
    const merged = read === undefined ? byLines : mergeManifest(read, sides, byLines, labels);
    const content = (0,merge_text/* inStyleOf */.SP)(sides.ours, merged.text);
    return merged.conflicts.length === 0 ? { kind: 'clean', content } : { kind: 'conflict', content, lines: merged.conflicts };
}


/***/ })

};
