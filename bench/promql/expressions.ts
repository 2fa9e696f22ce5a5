/** What dashboards ask: RED panels, the node exporter's, joins, tops, subqueries, offsets. */
export const EXPRESSIONS: { title: string; query: string }[] = [
  { title: 'requests by job', query: 'sum by (job) (rate(http_requests_total[5m]))' },
  {
    title: 'share of failures',
    query: 'sum by (job) (rate(http_requests_total{code=~"5.."}[5m])) / sum by (job) (rate(http_requests_total[5m]))',
  },
  {
    title: 'p99 of all services',
    query: 'histogram_quantile(0.99, sum by (le, job) (rate(http_request_duration_seconds_bucket[5m])))',
  },
  {
    title: 'median by route of one',
    query: 'histogram_quantile(0.5, sum by (le, route) (rate(http_request_duration_seconds_bucket{job="api"}[5m])))',
  },
  {
    title: 'mean duration by route',
    query:
      'sum by (route) (rate(http_request_duration_seconds_sum[5m])) / sum by (route) (rate(http_request_duration_seconds_count[5m]))',
  },
  {
    title: 'apdex',
    query:
      '(sum by (job) (rate(http_request_duration_seconds_bucket{le="0.25"}[5m])) + sum by (job) (rate(http_request_duration_seconds_bucket{le="1"}[5m]))) / 2 / sum by (job) (rate(http_request_duration_seconds_count[5m]))',
  },
  {
    title: 'CPU of all nodes',
    query: '100 - avg by (instance) (rate(node_cpu_seconds_total{mode="idle"}[5m])) * 100',
  },
  {
    title: 'CPU modes of one node',
    query: 'sum by (mode) (rate(node_cpu_seconds_total{instance="host-000:9100"}[5m]))',
  },
  { title: 'memory in use', query: '1 - node_memory_MemAvailable_bytes / node_memory_MemTotal_bytes' },
  {
    title: 'fullest file systems',
    query: 'topk(5, 1 - node_filesystem_avail_bytes{fstype!="tmpfs"} / node_filesystem_size_bytes{fstype!="tmpfs"})',
  },
  {
    title: 'network by node',
    query: 'sum by (instance) (rate(node_network_receive_bytes_total{device!="lo"}[5m])) * 8',
  },
  { title: 'disks of one node', query: 'irate(node_disk_io_time_seconds_total{instance="host-000:9100"}[5m])' },
  {
    title: 'load for each CPU',
    query: 'node_load5 / on (instance, job) count by (instance, job) (node_cpu_seconds_total{mode="idle"})',
  },
  { title: 'targets that are up', query: 'avg by (job) (up)' },
  {
    title: 'ten busiest routes',
    query: 'topk(10, sum by (instance, route) (rate(http_request_duration_seconds_sum[5m])))',
  },
  {
    title: 'requests against an hour ago',
    query: 'sum(rate(http_requests_total[5m])) / sum(rate(http_requests_total[5m] offset 1h))',
  },
  {
    title: 'peak of ten minutes (subquery)',
    query: 'max_over_time(sum(rate(http_requests_total[1m]))[10m:1m])',
  },
  {
    title: 'failures of breakers',
    query: 'sum by (name) (increase(circuit_breaker_calls_total{outcome="failure"}[15m]))',
  },
  { title: 'deepest queues', query: 'max by (queue) (max_over_time(queue_depth[10m]))' },
  {
    title: 'cache hits',
    query:
      'sum by (cache) (rate(cache_hits_total[5m])) / (sum by (cache) (rate(cache_hits_total[5m])) + sum by (cache) (rate(cache_misses_total[5m])))',
  },
];
