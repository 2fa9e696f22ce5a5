import type { LogEvent } from '#server/decode/log-event.ts';
import type { LiveHint } from '#server/live/channel.ts';

/** What the supervisor reports of a process, for those who watch live; undefined for any other event. */
export function toProcessHint({ name, attributes, body }: LogEvent): LiveHint | undefined {
  if (!name.startsWith('switchyard.process.')) return undefined;
  return { kind: 'process', process: attributes['process.name'] ?? '', message: body };
}
