import { context, ROOT_CONTEXT, trace, TraceFlags, type Context } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { suppressTracing } from '@opentelemetry/core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { staysHere } from './stays-here.ts';

beforeAll(() => context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable()));
afterAll(() => context.disable());

const of = (traceFlags: TraceFlags): Context =>
  trace.setSpanContext(ROOT_CONTEXT, { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), traceFlags });
const INFO = '{"level":30,"msg":"GET /a"}';
const WARN = '{"level":40,"msg":"[payments] Circuit open"}';

it.each([
  ['info of a kept trace', INFO, of(TraceFlags.SAMPLED), false],
  ['info of a trace that is not kept', INFO, of(TraceFlags.NONE), true],
  ['info of a request for which nothing was made', INFO, suppressTracing(ROOT_CONTEXT), true],
  ['info within a call of a kept trace', INFO, suppressTracing(of(TraceFlags.SAMPLED)), false],
  ['info of no request', INFO, ROOT_CONTEXT, false],
  ['a warning of a trace that is not kept', WARN, of(TraceFlags.NONE), false],
])('%s', (_case, line, active, expected) => expect(context.with(active, () => staysHere(line))).toBe(expected));
