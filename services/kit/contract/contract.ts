import type { ServiceCall } from '../call-service.ts';

/**
 * What a consumer needs of a provider: the very call that it makes, whose `answer` names the fields that it reads. The
 * provider brings about what is `given` and answers its values, which the call is made of.
 */
export interface Contract<Given = never> {
  consumer: string;
  needs: string;
  given: string;
  call: (given: Given) => ServiceCall<unknown>;
  /** Of a refusal the consumer reads the status and the `detail`. */
  status: number;
}

/** By what is given: brings it about and answers its values. */
export type GivenStates = Readonly<Record<string, () => Promise<object>>>;
