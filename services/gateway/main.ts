import { readGatewayEnv } from './env.ts';
import { startGateway } from './start-gateway.ts';

await startGateway({ gatewayEnv: readGatewayEnv() });
