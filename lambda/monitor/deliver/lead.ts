// Leading a storm: waits a little for others to register, then publishes what is registered, message by message, and
// deletes what each of them told. Dying in between tells something twice at worst.
import { metricNames } from '../../config/metrics.ts';
import type { NoticeTopic } from '../../config/topics.ts';
import { failureFields } from '../../errors.ts';
import type { Place } from '../notice/body.ts';
import { takeSlot } from './pace.ts';
import type { PublishPorts } from './publish.ts';
import { publishPaced } from './publish-paced.ts';
import { becomesLeader, registered, type StormMember, unregisterAll } from './storm.ts';
import { composeStorm } from './storm-text.ts';

const gatheringMs = 5_000;
/** What a message of it needs at least, from taking a slot to deleting what it told. */
const needMs = 15_000;
const slotMs = 8_000;

export interface Leading {
  ports: PublishPorts;
  topic: Exclude<NoticeTopic, 'events'>;
  arn: string;
  place: Place;
  deadline: Date;
}

/** @returns ids of the notices that it told; none when somebody else leads */
export async function lead({ ports, topic, arn, place, deadline }: Leading): Promise<string[]> {
  const { clock, telemetry } = ports;
  const told: string[] = [];
  const leftMs = () => deadline.getTime() - clock.now().getTime();
  try {
    if (leftMs() < gatheringMs + needMs || !(await becomesLeader(ports, topic))) return [];
    await clock.sleep(gatheringMs);
    let members: StormMember[] = await registered(ports, topic);
    while (members.length > 0 && leftMs() > needMs) {
      const next = composeStorm(topic, members, place);
      if (next.told.length === 0) throw new Error('a message for many notices has no room for one of them');
      const until = new Date(clock.now().getTime() + slotMs);
      const slot = () => takeSlot(ports, topic, until);
      if (!(await publishPaced(ports, { topic, arn, message: next.message, slot, deadline }))) break;
      const ids = new Set(next.told.map(({ notice }) => notice));
      telemetry.info('notices published together', { topic, notices: ids.size, storm: next.message.attributes.notice });
      await unregisterAll(ports.place, topic, next.told);
      told.push(...ids);
      members = members.filter(({ notice }) => !ids.has(notice));
    }
  } catch (error) {
    telemetry.metric(metricNames.publishFailed, 1, 'Count');
    telemetry.error('notices could not be told together; each waits in its outbox and is tried again', {
      topic,
      ...failureFields(error),
    });
  }
  return told;
}
