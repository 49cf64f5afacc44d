// The construct: from settings to a deployed monitor. It puts the parts beside it together; whatever the settings or the
// network make impossible fails here, at synth.
import { Duration } from 'aws-cdk-lib';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { ITopic, Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { parseSettings, settingsToJson } from '../lambda/config/index.ts';
import type { MonitorSettings } from '../lambda/config/settings.ts';
import { wantedTopics } from '../lambda/config/topics.ts';
import { accessOf, refuseEnvironmentSecrets } from './access.ts';
import { raiseTo } from './alarm.ts';
import { createAlarms } from './alarms.ts';
import { cadencesOf, sweepCadence } from './cadences.ts';
import { checkTimeoutMs } from './check-timeout.ts';
import { createMissedRunAlarms, createMissedWatchAlarm, createUnheardAlarms } from './dead-man-alarms.ts';
import { createDeploymentRule } from './deployments.ts';
import type { DriftMonitorProps } from './drift-monitor-props.ts';
import { createLoggedErrorsAlarm } from './logged-errors.ts';
import { createMemory } from './memory.ts';
import { createMonitorFunctions } from './monitor-functions.ts';
import { networkOf } from './network.ts';
import { createQueues } from './queues.ts';
import { createSchedules } from './schedules.ts';
import { createNoticeTopics, createOperatorTopic } from './topics.ts';

export class DriftMonitor extends Construct {
  readonly settings: MonitorSettings;
  /** Snapshots, state and evidence; kept when the stack is deleted. */
  readonly memory: Bucket;
  /** What is wrong with the targets; add subscriptions as you like. */
  readonly alerts: Topic;
  /** The same as CloudEvents, with `alerts.events: true`. */
  readonly events: Topic | undefined;
  /** The same for Amazon Q Developer, with `alerts.chat: true`. */
  readonly chat: Topic | undefined;
  /** What is wrong with the monitor. */
  readonly operator: ITopic;
  readonly check: LambdaFunction;
  readonly dispatch: LambdaFunction;

  /** @throws Error when the settings are invalid or cannot be deployed, or when the network leads nowhere */
  constructor(scope: Construct, id: string, props: DriftMonitorProps) {
    super(scope, id);
    const settings = parseSettings(props.settings);
    const settingsJson = settingsToJson(props.settings);
    const { encryptionKey } = props;
    const access = accessOf(settings);
    refuseEnvironmentSecrets(access);
    const cadences = cadencesOf(settings);
    const checkTimeout = Duration.millis(checkTimeoutMs(settings, props.checkTimeout?.toMilliseconds()));

    this.settings = settings;
    this.memory = createMemory(this, {
      encryptionKey,
      evidenceRetention: props.evidenceRetention ?? Duration.days(30),
    });
    const topics = createNoticeTopics(this, {
      displayName: `Driftwatch ${settings.name}`,
      emails: settings.alerts.emails,
      encryptionKey,
      wanted: wantedTopics(settings.alerts),
    });
    this.alerts = topics.alerts;
    this.events = topics.events;
    this.chat = topics.chat;
    this.operator =
      props.operatorTopic ??
      createOperatorTopic(this, {
        displayName: `Driftwatch ${settings.name} operator`,
        emails: settings.alerts.operatorEmails,
        encryptionKey,
      });
    const queues = createQueues(this, { encryptionKey, checkTimeout });
    const { check, dispatch } = createMonitorFunctions(this, {
      settingsJson,
      monitorName: settings.name,
      memory: this.memory,
      topics,
      operator: this.operator,
      queues,
      access,
      encryptionKey,
      readableKeys: props.readableKeys ?? [],
      network: networkOf(this, props, access),
      logRetention: props.logRetention ?? RetentionDays.ONE_MONTH,
      checkTimeout,
      checkMemoryMb: props.checkMemory ?? 1_024,
      maxConcurrency: props.maxConcurrency ?? 10,
    });
    this.check = check;
    this.dispatch = dispatch;
    const deployments = createDeploymentRule(this, { check });
    const { digest } = settings.alerts;
    const schedules = createSchedules(this, {
      cadences,
      digest,
      dispatch,
      failedTicks: queues.failedTicks,
      encryptionKey,
    });

    const raise = raiseTo(this.operator, this, settings.name);
    createAlarms(raise, {
      monitorName: settings.name,
      functions: { check, dispatch },
      queues,
      lateAfter: queues.visibilityTimeout,
      schedules,
      deployments,
      topics,
    });
    createLoggedErrorsAlarm(this, raise, {
      monitorName: settings.name,
      logGroups: [check.logGroup, dispatch.logGroup],
    });
    createMissedRunAlarms(this, raise, { monitorName: settings.name, cadences: [...cadences, sweepCadence] });
    createMissedWatchAlarm(raise, settings.name);
    createUnheardAlarms(raise, settings.name, [...wantedTopics(settings.alerts), 'operator']);
  }
}
