/** @typedef {'up' | 'down' | 'off'} StoreStatus */

/**
 * What readiness and shutdown need from every store. `off` means: not configured.
 * @typedef {object} Store
 * @property {() => Promise<StoreStatus>} status
 * @property {() => Promise<void>} close
 */

export {}; // a module, so that others can import its types
