// The figures that the monitor publishes about itself, by name: what the functions write and what the alarms read.
// Every metric has the dimension `service`, the monitor's name, which Powertools takes from POWERTOOLS_SERVICE_NAME;
// the dimensions listed here come on top, all of them, always: CloudWatch matches a metric by its exact dimensions.

export const metricNamespace = 'Driftwatch';

/** Set by Powertools on every metric. */
export const serviceDimension = 'service';

/** Dimensions of `heartbeat`: the check kind and the schedule's key. */
export const heartbeatDimensions = ['kind', 'schedule'] as const;

/** Of the heartbeat of the tick that hands out the rounds of watches, whether there are any or not. */
export const watchTickDimensions = { kind: 'watch', schedule: 'tick' } as const;

/** Dimension of the two subscription counts: a TopicRole (topics.ts). */
export const topicDimension = 'topic';

export const metricNames = {
  /** 1 when a scheduled run of one target has ended with its state stored, whatever it found. */
  heartbeat: 'Heartbeat',
  /** 1 for every notice that a topic did not take; it stays in the outbox. */
  publishFailed: 'PublishFailed',
  /** 1 for every notice that a topic will never take; it lies below `undeliverable/` in the bucket. */
  undeliverable: 'UndeliverableNotices',
  /** Written by the daily housekeeping tick. */
  subscriptionsConfirmed: 'SubscriptionsConfirmed',
  subscriptionsPending: 'SubscriptionsPending',
} as const;
