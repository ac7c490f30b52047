export const id = 897;
export const ids = [897];
export const modules = {

/***/ 897:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   explainFailure: () => (/* binding */ explainFailure)
/* harmony export */ });
/** What to say when an operation failed for a reason outside the configuration: what happened, and what to do next. */
function explainFailure(error) {
    const { code, path, syscall, message, stack } = error;
    const known = {
        ENOSPC: 'The disk is full. Files written so far are whole; free some space and run the command again.',
        EACCES: 'Permission denied. Check who owns the path, and run the command again.',
        EPERM: 'The operation is not permitted. Check who owns the path, and run the command again.',
        EROFS: 'The file system is read-only. Make it writable, and run the command again.',
        EMFILE: 'Too many open files. Raise the limit (ulimit -n), and run the command again.',
    };
    if (code !== undefined && known[code] !== undefined)
        return `error: ${syscall ?? 'access'} ${path ?? ''} failed. ${known[code]}\n`;
    return `error: ${message ?? String(error)}\nThis is a bug in nself-build. Please report it with the lines below.\n${stack ?? ''}\n`;
}


/***/ })

};
