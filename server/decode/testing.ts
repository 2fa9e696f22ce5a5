/** For tests of those who send: what another library than ours makes of their OTLP. */
export { LogsRequestType, TraceRequestType } from './testing/otlp-root.ts';
