import { type Aggregator, Counter, Gauge, type Registry } from 'prom-client';

/** A metric whose values are read when it is scraped. */
interface ReadMetric {
  readonly name: string;
  readonly help: string;
  /** The label that tells its values apart. Absent: it has one value. */
  readonly label?: string;
  /** How the values of several processes become one; their sum by default. */
  readonly aggregator?: Aggregator;
}

/** Values by their label, or one value. `undefined`: nothing is known, so no series is shown. */
type Values = number | undefined | Readonly<Record<string, number>>;

const each = (
  label: string | undefined,
  values: Values,
  write: (labels: Record<string, string>, n: number) => void,
) => {
  if (values === undefined) return;
  if (typeof values === 'number') return write({}, values);
  for (const [key, value] of Object.entries(values)) write({ [label ?? '']: key }, value);
};

const optionsOf = (registry: Registry, { name, help, label, aggregator = 'sum' }: ReadMetric) => ({
  name,
  help,
  aggregator,
  labelNames: label === undefined ? [] : [label],
  registers: [registry],
});

/** Adds a counter. @param read returns what was counted since the process started */
export const addCounter = (registry: Registry, metric: ReadMetric, read: () => Values): void => {
  new Counter({
    ...optionsOf(registry, metric),
    collect() {
      this.reset();
      each(metric.label, read(), (labels, value) => this.inc(labels, value));
    },
  });
};

/** Adds a gauge. @param read must not throw: all other metrics would be missing too */
export const addGauge = (registry: Registry, metric: ReadMetric, read: () => Values | Promise<Values>): void => {
  new Gauge({
    ...optionsOf(registry, metric),
    async collect() {
      const values = await read();
      this.reset();
      // A gauge without labels is reset to 0, which is a value.
      if (metric.label === undefined) this.remove();
      each(metric.label, values, (labels, value) => this.set(labels, value));
    },
  });
};
