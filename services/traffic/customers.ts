import { randomBytes, randomUUID } from 'node:crypto';
import { isFailure, type ShopDoor } from './shop-door.ts';

const CUSTOMERS_MAX = 12;
/** A token lasts 15 minutes; nobody waits for it to fail. */
const TOKEN_KEPT_MS = 10 * 60_000;
const NEW_CUSTOMER_RATIO = 0.02;
const NAMES = [
  'Ada',
  'Ben',
  'Chidi',
  'Dana',
  'Emil',
  'Fatima',
  'Goran',
  'Hana',
  'Ines',
  'Jun',
  'Kofi',
  'Lena',
] as const;

interface Customer {
  email: string;
  password: string;
  name: string;
  token: string | null;
  tokenUntilMs: number;
}

export interface Customers {
  /** A token of one of them, registered or logged in for it when need be; null when that failed. */
  signIn: (ask: ShopDoor, again: boolean) => Promise<string | null>;
}

/** The people behind the shopper; passwords live as long as the process, so each start brings new accounts. */
export function createCustomers(random: () => number = Math.random): Customers {
  const customers: Customer[] = [];
  const register = async (ask: ShopDoor): Promise<Customer | null> => {
    const name = NAMES[Math.floor(random() * NAMES.length)] ?? NAMES[0];
    const email = `${name.toLowerCase()}.${randomUUID().slice(0, 8)}@shopper.example`;
    const customer = { email, password: randomBytes(12).toString('base64url'), name, token: null, tokenUntilMs: 0 };
    const answer = await ask({
      method: 'POST',
      path: '/api/auth/register',
      body: { email, name, password: customer.password },
    });
    if (answer.status !== 201) return null;
    if (customers.length >= CUSTOMERS_MAX) customers.shift();
    customers.push(customer);
    return customer;
  };
  return {
    signIn: async (ask, again) => {
      const isNew = customers.length < CUSTOMERS_MAX || random() < NEW_CUSTOMER_RATIO;
      const customer = isNew ? await register(ask) : customers[Math.floor(random() * customers.length)];
      if (!customer) return null;
      if (customer.token !== null && !again && Date.now() < customer.tokenUntilMs) return customer.token;
      const answer = await ask({
        method: 'POST',
        path: '/api/auth/login',
        body: { email: customer.email, password: customer.password },
      });
      if (isFailure(answer) || typeof answer.body.token !== 'string') return null;
      customer.token = answer.body.token;
      customer.tokenUntilMs = Date.now() + TOKEN_KEPT_MS;
      return customer.token;
    },
  };
}
