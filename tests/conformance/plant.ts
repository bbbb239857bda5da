import { now, type StyleName, sign } from '@taskward/conformance';
import { secret } from '../support/http/tokens.ts';
import { type Asked, type Fault, parties, type ReceivedResponse } from './planted-server.ts';

/** A server that breaks the contract in one way, and the clauses that must notice it: these and no other. */
export interface Planted {
  readonly style: StyleName;
  readonly fault: Fault;
  readonly breaks: readonly string[];
}

export const responding =
  (change: (responded: ReceivedResponse, asked: Asked) => ReceivedResponse): Fault =>
  async (asked, forward) =>
    change(await forward(asked), asked);

export const asking =
  (change: (asked: Asked) => Asked): Fault =>
  (asked, forward) =>
    forward(change(asked));

export const refusing = (status: number, body: object): ReceivedResponse => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: Buffer.from(JSON.stringify(body)),
});

export const withoutHeader = (asked: Asked, name: string): Asked => ({
  ...asked,
  headers: { ...asked.headers, [name]: undefined },
});

export const matching = (headers: ReceivedResponse['headers'], kept: (name: string) => boolean) =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => kept(name)));

export const utf8 = new TextDecoder('utf-8', { fatal: true });

export const bodyOf = ({ body }: { body: Buffer }): Record<string, unknown> | undefined => {
  try {
    const value: unknown = JSON.parse(utf8.decode(body));
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
};

export const withBody = (asked: Asked, body: object): Asked => ({ ...asked, body: Buffer.from(JSON.stringify(body)) });

/** Changes the bodies of the responses of some paths, if they are objects. */
export const changing = (path: RegExp, change: (body: Record<string, unknown>) => void): Fault =>
  responding((responded, { url }) => {
    const body = path.test(url) ? bodyOf(responded) : undefined;
    if (body === undefined) return responded;
    change(body);
    return { ...responded, body: Buffer.from(JSON.stringify(body)) };
  });

export const tokenOf = ({ headers }: Asked): string => /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1] ?? '';

export const withToken = (asked: Asked, token: string): Asked => ({
  ...asked,
  headers: { ...asked.headers, authorization: `Bearer ${token}` },
});

export const resigned = (asked: Asked, claims: Record<string, unknown>): Asked =>
  withToken(asked, sign(secret, { iss: parties.issuer, aud: parties.audience, ...claims, exp: now() + 3600 }));
