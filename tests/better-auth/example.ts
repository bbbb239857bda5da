interface Files {
  'auth.ts': typeof import('../../examples/nextjs-better-auth/auth.ts');
  'route.ts': typeof import('../../examples/nextjs-better-auth/route.ts');
  'set-token-cookie.ts': typeof import('../../examples/nextjs-better-auth/set-token-cookie.ts');
  'shared-secret.ts': typeof import('../../examples/nextjs-better-auth/shared-secret.ts');
  'tasks-api.ts': typeof import('../../examples/nextjs-better-auth/tasks-api.ts');
  'tasks.ts': typeof import('../../examples/nextjs-better-auth/tasks.ts');
}

/**
 * Imports a file of the example, which reads its environment when it is imported. The example is of no package, as what
 * is copied from it will not be either: this is the one place where a package's tests reach out of it.
 */
export const importExample = <Name extends keyof Files>(name: Name): Promise<Files[Name]> =>
  import(new URL(`../../examples/nextjs-better-auth/${name}`, import.meta.url).href);
