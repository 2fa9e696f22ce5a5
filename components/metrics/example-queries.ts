/** Questions that the shipped fleet answers, for whoever meets the language for the first time. */
export const EXAMPLE_QUERIES = [
  {
    question: 'How many requests does each service answer a second?',
    expr: 'sum by (job) (rate(http_server_request_duration_seconds_count[1m]))',
  },
  {
    question: 'How slow are the slowest twentieth of them, in seconds?',
    expr: 'histogram_quantile(0.95, sum by (job, le) (rate(http_server_request_duration_seconds_bucket[1m])))',
  },
  {
    question: 'Which share of them fails?',
    // What never failed has no series of failures: it is given a zero.
    expr: `(
  sum by (job) (rate(http_server_request_duration_seconds_count{http_response_status_code=~"5.."}[5m]))
  or sum by (job) (rate(http_server_request_duration_seconds_count[5m])) * 0
) / sum by (job) (rate(http_server_request_duration_seconds_count[5m]))`,
  },
  { question: 'Is a breaker open? One says yes.', expr: 'circuit_breaker_state{state="open"}' },
  { question: 'Which targets could be scraped?', expr: 'up' },
] as const;
