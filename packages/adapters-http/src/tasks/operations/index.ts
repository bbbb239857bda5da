import { batch } from './batch.ts';
import { complete } from './complete.ts';
import { create } from './create.ts';
import { get } from './get.ts';
import { list } from './list.ts';
import type { Operation } from './operation.ts';
import { remove } from './remove.ts';
import { change, replace } from './update.ts';

/** Every operation on tasks, in the order of the OpenAPI document. */
export const operations: readonly Operation[] = [list, create, batch, get, change, replace, complete, remove];
