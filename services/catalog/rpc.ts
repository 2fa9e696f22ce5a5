import type { Kysely } from 'kysely';
import { z } from 'zod';
import { rpcMethod, type RpcMethod } from '#services/kit/rpc/rpc-method.ts';
import { findProducts, ProductIds } from './list-products.ts';
import type { CatalogTables } from './tables.ts';

const LookUpInput = z.strictObject({ ids: ProductIds });

/** What catalog is asked over gRPC. */
export function catalogRpc(db: Kysely<CatalogTables>): readonly RpcMethod[] {
  return [
    rpcMethod('switchyard.catalog.v1.ProductLookup/LookUp', LookUpInput, async ({ ids }) => ({
      products: (await findProducts(db, ids)).products,
    })),
  ];
}
