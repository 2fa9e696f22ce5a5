// The load generator as a process of its own: takes LoadOptions as JSON, prints LoadResult as JSON with its CPU time.
import { sendLoad, type LoadOptions } from './send-load.ts';

const result = await sendLoad(JSON.parse(process.argv[2]!) as LoadOptions);
const { user, system } = process.cpuUsage();
console.log(JSON.stringify({ ...result, cpuSeconds: (user + system) / 1e6 }));
