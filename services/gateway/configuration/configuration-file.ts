import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Configuration } from './configuration.ts';

export interface ConfigurationFile {
  /** Null when there is none yet; throws when there is one that cannot be used. */
  read: () => Configuration | null;
  write: (configuration: Configuration) => void;
}

/** The last known configuration of one instance, so that it needs nobody to start as it ended. */
export function openConfigurationFile(dataDir: string, instance: string): ConfigurationFile {
  const file = path.join(dataDir, 'gateway', `${encodeURIComponent(instance)}.json`);
  return {
    read: () => {
      try {
        return Configuration.parse(JSON.parse(readFileSync(file, 'utf8')));
      } catch (cause) {
        if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return null;
        throw new Error(`${file} cannot be used; the console will send another.`, { cause });
      }
    },
    write: (configuration) => {
      mkdirSync(path.dirname(file), { recursive: true });
      // By rename: a gateway that dies here leaves the old one or the new one, whole.
      writeFileSync(`${file}.new`, `${JSON.stringify(configuration, null, 2)}\n`, { mode: 0o600 });
      renameSync(`${file}.new`, file);
    },
  };
}
