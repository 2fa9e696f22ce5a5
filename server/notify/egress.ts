// The one way out to the network. Whoever configures a channel chooses where we connect to, so a mistake or a malicious
// address must not make the console read the inside of a network: cloud metadata, neighbours, its own ports.
import { lookup as lookUpHost } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { Agent, request } from 'undici';
import { isLinkLocal, isLoopback, isPrivateAddress } from './private-address.ts';

const TIMEOUT_MS = 10_000;
const CONNECT_TIMEOUT_MS = 5_000;
/** What people are shown of an answer; a channel's answer is a word or a line. */
const ANSWER_CHARS_MAX = 2_000;

export type EgressResult =
  | { kind: 'answered'; status: number; body: string; retryAfter: string | null }
  /** Never connected to: the address may not be. */
  | { kind: 'refused'; reason: string }
  | { kind: 'unreachable'; reason: string };

/** POSTs JSON to a channel. */
export function postJson(url: string, body: unknown, headers: Record<string, string> = {}): Promise<EgressResult> {
  return post(url, JSON.stringify(body), { ...headers, 'content-type': 'application/json; charset=utf-8' });
}

/**
 * POSTs: https anywhere but in private networks, http to this machine only; no redirects, bounded in time and size. With
 * `allowPrivate`, which only who runs the process may say, also within private networks, but never to link-local addresses.
 */
export async function post(
  url: string,
  body: string | Uint8Array,
  headers: Record<string, string>,
  { allowPrivate = false } = {},
): Promise<EgressResult> {
  const target = new URL(url);
  const refusal = allowPrivate ? refuseLinkLocal(target) : refuse(target);
  if (refusal) return { kind: 'refused', reason: refusal };
  const agent = allowPrivate ? toPrivate : agentFor(target);
  try {
    const answer = await request(target, {
      method: 'POST',
      headers: { ...headers, 'user-agent': 'switchyard' },
      body,
      signal: AbortSignal.timeout(TIMEOUT_MS),
      dispatcher: agent,
    });
    const retryAfter = answer.headers['retry-after'];
    return {
      kind: 'answered',
      status: answer.statusCode,
      body: await readStart(answer.body),
      retryAfter: typeof retryAfter === 'string' ? retryAfter : null,
    };
  } catch (error) {
    if (error instanceof PrivateAddressError) return { kind: 'refused', reason: error.message };
    return { kind: 'unreachable', reason: describe(error) };
  }
}

function refuse(target: URL): string | null {
  const host = target.hostname.replace(/^\[|\]$/g, '');
  if (isLoopback(host)) return null;
  if (target.protocol !== 'https:')
    return `${target.protocol}//${target.host} is not https: only a receiver on this machine may be reached without`;
  // A name is judged when it is resolved, below, so that what is checked is what is connected to.
  return isIP(host) && isPrivateAddress(host) ? new PrivateAddressError(host, host).message : null;
}

/** Never connected to: the address may not be. */
export class EgressRefusal extends Error {}

class PrivateAddressError extends EgressRefusal {
  constructor(host: string, address: string) {
    super(`${host} is ${address}, an address inside a private network, where notifications are not sent`);
  }
}

/** Where clouds keep the credentials of a machine. */
function refuseLinkLocal(target: URL): string | null {
  const host = target.hostname.replace(/^\[|\]$/g, '');
  return isIP(host) && isLinkLocal(host) ? new PrivateAddressError(host, host).message : null;
}

/** Resolves names to addresses on the public internet only. */
export const lookupPublic = lookupBut(isPrivateAddress);

function lookupBut(isHidden: (address: string) => boolean): LookupFunction {
  return (host, options, callback) => {
    lookUpHost(host, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, []);
      const hidden = addresses.find(({ address }) => isHidden(address));
      if (hidden) return callback(new PrivateAddressError(host, hidden.address), []);
      return options.all ? callback(null, addresses) : callback(null, addresses[0]!.address, addresses[0]!.family);
    });
  };
}

const common = {
  connectTimeout: CONNECT_TIMEOUT_MS,
  headersTimeout: TIMEOUT_MS,
  bodyTimeout: TIMEOUT_MS,
  connections: 4,
};
const toPublic = new Agent({ ...common, connect: { lookup: lookupPublic, timeout: CONNECT_TIMEOUT_MS } });
const toThisMachine = new Agent(common);
const toPrivate = new Agent({ ...common, connect: { lookup: lookupBut(isLinkLocal), timeout: CONNECT_TIMEOUT_MS } });

function agentFor(target: URL): Agent {
  return isLoopback(target.hostname.replace(/^\[|\]$/g, '')) ? toThisMachine : toPublic;
}

async function readStart(body: AsyncIterable<Buffer>): Promise<string> {
  let text = '';
  for await (const chunk of body) {
    text += chunk.toString();
    // Leaving the loop destroys the body, and with it a connection that would go on sending.
    if (text.length > ANSWER_CHARS_MAX) return text.slice(0, ANSWER_CHARS_MAX);
  }
  return text;
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return `no answer within ${TIMEOUT_MS / 1_000} s`;
  const code = (error as { code?: string }).code;
  return error.message || code || error.name;
}
