import type { Instance } from '../registry/registry.ts';
import {
  FRESH,
  isEjected,
  mayEject,
  readmit,
  settleFailure,
  settleSuccess,
  type InstanceFailure,
  type InstanceMemory,
} from './decide-ejection.ts';

export interface Ejection {
  service: string;
  instance: string;
  forMs: number;
  reason: string;
}

export type InstanceOutcome = 'success' | InstanceFailure;

export interface BalancerOptions<Door> {
  service: string;
  /** What calls to an instance go through, opened once and closed when the instance has left. */
  open: (instance: Instance) => Door;
  close?: (door: Door) => void;
  now?: () => number;
  onEjection?: (ejection: Ejection) => void;
  onOutcome?: (service: string, instance: string, outcome: InstanceOutcome) => void;
}

/** One call at one instance. The first word of how it went counts; `end` when nothing of it is under way any more. */
export interface Turn<Door> {
  readonly instance: Instance;
  readonly door: Door;
  succeed: () => void;
  /** Answers whether the service is to blame, and not this instance alone. */
  fail: (kind: InstanceFailure) => { isOfService: boolean };
  end: () => void;
}

interface Member<Door> {
  instance: Instance;
  door: Door;
  memory: InstanceMemory;
  outstanding: number;
}

/** Chooses among the instances of a service: the one with the fewest calls under way, of those that were not taken out for how they answer. */
export class Balancer<Door> {
  readonly service: string;
  readonly #options: BalancerOptions<Door>;
  readonly #now: () => number;
  #members: Member<Door>[] = [];
  #turn = 0;

  constructor(options: BalancerOptions<Door>, instances: readonly Instance[]) {
    this.service = options.service;
    this.#options = options;
    this.#now = options.now ?? Date.now;
    this.update(instances);
  }

  /** Those who stay keep what is known of them. */
  update(instances: readonly Instance[]): void {
    const known = new Map(this.#members.map((member) => [keyOf(member.instance), member]));
    const unique = [...new Map(instances.map((instance) => [keyOf(instance), instance])).values()];
    this.#members = unique.map((instance) => {
      const member = known.get(keyOf(instance));
      known.delete(keyOf(instance));
      return member ?? { instance, door: this.#options.open(instance), memory: FRESH, outstanding: 0 };
    });
    for (const { door } of known.values()) this.#options.close?.(door);
  }

  get members(): readonly Readonly<Member<Door>>[] {
    return this.#members;
  }

  isEjected({ memory }: Pick<Member<Door>, 'memory'>): boolean {
    return isEjected(memory, this.#now());
  }

  /** Whether there is an instance in service beside those. */
  hasOther(tried: ReadonlySet<string>): boolean {
    return this.#members.some((member) => !tried.has(member.instance.id) && !this.isEjected(member));
  }

  /** The instance for the next call; one of `tried` only when there is no other. Throws when there is none at all. */
  take(tried: ReadonlySet<string> = new Set()): Turn<Door> {
    const nowMs = this.#now();
    for (const member of this.#members) member.memory = readmit(member.memory, nowMs);
    const inService = this.#members.filter(({ memory }) => !isEjected(memory, nowMs));
    const others = inService.filter(({ instance }) => !tried.has(instance.id));
    // One that is on trial gets one call at a time: it may still hang.
    const free = others.filter(({ memory, outstanding }) => !memory.isOnTrial || outstanding === 0);
    const member = this.#leastBusy([free, others, inService, this.#members].find((list) => list.length > 0) ?? []);
    if (!member) throw new Error(`No instance of ${this.service} is known: set ${this.service.toUpperCase()}_URL.`);
    member.outstanding += 1;
    return this.#turnOf(member);
  }

  #leastBusy(members: readonly Member<Door>[]): Member<Door> | undefined {
    // Who is asked first among equals goes round, or the first in the list would have all of a quiet service.
    this.#turn = (this.#turn + 1) % Math.max(1, members.length);
    let best: Member<Door> | undefined;
    for (let step = 0; step < members.length; step++) {
      const member = members[(this.#turn + step) % members.length]!;
      if (!best || member.outstanding < best.outstanding) best = member;
    }
    return best;
  }

  #turnOf(member: Member<Door>): Turn<Door> {
    const { instance, door } = member;
    let isTold = false;
    let isOver = false;
    const tell = (outcome: InstanceOutcome) => {
      isTold = true;
      this.#options.onOutcome?.(this.service, instance.id, outcome);
    };
    return {
      instance,
      door,
      succeed: () => {
        if (isTold) return;
        tell('success');
        member.memory = settleSuccess(member.memory, this.#now());
      },
      fail: (kind) => {
        const isOfService = this.#isOfService(member);
        if (isTold) return { isOfService };
        tell(kind);
        this.#fail(member, kind);
        return { isOfService };
      },
      end: () => {
        if (isOver) return;
        isOver = true;
        member.outstanding -= 1;
      },
    };
  }

  /** While another instance in service answers well, what fails is this one and not the service. */
  #isOfService(failed: Member<Door>): boolean {
    return !this.#members.some(
      (member) =>
        member !== failed && !this.isEjected(member) && member.memory.failures === 0 && !member.memory.isOnTrial,
    );
  }

  #fail(member: Member<Door>, kind: InstanceFailure): void {
    const ejected = this.#members.filter((each) => this.isEjected(each)).length;
    const mayGo = this.#members.includes(member) && mayEject(this.#members.length, ejected);
    const { memory, ejection } = settleFailure(member.memory, kind, { mayGo, nowMs: this.#now() });
    member.memory = memory;
    if (ejection) this.#options.onEjection?.({ service: this.service, instance: member.instance.id, ...ejection });
  }
}

/** What can be told of a balancer without its doors. */
export type BalancerView = Pick<Balancer<unknown>, 'service' | 'members' | 'isEjected'>;

/** One that moved is another. */
function keyOf({ id, address }: Instance): string {
  return `${id} ${address}`;
}
