import type { UseCases } from '@taskward/application';
import type { UserId } from '@taskward/domain';
import type { FastifyBaseLogger } from 'fastify';
import type { AgentHandler } from './agents/agent-handler.ts';
import type { AuthSettings } from './auth/authenticate.ts';
import type { CompatibilitySetting } from './compatibility/settings.ts';
import type { StreamLimits } from './events/event-streams.ts';
import type { ReadinessCheck } from './plugins/health.ts';
import type { ConcurrencyLimits } from './plugins/load-shedding.ts';
import type { RateLimitSettings } from './plugins/rate-limit.ts';
import type { ObserveRoute } from './plugins/request-times.ts';
import type { ResponseBackpressureOptions } from './plugins/response-backpressure.ts';
import type { StartTrace } from './plugins/tracing.ts';
import type { WebAppOptions } from './web-app/web-app.ts';

/** What the HTTP adapter needs. */
export interface HttpOptions extends ConcurrencyLimits, ResponseBackpressureOptions, StreamLimits {
  readonly useCases: UseCases;
  readonly auth: AuthSettings;
  /** Absent: nobody is limited. */
  readonly rateLimit?: RateLimitSettings | undefined;
  /** Addresses or CIDR ranges of proxies whose `X-Forwarded-…` headers are trusted. */
  readonly trustedProxies?: readonly string[];
  /** The URL at which clients find this server. Absent: what a trusted proxy forwards, else the root of any host. */
  readonly publicUrl?: string | undefined;
  /** Exact origins whose pages may call, with credentials. */
  readonly corsOrigins: readonly string[];
  /** What must work for `/health/ready`, by name. */
  readonly readiness: Readonly<Record<string, ReadinessCheck>>;
  /** How long changes are kept, in days. Absent: for good. */
  readonly changesRetentionDays?: number | undefined;
  /** How responses differ from the contract, for clients of other backends. Absent: they do not. */
  readonly compatibility?: readonly CompatibilitySetting[] | undefined;
  /** The page at `/`. Absent: a page that links the documentation. */
  readonly webApp?: (WebAppOptions & { readonly issueToken?: (userId: UserId) => string }) | undefined;
  /** Answers agents at `/mcp`. Absent: there is no such path. */
  readonly agents?: AgentHandler | undefined;
  /** Whether the server is about to stop: then each response closes its connection. */
  readonly isDraining?: () => boolean;
  /** Observes how long requests take. Absent: nothing is measured. */
  readonly observeRoute?: ObserveRoute | undefined;
  /** Shown in the OpenAPI document. */
  readonly version: string;
  /** Begins the trace of a request. Absent: there are no traces. */
  readonly startTrace?: StartTrace | undefined;
  /** Absent: nothing is logged. */
  readonly logger?: FastifyBaseLogger;
}
