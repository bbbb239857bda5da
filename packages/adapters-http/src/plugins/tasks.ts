import type { UseCases } from '@taskward/application';
import fp from 'fastify-plugin';
import type { PublicUrl } from '../server/public-url.ts';
import { pathOwnerStyle, tokenOwnerStyle } from '../tasks/api-styles.ts';
import { registerTaskRoutes } from '../tasks/routes.ts';

interface TasksOptions {
  readonly useCases: UseCases;
  readonly publicUrl: PublicUrl;
}

/** Serves the operations on tasks, in both styles. */
export const tasks = fp<TasksOptions>(
  async (app, { useCases, publicUrl }) => {
    app.decorateRequest('owner', null);
    app.decorateRequest('createdAt', null);
    registerTaskRoutes(app, tokenOwnerStyle, useCases, app.authenticate, publicUrl);
    registerTaskRoutes(app, pathOwnerStyle, useCases, app.authenticate, publicUrl);
  },
  { name: 'tasks', dependencies: ['authentication', 'json-body', 'validation'] },
);
