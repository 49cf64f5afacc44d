// The topics by what they are for. `alerts` is for people, `events` for programs, `chat` for Amazon Q Developer in Slack
// and Teams; `operator` carries CloudWatch's alarms about the monitor itself, never a notice. A topic has one form of
// message, since SNS sends no attributes with messages that have a form for each protocol.

/** Topics that notices go to, each in its own form. */
export const noticeTopics = ['alerts', 'events', 'chat'] as const;
export type NoticeTopic = (typeof noticeTopics)[number];

export type TopicRole = NoticeTopic | 'operator';

/** The ARNs of the topics that a deployment has; `alerts` is always there. */
export type NoticeTopicArns = { alerts: string } & Partial<Record<NoticeTopic, string>>;

/** The topics that the settings want notices on. */
export function wantedTopics({ events, chat }: { events: boolean; chat: boolean }): NoticeTopic[] {
  return noticeTopics.filter(
    (topic) => topic === 'alerts' || (topic === 'events' && events) || (topic === 'chat' && chat),
  );
}

/** Name of the environment variable that holds a topic's ARN. */
export function topicVariable(role: TopicRole): string {
  return `DRIFTWATCH_${role.toUpperCase()}_TOPIC_ARN`;
}
