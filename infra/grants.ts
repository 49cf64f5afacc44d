// The only way a role in this stack gets a permission. A wildcard needs a reason at the place where it is granted,
// which cdk-nag then finds as the acknowledgement of exactly that wildcard: a new one fails the synth.
import { Stack, Validations } from 'aws-cdk-lib';
import { PolicyStatement, type Role } from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';

export interface Grant {
  actions: readonly string[];
  resources: readonly string[];
  /** Required when an action or resource has a `*` in it. */
  wildcardReason?: string;
  /** IAM condition block. */
  conditions?: Record<string, Record<string, unknown>>;
}

/** Adds the statement to the role. Nothing is added for an empty list of resources. */
export function allow(role: Role, grant: Grant): void {
  if (grant.resources.length === 0) return;
  role.addToPolicy(
    new PolicyStatement({
      actions: [...grant.actions],
      resources: [...grant.resources],
      ...(grant.conditions ? { conditions: grant.conditions } : {}),
    }),
  );
  if (grant.wildcardReason !== undefined) acknowledgeWildcards(role, grant, grant.wildcardReason);
}

/** For wildcards that CDK itself grants. */
export function acknowledgeWildcards(
  scope: IConstruct,
  { actions = [], resources = [] }: { actions?: readonly string[]; resources?: readonly string[] },
  reason: string,
): void {
  const findings = [
    ...actions.map((action) => `Action::${action}`),
    ...resources.map((resource) => `Resource::${flatten(Stack.of(scope).resolve(resource))}`),
  ].filter((finding) => finding.includes('*'));
  Validations.of(scope).acknowledge(...findings.map((finding) => ({ id: `AwsSolutions-IAM5[${finding}]`, reason })));
}

/** A resolved ARN as cdk-nag writes it in the names of its findings: `<Bucket83908E77.Arn>/state/*`. */
function flatten(value: unknown): string {
  if (typeof value === 'string') return value;
  const [[intrinsic, argument] = []] = Object.entries(value as Record<string, unknown>);
  switch (intrinsic) {
    case 'Ref':
      return `<${String(argument)}>`;
    case 'Fn::GetAtt':
      return `<${(argument as string[]).join('.')}>`;
    case 'Fn::Join': {
      const [separator, parts] = argument as [string, unknown[]];
      return parts.map(flatten).join(separator);
    }
    default:
      return JSON.stringify(value);
  }
}
