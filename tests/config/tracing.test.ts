import { ConfigError, readConfig } from '@taskward/api';
import t from 'tap';

type Env = Readonly<Record<string, string>>;

const faultsOf = (env: Env): readonly string[] => {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
  return [];
};

const endpoint = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://localhost:4318' };

t.test('traces have somewhere to go, or there are none', async (t) => {
  const always = { sampler: 'parentbased_always_on', ratio: 1 };
  t.strictSame(readConfig(endpoint).tracing, always);
  t.strictSame(readConfig({ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'https://otel.example/v1/traces' }).tracing, always);
  t.equal(readConfig({ OTEL_TRACES_SAMPLER: 'always_on' }).tracing, undefined, 'nowhere');
  t.equal(readConfig({ ...endpoint, OTEL_SDK_DISABLED: 'true' }).tracing, undefined, 'switched off');
  t.strictSame(readConfig({ ...endpoint, OTEL_SDK_DISABLED: 'false' }).tracing, always);
});

t.test('how many requests are traced', async (t) => {
  for (const sampler of [
    'always_on',
    'always_off',
    'traceidratio',
    'parentbased_always_on',
    'parentbased_always_off',
  ]) {
    t.strictSame(readConfig({ ...endpoint, OTEL_TRACES_SAMPLER: sampler }).tracing, { sampler, ratio: 1 });
  }
  for (const [text, ratio] of Object.entries({ 0: 0, 1: 1, '0.25': 0.25, '.5': 0.5 })) {
    const env = { ...endpoint, OTEL_TRACES_SAMPLER: 'parentbased_traceidratio', OTEL_TRACES_SAMPLER_ARG: text };
    t.strictSame(readConfig(env).tracing, { sampler: 'parentbased_traceidratio', ratio });
  }
});

t.test('http/protobuf is taken for what a collector also reads', async (t) => {
  for (const protocol of ['http/json', 'http/protobuf'])
    t.ok(readConfig({ ...endpoint, OTEL_EXPORTER_OTLP_PROTOCOL: protocol }).tracing, protocol);
});

const refused: Readonly<Record<string, readonly [sentence: string, ...values: string[]]>> = {
  OTEL_EXPORTER_OTLP_ENDPOINT: [
    'must be a URL such as http://localhost:4318.',
    'localhost:4318',
    'grpc://localhost:4317',
  ],
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: ['must be a URL such as http://localhost:4318.', '/v1/traces'],
  OTEL_EXPORTER_OTLP_PROTOCOL: [
    'must be `http/json`: traces are sent over HTTP, to the port that is usually 4318.',
    'grpc',
    'HTTP/JSON',
  ],
  OTEL_SDK_DISABLED: ['must be `true` or `false`.', 'maybe'],
  OTEL_TRACES_SAMPLER: [
    'must be one of always_on, always_off, traceidratio, parentbased_always_on, parentbased_always_off, parentbased_traceidratio.',
    'on',
    'jaeger_remote',
    '__proto__',
  ],
  OTEL_TRACES_SAMPLER_ARG: ['must be a number from 0 to 1.', '-1', '2', '1.1', '25%', '1e-3', 'NaN'],
};

for (const [name, [sentence, ...values]] of Object.entries(refused)) {
  t.test(`${name} is checked`, async (t) => {
    for (const value of values) t.strictSame(faultsOf({ [name]: value }), [`${name} ${sentence}`], value);
    t.strictSame(faultsOf({ [name]: '' }), [], 'empty counts as not set');
  });
}
