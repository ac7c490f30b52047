export const id = 897;
export const ids = [897];
export const modules = {

/***/ 80286:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   C: () => (/* binding */ OperationFailure)
/* harmony export */ });
/** Something outside the configuration failed. The message says what was tried, the state of things, and what to do next; it is shown as it is. */
class OperationFailure extends Error {
}


/***/ }),

/***/ 20897:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   explainFailure: () => (/* binding */ explainFailure)
/* harmony export */ });
/* harmony import */ var _operation_failure_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(80286);

const reasons = {
    EACCES: 'permission denied; check who owns the path',
    EMFILE: 'too many open files; raise the limit (ulimit -n)',
    ENOENT: 'the place does not exist, or cannot hold files',
    ENOSPC: 'the disk is full; free some space',
    EPERM: 'the operation is not permitted; check who owns the path',
    EROFS: 'the file system is read-only; make it writable',
};
/** What to say when an operation failed for a reason outside the configuration: what was tried, the state of things, what to do next. */
function explainFailure(error) {
    if (error instanceof _operation_failure_js__WEBPACK_IMPORTED_MODULE_0__/* .OperationFailure */ .C)
        return `error: ${error.message}\n`;
    const { code, path, syscall, message, stack } = error;
    if (code !== undefined && syscall !== undefined) {
        const reason = reasons[code] ?? code;
        return `error: ${syscall} ${path ?? ''} failed: ${reason}.\n    Files that were written are whole, the others are as they were. Run the command again to finish.\n`;
    }
    return `error: ${message ?? String(error)}\nThis is a bug in nself-build. Please report it with the lines below.\n${stack ?? ''}\n`;
}


/***/ })

};
