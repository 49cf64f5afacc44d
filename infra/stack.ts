// A stack with one monitor and nothing else, for those who have no CDK app of their own to put a DriftMonitor in.
import { Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { DriftMonitor } from './drift-monitor.ts';
import type { DriftMonitorProps } from './drift-monitor-props.ts';
import { createOutputs } from './outputs.ts';

export interface DriftwatchStackProps extends StackProps {
  /** Made inside the stack, since a VPC can be imported only into one. */
  monitor: (stack: Stack) => DriftMonitorProps;
}

export class DriftwatchStack extends Stack {
  readonly monitor: DriftMonitor;

  constructor(scope: Construct, id: string, { monitor, ...props }: DriftwatchStackProps) {
    super(scope, id, props);
    this.monitor = new DriftMonitor(this, 'Monitor', monitor(this));
    createOutputs(this, this.monitor);
  }
}
