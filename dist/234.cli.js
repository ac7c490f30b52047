export const id = 234;
export const ids = [234];
export const modules = {

/***/ 17234:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   maskable: () => (/* binding */ maskable),
/* harmony export */   redact: () => (/* binding */ redact),
/* harmony export */   redactDiagnostics: () => (/* binding */ redactDiagnostics)
/* harmony export */ });
const shortest = 6;
/**
 * The secrets that a runner is to mask: no short ones, and none that is in `names`, which other jobs need. A runner drops outputs
 * with a masked value, and `development` as a password of development would cost the name of the environment.
 */
function maskable(secrets, names) {
    return secrets.filter((secret) => secret.length >= shortest && !names.some((name) => name.includes(secret)));
}
/** Replaces secret values in text for people. Short values stay: hiding `true` or a port would hide half a log and protect nothing. */
function redact(text, secrets) {
    let result = text;
    // A log shows the lines of a secret one by one. Longest first: a secret may contain another one.
    const parts = [...new Set(secrets.flatMap((secret) => [secret, ...secret.split(/\r?\n/)]))];
    for (const secret of parts.sort((a, b) => b.length - a.length))
        if (secret.length >= shortest)
            result = result.replaceAll(secret, '***');
    return result;
}
/** The diagnostics with secret values replaced in what they say. */
function redactDiagnostics(diagnostics, secrets) {
    return diagnostics.map((diagnostic) => ({
        ...diagnostic,
        message: redact(diagnostic.message, secrets),
        fix: redact(diagnostic.fix, secrets),
    }));
}


/***/ })

};
