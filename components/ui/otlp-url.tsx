'use client';

import { createContext, use } from 'react';

const Collector = createContext('http://127.0.0.1:4318');

/** `value`: where the collector of this console takes OTLP over HTTP. */
export const OtlpUrlProvider = Collector.Provider;

/** The address to send telemetry to, to be copied; `path` is that of one signal. */
export function OtlpUrl({ path = '' }: { path?: '' | '/v1/logs' }) {
  return <>{use(Collector) + path}</>;
}
