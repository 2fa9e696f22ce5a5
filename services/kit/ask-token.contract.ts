import { askToken } from './ask-token.ts';
import type { Contract } from './contract/contract.ts';

const ofAuth: Contract<{ token: string }>[] = [
  {
    consumer: 'every service',
    needs: 'whose token it is',
    given: 'a token of a customer',
    call: ({ token }) => askToken(token),
    status: 200,
  },
  {
    consumer: 'every service',
    needs: 'an answer, and no refusal, for a token that is none',
    given: 'a token of a customer',
    call: ({ token }) => askToken(`${token}x`),
    status: 200,
  },
];

export const contracts: Record<string, readonly Contract[]> = { auth: ofAuth };
