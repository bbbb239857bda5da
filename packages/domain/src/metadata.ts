import { textFault } from './text.ts';

/** A value of JSON. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/** What clients keep with a task: an object of their own. Taskward stores it, and looks at nothing in it. */
export type Metadata = { readonly [name: string]: Json };

/** The size of a task's metadata as JSON, in bytes of UTF-8. */
export const metadataSize = { min: 2, max: 4_096 } as const;

const isObject = (value: unknown): value is { readonly [name: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const wellFormed = { min: 0, max: Number.POSITIVE_INFINITY };

const valueFault = (value: Json): string | undefined => {
  if (typeof value === 'string') return textFault(value, wellFormed);
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : 'must hold numbers that JSON can write';
  if (typeof value !== 'object' || value === null) return undefined;
  const parts = Array.isArray(value) ? (value as readonly Json[]) : Object.entries(value).flat();
  for (const part of parts) {
    const fault = valueFault(part);
    if (fault !== undefined) return fault;
  }
  return undefined;
};

// An escape of `encodeURIComponent` stands for one byte.
const sizeOf = (metadata: Metadata): number =>
  encodeURIComponent(JSON.stringify(metadata)).replaceAll(/%[0-9A-F]{2}/g, 'x').length;

/** Returns what is wrong with metadata, or `undefined`. The message continues the field's name. */
export const metadataFault = (metadata: Metadata): string | undefined => {
  const fault = valueFault(metadata);
  if (fault !== undefined) return fault;
  const size = sizeOf(metadata);
  return size > metadataSize.max ? `must be at most ${metadataSize.max} bytes of JSON, and has ${size}` : undefined;
};

/**
 * Returns metadata with changes merged into it, as a merge patch does (RFC 7396): members that are left out stay, objects are
 * merged, `null` removes a member, and any other value replaces what was there.
 */
export const mergedMetadata = (metadata: Metadata, changes: Metadata): Metadata => {
  const merged = new Map(Object.entries(metadata));
  for (const [name, value] of Object.entries(changes)) {
    const before = merged.get(name);
    if (value === null) merged.delete(name);
    else merged.set(name, isObject(value) ? mergedMetadata(isObject(before) ? before : {}, value) : value);
  }
  return Object.fromEntries(merged);
};

/** Returns a member as filters compare it: texts, numbers, `true` and `false` as text; `undefined` for all else. */
export const metadataText = (metadata: Metadata, name: string): string | undefined => {
  const value = Object.hasOwn(metadata, name) ? metadata[name] : undefined;
  return value === undefined || value === null || typeof value === 'object' ? undefined : String(value);
};
