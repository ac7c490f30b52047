/** What this service works on. Another kind of job: another file like this one, and another queue. */
export const QUEUE_NAME = 'jobs';

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
  /** waiting, delayed (before the next attempt), active, completed, failed */
  state: string;
  result: JobResult | null;
}

export interface JobQueue {
  add(data: JobData): Promise<string>;
  find(id: string): Promise<Job | undefined>;
}
