import path from 'node:path';
import type { MethodDefinition } from '@grpc/grpc-js';
import { loadSync, type PackageDefinition } from '@grpc/proto-loader';

const PROTO_DIR = path.join(import.meta.dirname, '../proto');

/** `package.Service/Method`, of a package `switchyard.<file>.v1`. */
export type RpcName = `switchyard.${string}.v1.${string}/${string}`;

const packages = new Map<string, PackageDefinition>();

/** How a method's messages are written, by its proto file; throws for one that no file has. */
export function rpcDefinition(name: RpcName): MethodDefinition<object, object> {
  const [service = '', method = ''] = name.split('/');
  const [, file = ''] = service.split('.');
  const known =
    packages.get(file) ?? loadSync(`${file}.proto`, { includeDirs: [PROTO_DIR], defaults: true, longs: Number });
  packages.set(file, known);
  // Safe because a package holds services by their full names, and services hold their methods.
  const found = (known[service] as Record<string, MethodDefinition<object, object>> | undefined)?.[method];
  if (!found) throw new Error(`services/kit/proto/${file}.proto has no ${name}.`);
  return found;
}
