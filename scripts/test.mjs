import { runNode } from './bootstrap.mjs';

// As CI has it: every repetition that a run on a developer's machine has fewer of.
const args = process.argv.slice(2).filter((argument) => argument !== '--full');
const env = args.length < process.argv.length - 2 ? { TASKWARD_TEST_SCALE: 'full' } : {};
runNode(['tests/run.ts', ...args], env);
