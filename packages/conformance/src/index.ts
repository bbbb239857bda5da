export { type StyleName, styles } from './api-styles.ts';
export { makeClient } from './client.ts';
export { type CommandOptions, runCommand } from './command.ts';
export { everyClause } from './every-clause.ts';
export { makePaint, toText } from './report.ts';
export { runClauses } from './runner.ts';
export { claimsOf, now, sign } from './tokens.ts';
export { type LocalUsers, type Users, usersOfSecret } from './users.ts';
