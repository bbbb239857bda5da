import type { TaskEvent } from '@taskward/domain';
import type { Attempt } from './webhook-store.ts';

/** Makes the secrets that endpoints verify events with. */
export interface WebhookSecrets {
  /** Returns an endpoint's secret. The same call always has the same result. @param version counts its rotations */
  secretOf(endpoint: string, version: number): string;
}

/** Sends events to other systems. */
export interface WebhookSender {
  /** Returns what is wrong with the URL of an endpoint, as a sentence without its subject; `undefined` if nothing is. */
  urlFault(url: string): string | undefined;

  /**
   * Sends one event.
   * @param to.id identifies the event, also when it is sent again
   * @param to.secrets each signs it
   * @throws Error when the process stops meanwhile; whatever else goes wrong is in the outcome
   */
  send(event: TaskEvent, to: { id: string; url: string; secrets: readonly string[] }): Promise<Attempt>;
}
