import { styleText } from 'node:util';
import type { Finding } from '@taskward/api';
import type { Command } from 'commander';
import { failureExitCode } from '../exit-codes.ts';
import { toJson } from '../formats/record.ts';
import { io } from '../io.ts';
import { type WithJson, withExamples, withJson } from '../options.ts';
import { Ended, say, write } from '../output.ts';
import { shown } from '../terminal.ts';

const lineOf = ({ check, ok, says }: Finding): string => {
  const mark = ok ? styleText('green', 'ok   ') : styleText('red', 'wrong');
  const [first = '', ...rest] = says.map(shown);
  return [`${mark}  ${check.padEnd(13)}  ${first}`, ...rest.map((line) => `${' '.repeat(22)}${line}`)].join('\n');
};

const doctor = async ({ json }: WithJson) => {
  const { examine, loadEnvironment } = await import('@taskward/api');
  const findings: Finding[] = [];
  // The log would say once more, and less clearly, what the findings say.
  for await (const finding of examine({ ...(io().env ?? loadEnvironment()), LOG_LEVEL: 'silent' }, say)) {
    findings.push(finding);
    if (!json) await write(`${lineOf(finding)}\n`);
  }
  const ok = findings.every((finding) => finding.ok);
  if (json) await write(`${toJson({ ok, checks: findings })}\n`);
  if (!ok) throw new Ended(failureExitCode);
};

/** `taskward doctor` */
export const addDoctorCommand = (program: Command): void => {
  withExamples(
    withJson(program.command('doctor').description('check everything that Taskward needs, and say how to mend it')),
    'taskward doctor',
    "taskward doctor --json | jq '.checks[] | select(.ok | not)'",
  ).action(doctor);
};
