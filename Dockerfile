# The API and the command line. docs/deployment.md says how to build and run it.
# All stages have the Node that package.json names.
FROM node:26.10.0-trixie-slim AS base
WORKDIR /app

# The manifests by themselves, so that a change of the sources does not install the libraries anew.
FROM base AS manifests
COPY . .
RUN find . -type f ! -name package.json ! -name package-lock.json ! -name .npmrc -delete

# Without optional dependencies: they are the embedded PostgreSQL, which production does not use.
FROM base AS libraries
COPY --from=manifests /app .
RUN npm ci --omit=dev --omit=optional --ignore-scripts --workspace apps/api --workspace apps/cli \
  && ln -s ../../apps/cli/src/main.ts node_modules/.bin/taskward

FROM base AS page
COPY --from=manifests /app .
RUN npm ci --ignore-scripts --workspace apps/web
COPY tsconfig.base.json .
COPY scripts/build-web.mjs scripts/
COPY packages/client packages/client
COPY apps/web apps/web
RUN node scripts/build-web.mjs

FROM base
ENV NODE_ENV=production ENVIRONMENT=production HOST=0.0.0.0 PORT=8000 PATH=/app/node_modules/.bin:$PATH
COPY --from=libraries /app .
COPY packages packages
COPY apps/api apps/api
COPY apps/cli apps/cli
COPY --from=page /app/apps/web/dist apps/web/dist
# The user `node` of the base image, by number: Kubernetes can tell then that it is not root.
USER 1000:1000
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# Without npm and its start script, which installs, builds and starts a database. The flag is that of apps/api/node-flags.json.
CMD ["node", "--max-semi-space-size=16", "apps/api/src/main.ts"]
