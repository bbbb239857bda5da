import type { Finding } from './fuzz.ts';

/** A fault that is known and is being mended: what it is, and how it is told from others. */
export interface KnownFault {
  readonly why: string;
  is(finding: Finding): boolean;
}

/** Faults that do not fail the run. An entry goes when its fault is mended: then the run would find it again. */
export const knownFaults: readonly KnownFault[] = [
  {
    why: 'a target in absolute form is answered in the other style',
    is: ({ request, fault }) => request.framing === 'absolute form' && /media type|not the code/.test(fault),
  },
  {
    why: 'a key that stands twice in a JSON object: the last one counts',
    is: ({ fault }) => fault.includes('a duplicate key'),
  },
  {
    why: 'a cursor over a year that PostgreSQL does not have',
    is: ({ request, answer }) => answer?.statusCode === 500 && request.target.includes('cursor='),
  },
  {
    why: 'odd Range, If-Match and If-Unmodified-Since on /docs/static',
    is: ({ request, answer }) => answer?.statusCode === 500 && request.target.startsWith('/docs/static/'),
  },
];
