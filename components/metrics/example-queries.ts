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
    expr: 'sum by (job) (rate(http_server_request_duration_seconds_count{http_response_status_code=~"5.."}[5m]))\n  / sum by (job) (rate(http_server_request_duration_seconds_count[5m]))',
  },
  { question: 'Which breakers are open?', expr: 'circuit_breaker_state{state="open"}' },
  { question: 'Which targets could be scraped?', expr: 'up' },
] as const;
