export const id = 58;
export const ids = [58];
export const modules = {

/***/ 82058:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  openLiveTerminal: () => (/* binding */ openLiveTerminal)
});

;// CONCATENATED MODULE: ./build/report/live.js
/** Starts with nothing under way. Times are milliseconds. */
function createLiveView() {
    const open = new Map();
    function take(line, now) {
        const [, step, rest = ''] = /^#(\d+) (.*)$/.exec(line) ?? [];
        if (step === undefined)
            return line === '';
        // The first line of a bake: what an earlier one left open is over.
        if (rest.startsWith('[internal] load local bake definitions'))
            open.clear();
        if (/^(DONE|CACHED|ERROR|CANCELED)\b/.test(rest))
            open.delete(step);
        else if (/^\[(?!.*\binternal\])/.test(rest) && !open.has(step))
            open.set(step, { title: rest.replace(/\p{Cc}/gu, ' '), since: now });
        return true;
    }
    function rows(now, { width, height }) {
        const all = [...open.values()].map(({ title, since }) => {
            const time = ` ${Math.round((now - since) / 1000)} s`;
            return `${title.slice(0, width - time.length)}${time}`;
        });
        if (all.length <= height)
            return all;
        return [...all.slice(0, height - 1), `and ${all.length - height + 1} more`.slice(0, width)];
    }
    return { take, rows };
}

;// CONCATENATED MODULE: ./build/adapters/live-terminal.js

const redrawEvery = 100;
const mostRows = 12;
function openLiveTerminal(stream) {
    const view = createLiveView();
    let drawn = 0;
    // To the first drawn line, and everything from there on away.
    const clear = () => (drawn === 0 ? '' : `\x1b[${drawn}A\x1b[J`);
    const draw = (above = '') => {
        const size = { width: (stream.columns || 80) - 1, height: Math.min(mostRows, (stream.rows || 24) - 1) };
        const rows = view.rows(performance.now(), size);
        stream.write(`${clear()}${above}${rows.map((row) => `${row}\n`).join('')}`);
        drawn = rows.length;
    };
    // It must not keep the process alive.
    const timer = setInterval(() => draw(), redrawEvery).unref();
    return {
        progress: (line) => {
            if (!view.take(line, performance.now()))
                draw(`${line}\n`);
        },
        end: () => {
            clearInterval(timer);
            stream.write(clear());
            drawn = 0;
        },
    };
}


/***/ })

};
