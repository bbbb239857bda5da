/** An alert rule of Prometheus. */
export interface Alert {
  readonly name: string;
  readonly expression: string;
  /** Where its runbook is. */
  readonly runbook: string | undefined;
}

/** The alerts of a rule file, as far as it is written like ours: `promtool` checks the rest. */
export const readAlerts = (yaml: string): Alert[] =>
  yaml
    .split(/^ {6}- alert: /m)
    .slice(1)
    .map((text) => {
      const [, inline = '', block = ''] = /^ {8}expr: (?:\|\n((?: {10}.*\n)+)|(.*))/m.exec(text) ?? [];
      return {
        name: text.split('\n', 1)[0] as string,
        expression: `${inline}${block}`.trim(),
        runbook: /^ {10}runbook: (.*)$/m.exec(text)?.[1],
      };
    });

/** A query of a panel of a Grafana dashboard. */
export interface PanelQuery {
  readonly title: string;
  readonly expression: string;
}

interface Dashboard {
  readonly panels: readonly { readonly title: string; readonly targets?: readonly { readonly expr: string }[] }[];
}

/** The queries of a dashboard's panels. */
export const readPanels = (json: string): PanelQuery[] =>
  (JSON.parse(json) as Dashboard).panels.flatMap(({ title, targets = [] }) =>
    targets.map(({ expr }) => ({ title, expression: expr })),
  );
