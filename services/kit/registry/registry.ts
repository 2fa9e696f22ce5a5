/** What a process says of itself. */
export interface Registration {
  service: string;
  instance: string;
  /** `http://host:port` */
  address: string;
  adminAddress?: string;
  version?: string;
  /** 2xx there is well. */
  healthPath: string;
  /** Silent for longer, it is not well. */
  ttlSeconds: number;
}

/** Where an instance of a service can be asked. */
export interface Instance {
  id: string;
  /** `http://host:port` */
  address: string;
}

export interface WatchedInstances {
  /** Given back, it makes the next question wait for news. */
  index: string;
  instances: Instance[];
}

/** Where processes say where they are. Every method throws when the registry does not answer, or refuses. */
export interface Registry {
  /** For log lines. */
  readonly title: string;
  register: (registration: Registration) => Promise<void>;
  /** A sign of life; false for who has to register again. */
  keep: (registration: Registration) => Promise<boolean>;
  leave: (registration: Registration) => Promise<void>;
  /** The instances of a service that are well: at once without an index, else when they changed or after about `waitS`. */
  watch: (service: string, options: WatchOptions) => Promise<WatchedInstances>;
}

export interface WatchOptions {
  index?: string | undefined;
  waitS: number;
  signal?: AbortSignal;
}
