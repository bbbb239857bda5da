// lib/tasks.ts: the client, once for all pages.
import { makeTasksApi } from './tasks-api.ts';

export const tasks = makeTasksApi({ url: process.env.NEXT_PUBLIC_TASKWARD_URL ?? 'http://localhost:8000' });
