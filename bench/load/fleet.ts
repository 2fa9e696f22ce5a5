/** The services that the load pretends to come from: what real ones send is as repetitive as this. */
export const SERVICES = [
  'gateway',
  'auth',
  'catalog',
  'inventory',
  'orders',
  'payments',
  'shipping',
  'search',
] as const;

export const ROUTES = [
  'GET /api/products',
  'GET /api/products/{id}',
  'POST /api/orders',
  'GET /api/orders/{id}',
  'POST /api/payments',
  'GET /api/cart/{id}',
  'PUT /api/cart/{id}/items',
  'GET /api/users/{id}',
  'POST /api/sessions',
  'GET /api/shipments/{id}',
  'GET /api/search',
  'GET /api/stock/{id}',
];

export const USER_AGENTS = Array.from(
  { length: 20 },
  (_, index) =>
    `Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${120 + index}.0.0.0 Safari/537.36`,
);

/** As OpenTelemetry's SDKs with resource detectors send. */
export function resourceOf(service: string, instance: number): Record<string, string | number> {
  return {
    'service.name': service,
    'service.instance.id': `${service}-${instance}`,
    'service.version': '1.14.2',
    'deployment.environment.name': 'production',
    'host.name': `node-${instance}.internal`,
    'process.pid': 4000 + instance,
    'telemetry.sdk.language': 'nodejs',
    'telemetry.sdk.name': 'opentelemetry',
    'telemetry.sdk.version': '2.12.1',
  };
}
