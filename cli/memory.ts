// Where the commands that change or show a target's memory find it: the target as the settings know it, and the bucket.
import type { Command } from 'commander';
import { parseSettings } from '../lambda/config/index.ts';
import type { MonitorSettings, TargetSettings } from '../lambda/config/settings.ts';
import type { MemoryPlace } from '../lambda/monitor/memory/memory.ts';
import { select } from '../lambda/monitor/selection.ts';
import type { Clock } from '../lambda/platform/ports.ts';
import { defaultSettingsFile, readSettingsFile } from '../lambda/platform/settings-file.ts';
import { cliPlatform } from './platform.ts';
import { type Terminal, UsageError } from './terminal.ts';

export interface MemoryFlags {
  target: string;
  check?: string;
  bucket?: string;
  config: string;
}

export interface Memory {
  settings: MonitorSettings;
  target: TargetSettings;
  clock: Clock;
  place: MemoryPlace;
  /** What a change of it needs. */
  changing: { ports: { clock: Clock; random: () => number; place: MemoryPlace }; target: string; deadline: Date };
}

const patienceMs = 60_000;

/** The options that say which target, and where its memory is. */
export function withPlace(command: Command): Command {
  return command
    .requiredOption('--target <name>', 'the target, as the settings name it')
    .option('--bucket <name>', 'the monitor’s bucket (default: $DRIFTWATCH_BUCKET)')
    .option('--config <file>', 'the settings file', defaultSettingsFile);
}

/** @throws EdgeError `missing` for a target or check that the settings do not have */
export async function memoryOf(flags: MemoryFlags, terminal: Terminal): Promise<Memory> {
  const bucket = flags.bucket ?? terminal.environment.DRIFTWATCH_BUCKET;
  if (!bucket) throw new UsageError('Name the monitor’s bucket: --bucket, or DRIFTWATCH_BUCKET in the environment.');
  const settings = parseSettings(await readSettingsFile(flags.config), flags.config);
  const [chosen] = select(settings, {
    targets: [flags.target],
    ...(flags.check !== undefined && { checks: [flags.check] }),
  });
  if (!chosen) throw new UsageError(`The target ${flags.target} has no checks.`);
  const { clock, objects } = cliPlatform(terminal);
  const place = { objects: objects(), bucket };
  const deadline = new Date(clock.now().getTime() + patienceMs);
  const { target } = chosen;
  return {
    settings,
    target,
    clock,
    place,
    changing: { ports: { clock, random: Math.random, place }, target: target.name, deadline },
  };
}
