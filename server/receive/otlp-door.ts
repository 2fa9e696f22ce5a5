import type { IncomingMessage, ServerResponse } from 'node:http';
import { jsonToProto } from '#server/decode/json-to-proto.ts';
import { HttpRefusal, sendRefusal, sendSuccess, type Encoding } from './answer.ts';
import { contentType, type Door } from './door.ts';
import { checkJson } from './check-json.ts';
import { decompress } from './decompress.ts';
import type { Signal } from './signal.ts';

/** POST /v1/<signal>: protobuf or JSON, answered in kind. */
export function otlpDoor(signal: Signal): Door {
  return {
    name: signal.name,
    path: `/v1/${signal.name}`,
    check: (request) => {
      const type = contentType(request);
      if (type === 'application/x-protobuf' || type === 'application/json') return;
      const given = JSON.stringify(type);
      throw new HttpRefusal(415, `The content type must be application/x-protobuf or application/json, not ${given}`);
    },
    decode: async (request, raw, held) => {
      const body = await decompress(raw, request.headers['content-encoding'], held);
      const encoding = encodingOf(request);
      if (encoding === 'json') checkJson(body);
      const decoded = signal.decode(encoding === 'json' ? jsonToProto(body, signal.request) : body, Date.now());
      return {
        source: decoded.source,
        keep: async () => {
          const outcome = await decoded.keep();
          return (response) => sendSuccess(response, encoding, outcome, signal.rejectedField);
        },
      };
    },
    refuse: refuseOtlp,
  };
}

export function refuseOtlp(request: IncomingMessage, response: ServerResponse, refusal: HttpRefusal): void {
  sendRefusal(response, encodingOf(request), refusal);
}

function encodingOf(request: IncomingMessage): Encoding {
  return contentType(request) === 'application/x-protobuf' ? 'protobuf' : 'json';
}
