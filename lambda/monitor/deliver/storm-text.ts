// One message for many notices of many targets: what came at once, the worst first, and where all of each is. Pure. As
// many as the topic's form holds; the others are told by the next such message.
import type { NoticeTopic } from '../../config/topics.ts';
import { byCodeUnit } from '../../json.ts';
import type { TopicMessage } from '../../platform/ports.ts';
import { severities, worstSeverity } from '../finding.ts';
import type { Place } from '../notice/body.ts';
import { longestChatText } from '../notice/chat.ts';
import { largestMessageBytes } from '../notice/envelope.ts';
import { fitted } from '../notice/fitted.ts';
import { fullTime } from '../notice/wording.ts';
import { inCode, plainInChat, printable, printableJson, subjectLine, utf8Bytes } from '../printable.ts';
import { shortHash } from '../short-hash.ts';
import type { StormMember } from './storm.ts';

export interface StormMessage {
  message: TopicMessage;
  /** Those that it tells. */
  told: StormMember[];
}

/** @param topic any but `events`, which are never collapsed */
export function composeStorm(
  topic: Exclude<NoticeTopic, 'events'>,
  members: readonly StormMember[],
  place: Place,
): StormMessage {
  const sorted = worstFirst(members);
  return fitted<StormMessage & { fits: boolean }>(
    [sorted.length],
    ({ fits }) => fits,
    ([shown = 0]) => {
      const told = sorted.slice(0, shown);
      const left = sorted.length - shown;
      const id = `storm-${shortHash(told.map(({ notice }) => notice).join('\n'))}`;
      const subject = subjectLine(titleOf(told));
      const attributes = attributesOf(told, id);
      const lines = topic === 'chat' ? chatLines(told, left) : alertLines(told, left, place);
      const text = lines.join('\n');
      const body = topic === 'chat' ? chatBody(told, { id, text }) : [...lines, '', '--', `Notice ${id}`].join('\n');
      const bytes = utf8Bytes(body) + utf8Bytes(JSON.stringify(attributes));
      const fits = bytes < largestMessageBytes - 1_024 && (topic !== 'chat' || text.length <= longestChatText);
      return { message: { subject, body, attributes }, told, fits };
    },
  );
}

/** The worst targets first; what happened to one target stands together and in its order. */
function worstFirst(members: readonly StormMember[]): StormMember[] {
  const worst = new Map<string, number>();
  for (const { target, severity } of members) {
    worst.set(target, Math.min(worst.get(target) ?? severities.length, severities.indexOf(severity)));
  }
  const rank = ({ target }: StormMember) => worst.get(target) ?? severities.length;
  return members.toSorted(
    (left, right) =>
      rank(left) - rank(right) || byCodeUnit(left.target, right.target) || left.sequence - right.sequence,
  );
}

/** The one that nobody joined; `undefined` of several. */
function onlyOf(told: readonly StormMember[]): StormMember | undefined {
  return told.length === 1 ? told[0] : undefined;
}

function titleOf(told: readonly StormMember[]): string {
  const only = onlyOf(told);
  if (only) return printable(only.subject);
  const targets = new Set(told.map(({ target }) => target)).size;
  const worst = (worstSeverity(told) ?? 'info').toUpperCase();
  return `[${worst}] ${targets} ${targets === 1 ? 'target' : 'targets'}: ${told.length} notices at once`;
}

function explanation(told: readonly StormMember[], left: number): string {
  const why =
    onlyOf(told) !== undefined
      ? 'Too many messages came at that moment to send this one whole: its findings are in the evidence.'
      : 'More notices came than this topic is sent one by one, so these are told together, the worst first.';
  return left === 0 ? why : `${why} ${left} more ${left === 1 ? 'follows' : 'follow'}.`;
}

function alertLines(told: readonly StormMember[], left: number, { bucket }: Place): string[] {
  const whereOf = ({ notice, at, evidence }: StormMember) => [
    `Notice ${notice}, state of ${fullTime(at)}`,
    ...evidence.map((key) => `Evidence: s3://${bucket}/${printable(key)}`),
  ];
  const [title, why] = [titleOf(told), explanation(told, left)];
  const only = onlyOf(told);
  if (only) return [title, '', why, '', ...whereOf(only)];
  const each = told.flatMap((one) => ['', printable(one.subject), ...whereOf(one).map((line) => `  ${line}`)]);
  return [title, why, ...each];
}

function chatLines(told: readonly StormMember[], left: number): string[] {
  const names = onlyOf(told) ? [] : told.map(({ subject }) => `• ${inCode(printable(subject))}`);
  return [explanation(told, left), ...names];
}

function chatBody(told: readonly StormMember[], { id, text }: { id: string; text: string }): string {
  const title = plainInChat(titleOf(told));
  const notices = told.map(({ notice }) => notice);
  return printableJson({
    version: '1.0',
    source: 'custom',
    id,
    content: { textType: 'client-markdown', title, description: text, nextSteps: [], keywords: [] },
    metadata: {
      threadId: id,
      summary: title,
      eventType: 'driftwatch.notice.storm',
      relatedResources: notices,
      additionalContext: { monitor: printable(told[0]?.monitor ?? '') },
    },
  });
}

/** Lists, so that whoever filters by one of the values gets the message. */
function attributesOf(told: readonly StormMember[], id: string): TopicMessage['attributes'] {
  const distinct = (values: readonly string[]) => [...new Set(values)].map(printable);
  return {
    target: distinct(told.map(({ target }) => target)),
    environment: distinct(told.map(({ environment }) => environment)),
    severity: distinct(told.map(({ severity }) => severity)),
    status: distinct(told.map(({ status }) => status)),
    notice: id,
  };
}
