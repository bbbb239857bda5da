import { createHash, sign, X509Certificate } from 'node:crypto';
import type { KeyPair } from './keys.ts';

const der = (tag: number, ...parts: Buffer[]): Buffer => {
  const body = Buffer.concat(parts);
  const { length } = body;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tag, ...size]), body]);
};

const sequence = (...parts: Buffer[]) => der(0x30, ...parts);
const integer = (value: number) => der(0x02, Buffer.from([value]));
const text = (value: string) => der(0x0c, Buffer.from(value));
const time = (value: string) => der(0x17, Buffer.from(value));
const oid = (hex: string) => der(0x06, Buffer.from(hex, 'hex'));

// Ed25519; ecdsa-with-SHA256; sha256WithRSAEncryption.
const oids: Record<string, Buffer[]> = {
  ed25519: [oid('2b6570')],
  ec: [oid('2a8648ce3d040302')],
  rsa: [oid('2a864886f70d01010b'), der(0x05)],
};

/** A well-signed certificate that somebody made for their own key, as `x5c` has it, and its thumbprints. */
export const attackerCertificate = ({ privateKey, publicKey }: KeyPair) => {
  const type = publicKey.asymmetricKeyType as string;
  const algorithm = sequence(...(oids[type] as Buffer[]));
  const name = sequence(der(0x31, sequence(oid('550403'), text('app.example'))));
  const content = sequence(
    integer(1),
    algorithm,
    name,
    sequence(time('200101000000Z'), time('491231235959Z')),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
  );
  const signature = sign(type === 'ed25519' ? null : 'sha256', content, privateKey);
  const bytes = sequence(content, algorithm, der(0x03, Buffer.from([0]), signature));
  if (!new X509Certificate(bytes).verify(publicKey)) throw new Error('the certificate does not hold');
  const digest = (hash: string) => createHash(hash).update(bytes).digest('base64url');
  return {
    certificate: bytes.toString('base64'),
    pem: new X509Certificate(bytes).toString(),
    thumbprints: { x5t: digest('sha1'), 'x5t#S256': digest('sha256') },
  };
};
