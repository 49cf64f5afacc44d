// A notice as the messages that the chat topic carries, in the form of Amazon Q Developer's custom notifications, one for
// each incident, so that an incident is one thread. Pure. Text from outside stands in code, where no client looks for
// links, mentions and formatting. https://docs.aws.amazon.com/chatbot/latest/adminguide/custom-notifs.html
import type { TopicMessage } from '../../platform/ports.ts';
import { inCode, plainInChat, printable, printableJson } from '../printable.ts';
import { level, type Place } from './body.ts';
import { attributesOf, subjectOf } from './envelope.ts';
import type { Notice, NoticeEntry, Report } from './notice.ts';
import { capital, effects, ended, keptBack, nothingElse, sinceWhen, troubled } from './wording.ts';

/** Slack takes 3,000 characters in a section (https://docs.slack.dev/reference/block-kit/blocks/section-block). */
export const longestChatText = 2_500;
const longest = { title: 150, line: 400, summary: 250 } as const;
const most = { steps: 4 } as const;

interface Said {
  title: string;
  lines: string[];
  nextSteps: string[];
  thread: string;
  evidence: string | undefined;
}

export function composeChat(notice: Notice, { bucket }: Place): TopicMessage[] {
  const { report, entries } = notice;
  const address = (key: string | undefined) => (key === undefined ? undefined : `s3://${bucket}/${printable(key)}`);
  if (report) return [messageOf(notice, saidOfReport(report, address(report.evidence)), notice.id)];
  return entries.map((entry) => {
    const alone: Notice = { ...notice, status: entry.change, entries: [entry] };
    const said = saidOf(entry, alone, address(entry.evidence));
    return messageOf(alone, said, entries.length === 1 ? notice.id : `${notice.id}-${entry.incident}`);
  });
}

function messageOf(notice: Notice, { title, lines, nextSteps, thread, evidence }: Said, id: string): TopicMessage {
  const { target, environment, severity, status, escalated, sequence, monitor, runbook } = notice;
  const heading = `[${level(notice)}] ${printable(target)} ${printable(environment)}: ${title}`;
  const checks = notice.entries.map(({ check }) => printable(check));
  const body = {
    version: '1.0',
    source: 'custom',
    id,
    content: {
      textType: 'client-markdown',
      title: plainInChat(cut(heading, longest.title)),
      description: within(longestChatText, lines),
      nextSteps: [
        ...nextSteps,
        ...(runbook === undefined ? [] : [`Runbook: ${inCode(cut(printable(runbook), longest.line))}`]),
      ],
      keywords: [target, environment, severity, ...checks].map((word) => plainInChat(printable(word))),
    },
    metadata: {
      threadId: thread,
      summary: plainInChat(cut(heading, longest.summary)),
      eventType: `driftwatch.notice.${status}`,
      relatedResources: evidence === undefined ? [] : [evidence],
      additionalContext: {
        monitor: printable(monitor),
        notice: notice.id,
        sequence: String(sequence),
        severity,
        status,
        escalated: String(escalated),
      },
    },
  };
  return { subject: subjectOf(notice), body: printableJson(body), attributes: attributesOf(notice) };
}

function saidOf(entry: NoticeEntry, { target, status, at, stillOpen }: Notice, evidence: string | undefined): Said {
  const { findings, findingCount, gone, goneCount, since, summary, impacts, incident, acknowledged, quiet } = entry;
  const base = { thread: incident, evidence };
  const code = (text: string) => inCode(cut(printable(text), longest.line));
  if (status === 'resolved') {
    const [title = ''] = ended([entry]);
    const names = gone.map(({ message }) => `• ${code(message)}`);
    const open =
      stillOpen.length === 0
        ? nothingElse(plainInChat(printable(target)))
        : `${stillOpen.length} more told before are open.`;
    const was =
      goneCount > 0 ? ['What had been wrong:', ...names, ...moreLine(goneCount - names.length, undefined)] : [];
    return { ...base, title, lines: [code(summary), open, ...was], nextSteps: [] };
  }
  const [title = ''] = troubled([entry], status === 'reminder' ? 'still ' : '');
  const added = new Set(status === 'updated' ? entry.added : []);
  const lines = [
    `${capital(sinceWhen(since, at))}. ${impacts.length > 0 ? `Effect: ${effects(impacts)}.` : ''}`.trimEnd(),
    ...(acknowledged ? [`${code(acknowledged.by)} is at it.`] : []),
    ...(quiet === undefined ? [] : [keptBack(entry, code(quiet))]),
    ...findings.map(({ id, message }) => `• ${added.has(id) ? '*new* ' : ''}${code(message)}`),
    ...moreLine(findingCount - findings.length, evidence),
    ...(goneCount > 0 ? [`No longer wrong: ${goneCount}.`] : []),
    ...(evidence === undefined ? [] : [`Evidence: ${inCode(evidence)}`]),
  ];
  return { ...base, title, lines, nextSteps: stepsOf(entry, evidence) };
}

/** What to do; not the SQL of repairs, which nobody should run without reading how dangerous it is. */
function stepsOf({ findings }: NoticeEntry, evidence: string | undefined): string[] {
  const repaired = findings.filter(({ details }) => details?.repair !== undefined);
  const others = findings.filter((finding) => !repaired.includes(finding));
  const remedies = [...new Set(others.map(({ remedy }) => printable(remedy)).filter((remedy) => remedy !== ''))];
  const steps = remedies.slice(0, most.steps).map((remedy) => inCode(cut(remedy, longest.line)));
  const place =
    evidence === undefined ? 'the alert of this notice' : `the alert of this notice, or ${inCode(evidence)}`;
  const left = remedies.length - steps.length;
  return [
    ...steps,
    ...(left > 0 ? [`${left} more in ${place}.`] : []),
    ...(repaired.length > 0 ? [`Read the repair SQL, and how dangerous each statement is, in ${place}.`] : []),
  ];
}

function saidOfReport({ title, lines, thread }: Report, evidence: string | undefined): Said {
  const printed = lines.map((line) => (line === '' ? '' : inCode(cut(printable(line), longest.line))));
  return { title: printable(title), lines: printed, nextSteps: [], thread, evidence };
}

function moreLine(left: number, evidence: string | undefined): string[] {
  if (left <= 0) return [];
  return [`and ${left} more${evidence === undefined ? '' : `: ${inCode(evidence)}`}`];
}

/** Whole lines, and how many are missing. */
function within(length: number, lines: readonly string[]): string {
  let kept = lines.length;
  const text = () =>
    [...lines.slice(0, kept), ...(kept < lines.length ? [`(${lines.length - kept} more lines)`] : [])].join('\n');
  while (kept > 0 && text().length > length) kept -= 1;
  return text();
}

function cut(text: string, length: number): string {
  return text.length <= length
    ? text
    : `${text
        .slice(0, length - 1)
        .toWellFormed()
        .replace(/\ufffd$/, '')}…`;
}
