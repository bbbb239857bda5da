import { type Framing, toWire } from './framing.ts';
import type { FuzzRequest } from './requests.ts';

const longest = 3000;

// In the $'…' of a shell: bytes that are not plain are escaped, one by one.
const quoted = (bytes: Buffer): string => {
  const text = Array.from(bytes, (byte) => {
    const character = String.fromCharCode(byte);
    return /[\x20-\x7e]/.test(character) && !/['\\]/.test(character)
      ? character
      : `\\x${byte.toString(16).padStart(2, '0')}`;
  }).join('');
  return `$'${text}'`;
};

/** A request to paste into a shell: for curl, or for nc where curl would not write it like this. */
export const asShell = (request: FuzzRequest): string => {
  const { method, target, headers, body, framing } = request;
  if (framing !== 'inject' && framing !== 'plain') {
    const { bytes } = toWire({ ...request, framing: framing as Framing });
    return `printf %s ${quoted(bytes.subarray(0, longest))} | nc localhost 8000`;
  }
  const fields = headers.map(([name, value]) => ` -H ${quoted(Buffer.from(`${name}: ${value}`, 'latin1'))}`).join('');
  const data = body === undefined ? '' : ` --data-binary ${quoted(body.bytes.subarray(0, longest))}`;
  const untyped = body !== undefined && !headers.some(([name]) => name === 'content-type') ? " -H 'content-type:'" : '';
  return `curl -i --path-as-is -X ${method} ${quoted(Buffer.from(`localhost:8000${target}`))}${fields}${untyped}${data}`;
};
