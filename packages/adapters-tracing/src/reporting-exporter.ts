import { type ExportResult, ExportResultCode } from '@opentelemetry/core';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace';

const reportMilliseconds = 60_000;

/**
 * Wraps an exporter: says when spans could not be sent, at most once a minute, and when they can be again. It never fails,
 * because nobody could do anything about it.
 * @param report called with a sentence, and how many spans were lost since the last one
 */
export const makeReportingExporter = (
  exporter: SpanExporter,
  report: (message: string, lost: number) => void,
): SpanExporter => {
  let lost = 0;
  let isFailing = false;
  let reportedAt = Number.NEGATIVE_INFINITY;

  const note = ({ code, error }: ExportResult, spans: number): void => {
    if (code === ExportResultCode.SUCCESS) {
      if (isFailing) report('Traces are sent again.', lost);
      isFailing = false;
      lost = 0;
      return;
    }
    lost += spans;
    isFailing = true;
    const now = performance.now();
    if (now - reportedAt < reportMilliseconds) return;
    reportedAt = now;
    report(
      `Traces cannot be sent: ${error?.message || 'the collector does not answer'}. Check OTEL_EXPORTER_OTLP_ENDPOINT and the collector. Requests are served as usual.`,
      lost,
    );
    lost = 0;
  };

  return {
    export(spans: ReadableSpan[], done: (result: ExportResult) => void): void {
      exporter.export(spans, (result) => {
        note(result, spans.length);
        done({ code: ExportResultCode.SUCCESS });
      });
    },
    shutdown: () => exporter.shutdown(),
  };
};
