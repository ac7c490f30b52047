export type StoreStatus = 'up' | 'down' | 'off';

/** What readiness and shutdown need from every store. `off` means: not configured. */
export interface Store {
  status(): Promise<StoreStatus>;
  close(): Promise<void>;
}
