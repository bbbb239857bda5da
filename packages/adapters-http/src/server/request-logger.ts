import type { FastifyBaseLogger } from 'fastify';

type Level = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace';

/** A request's logger. It makes its child of the server's logger on first use, because most requests log nothing. */
class RequestLogger {
  readonly #parent: FastifyBaseLogger;
  readonly #bindings: object;
  #child: FastifyBaseLogger | undefined;

  constructor(parent: FastifyBaseLogger, bindings: object) {
    this.#parent = parent;
    this.#bindings = bindings;
  }

  get level(): string {
    return this.#parent.level;
  }

  #write(level: Level, logged: unknown[]): void {
    this.#child ??= this.#parent.child(this.#bindings as never) as FastifyBaseLogger;
    (this.#child[level] as (...logged: unknown[]) => void)(...logged);
  }

  fatal(...logged: unknown[]): void {
    this.#write('fatal', logged);
  }
  error(...logged: unknown[]): void {
    this.#write('error', logged);
  }
  warn(...logged: unknown[]): void {
    this.#write('warn', logged);
  }
  info(...logged: unknown[]): void {
    this.#write('info', logged);
  }
  debug(...logged: unknown[]): void {
    this.#write('debug', logged);
  }
  trace(...logged: unknown[]): void {
    this.#write('trace', logged);
  }
  silent(): void {}

  child(bindings: object): FastifyBaseLogger {
    return this.#parent.child({ ...this.#bindings, ...bindings } as never) as FastifyBaseLogger;
  }
}

/** Makes the logger of a request; Fastify's `childLoggerFactory`. */
export const makeRequestLogger = (parent: FastifyBaseLogger, bindings: object): FastifyBaseLogger =>
  new RequestLogger(parent, bindings) as unknown as FastifyBaseLogger;
