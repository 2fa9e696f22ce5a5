import { leaveOutEarly } from '#services/kit/untraced.ts';
import { readGatewayEnv } from './env.ts';
import { startGateway } from './start-gateway.ts';

// call-span.ts tells the services.
leaveOutEarly();
await startGateway({ gatewayEnv: readGatewayEnv() });
