import { type Task, tasksIn } from './api-styles.ts';
import type { Probe } from './clause.ts';
import { demand } from './unmet.ts';

const mostPages = 20;

/**
 * Follows a list from page to page.
 * @param between called after each page, with its number from 1
 * @throws Unmet if the list does not end
 */
export const walkPages = async (
  { call, style }: Probe,
  first: string,
  between: (page: number) => Promise<unknown> = async () => {},
): Promise<Task[]> => {
  const found: Task[] = [];
  let query: string | undefined = first;
  for (let page = 1; query !== undefined; page += 1) {
    const response = await call('GET', query);
    found.push(...tasksIn(style, response));
    query = style.next(response, query);
    demand(response, page < mostPages, 'a last page', `page ${page} leads on to ${query}`);
    await between(page);
  }
  return found;
};
