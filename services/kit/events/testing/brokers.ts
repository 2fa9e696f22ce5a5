export interface TestBroker {
  env: Record<string, string>;
  stop: () => Promise<void>;
}

export interface Broker {
  name: string;
  /** Null when it can be started here, else why not. */
  whyNot: () => string | null;
  start: () => Promise<TestBroker>;
}

/** What the conformance suite runs over: each a real server of its own. */
export const BROKERS: Broker[] = [
  { name: 'postgresql', whyNot: () => null, start: async () => ({ env: {}, stop: async () => {} }) },
];
