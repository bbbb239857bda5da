import { styleText } from 'node:util';
import type { Diagnosis } from '@taskward/api';
import type { Command } from 'commander';
import { failureExitCode } from '../../exit-codes.ts';
import { toJson } from '../../formats/json/json.ts';
import { type WithJson, withExamples, withJson } from '../../input/options.ts';
import { CommandExit, printNotice, write } from '../../output/output.ts';
import { shown } from '../../output/terminal.ts';
import { io } from '../../runtime/io.ts';

const lineOf = ({ check, ok, says }: Diagnosis): string => {
  const mark = ok ? styleText('green', 'ok   ') : styleText('red', 'wrong');
  const [first = '', ...rest] = says.map(shown);
  return [`${mark}  ${check.padEnd(13)}  ${first}`, ...rest.map((line) => `${' '.repeat(22)}${line}`)].join('\n');
};

const doctor = async ({ json }: WithJson) => {
  const { diagnose, loadEnvironment } = await import('@taskward/api');
  const diagnoses: Diagnosis[] = [];
  // The log would repeat the diagnoses less clearly.
  for await (const diagnosis of diagnose({ ...(io().env ?? loadEnvironment()), LOG_LEVEL: 'silent' }, printNotice)) {
    diagnoses.push(diagnosis);
    if (!json) await write(`${lineOf(diagnosis)}\n`);
  }
  const ok = diagnoses.every((diagnosis) => diagnosis.ok);
  if (json) await write(`${toJson({ ok, checks: diagnoses })}\n`);
  if (!ok) throw new CommandExit(failureExitCode);
};

/** `taskward doctor` */
export const addDoctorCommand = (program: Command): void => {
  withExamples(
    withJson(
      program
        .command('doctor')
        .description('check the configuration, the database and the keys, and say how to fix what is wrong'),
    ),
    'taskward doctor',
    "taskward doctor --json | jq '.checks[] | select(.ok | not)'",
  ).action(doctor);
};
