import { AsyncLocalStorage } from 'node:async_hooks';
import type { Span } from '@opentelemetry/api';

/** The span of the request on whose behalf code runs. */
export class CurrentSpan {
  readonly #storage = new AsyncLocalStorage<Span>();

  /** Runs `work`, and what follows from it, on behalf of the request. */
  run(span: Span, work: () => void): void {
    this.#storage.run(span, work);
  }

  /** The span that is recorded and has not ended, if any: timers that a request started may outlive it. */
  get recorded(): Span | undefined {
    const span = this.#storage.getStore();
    return span?.isRecording() ? span : undefined;
  }
}
