import { textFault } from './text.ts';
import { isObject } from './values.ts';

/** A value of JSON. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/** What clients keep with a task: an object of their own. Taskward stores it, and looks at nothing in it. */
export type Metadata = { readonly [name: string]: Json };

/** The most bytes of UTF-8 that a task's metadata has as JSON. */
export const maxMetadataBytes = 4_096;

const isMetadata = (value: Json | undefined): value is Metadata => isObject(value);

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
  return size > maxMetadataBytes ? `must be at most ${maxMetadataBytes} bytes of JSON, and has ${size}` : undefined;
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
    else merged.set(name, isMetadata(value) ? mergedMetadata(isMetadata(before) ? before : {}, value) : value);
  }
  return Object.fromEntries(merged);
};
