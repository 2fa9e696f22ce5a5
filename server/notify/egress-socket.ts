import { connect, isIP, type Socket } from 'node:net';
import { EgressRefusal, lookupPublic } from './egress.ts';
import { isLoopback, isPrivateAddress } from './private-address.ts';

const CONNECT_TIMEOUT_MS = 5_000;

/** A TCP connection to a mail server under the rules of `postJson`: this machine or the public internet, and nothing in between. */
export function openMailSocket(host: string, port: number): Promise<Socket> {
  if (isIP(host) && !isLoopback(host) && isPrivateAddress(host))
    return Promise.reject(
      new EgressRefusal(`${host} is an address inside a private network, where notifications are not sent`),
    );
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, ...(!isLoopback(host) && { lookup: lookupPublic }) });
    const timer = setTimeout(
      () => socket.destroy(new Error(`${host} did not answer within ${CONNECT_TIMEOUT_MS / 1_000} s`)),
      CONNECT_TIMEOUT_MS,
    );
    const onError = (error: Error) => {
      clearTimeout(timer);
      reject(error);
    };
    socket.once('error', onError);
    socket.once('connect', () => {
      clearTimeout(timer);
      socket.off('error', onError);
      resolve(socket);
    });
  });
}
