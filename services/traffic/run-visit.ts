import { SpanStatusCode } from '@opentelemetry/api';
import { runAsTrace } from '#services/kit/run-as-trace.ts';
import type { Visit } from './browse-and-buy.ts';

/** Each visit is one trace, which fails when the shop failed the shopper. */
export function runVisit(visit: () => Promise<Visit>): Promise<Visit> {
  return runAsTrace('shop: browse and buy', async (span) => {
    const result = await visit();
    span.setAttribute('shop.outcome', result.outcome);
    if (result.orderId !== null)
      span.setAttributes({ 'shop.order.id': result.orderId, 'shop.order.total_cents': result.totalCents });
    if (result.outcome === 'failed')
      span.setStatus({ code: SpanStatusCode.ERROR, message: 'the shop failed the shopper' });
    return result;
  });
}
