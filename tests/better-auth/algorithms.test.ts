import t, { type Test } from 'tap';
import { publicKeyCommand } from './documents.ts';
import { importExample } from './example.ts';
import { anAuthServer, askWith, aTaskward, headerOf, onBothStyles, secret } from './support.ts';

type KeyPair = NonNullable<NonNullable<Parameters<typeof anAuthServer>[1]>['jwks']>['keyPairConfig'];

const keyPairs: [alg: string, keyPairConfig: KeyPair][] = [
  ['EdDSA', undefined],
  ['ES256', { alg: 'ES256' }],
  ['ES512', { alg: 'ES512' }],
  ['RS256', { alg: 'RS256' }],
  ['PS256', { alg: 'PS256' }],
];

const isGood = async (t: Test, env: Record<string, string>, token: string, userId: string) => {
  const api = await aTaskward(t, env);
  t.strictSame(await onBothStyles(api, token, userId), [200, 200]);
  const altered = token.slice(0, -20) + [...token.slice(-20)].reverse().join('');
  t.match(await askWith(api, altered), { status: 401, sentence: /^The token's signature does not hold/ });
};

t.jobs = keyPairs.length;

for (const [alg, keyPairConfig] of keyPairs) {
  t.test(`keyPairConfig ${JSON.stringify(keyPairConfig) ?? 'as it comes'}`, { buffered: true }, async (t) => {
    const auth = await anAuthServer(t, { jwks: { keyPairConfig } });
    const user = await auth.signUp();
    const token = await user.getToken();
    t.equal(headerOf(token).alg, alg);

    t.test('by key set, with a slash too many and no other algorithm', (t) =>
      isGood(t, { JWT_JWKS_URL: `${auth.jwksUrl}/`, JWT_ALGORITHM: alg }, token, user.userId),
    );
    t.test('by public key', async (t) => {
      // An RSA key is for RS256 unless told otherwise.
      const narrowed = alg === 'PS256' ? { JWT_ALGORITHM: 'PS256' } : undefined;
      await isGood(t, { JWT_PUBLIC_KEY: await publicKeyCommand(auth.url), ...narrowed }, token, user.userId);
    });
  });
}

t.test('one Taskward for all of it: another auth server by secret, by public key and by key set', async (t) => {
  const { sharedSecretJwt } = await importExample('shared-secret.ts');
  const byKeySet = await anAuthServer(t);
  const byPublicKey = await anAuthServer(t, { jwks: { keyPairConfig: { alg: 'RS256' } } });
  const bySecret = await anAuthServer(t, {}, { plugins: [sharedSecretJwt()] });
  const api = await aTaskward(t, {
    JWT_JWKS_URL: byKeySet.jwksUrl,
    JWT_PUBLIC_KEY: await publicKeyCommand(byPublicKey.url),
    BETTER_AUTH_SECRET: secret,
    JWT_ISSUER: [byKeySet, byPublicKey, bySecret].map(({ url }) => url).join(),
    JWT_AUDIENCE: [byKeySet, byPublicKey, bySecret].map(({ url }) => url).join(),
  });
  for (const auth of [byKeySet, byPublicKey, bySecret]) {
    const { userId, getToken } = await auth.signUp();
    t.strictSame(await onBothStyles(api, await getToken(), userId), [200, 200]);
  }
});
