/** What this service works on. */
export interface JobData {
  text: string;
  /** Of the request that made the job, for the log. */
  requestId: string;
}

export interface JobResult {
  characters: number;
  words: number;
}

export interface Job {
  id: string;
  /** running, completed, failed, cancelled, terminated, timed_out */
  state: string;
  result: JobResult | null;
}

export interface Jobs {
  start(data: JobData): Promise<string>;
  find(id: string): Promise<Job | undefined>;
}
