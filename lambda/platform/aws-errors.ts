// What SNS and SQS mean when they refuse, in our words. Their errors have much in common; what one says in its own way
// is listed below. https://docs.aws.amazon.com/sns/latest/api/CommonErrors.html and the same page of SQS.
import { EdgeError, type EdgeReason } from '../errors.ts';
import { asSdkError, isConnectionFailure, type SdkError } from './sdk-error.ts';

/** What was being done, and to what. */
export interface Attempt {
  service: 'SNS' | 'SQS';
  /** In gerund: `publishing to`. */
  doing: string;
  /** The IAM action that it needs. */
  action: string;
  /** ARN or URL. */
  resource: string;
}

const reasons: Readonly<Record<string, EdgeReason>> = {
  AuthorizationErrorException: 'denied',
  AccessDeniedException: 'denied',
  AccessDenied: 'denied',
  KMSAccessDeniedException: 'denied',
  KmsAccessDenied: 'denied',
  KMSDisabledException: 'denied',
  KmsDisabled: 'denied',
  KMSOptInRequired: 'denied',
  KMSOptInRequiredException: 'denied',
  KMSNotFound: 'missing',
  KMSNotFoundException: 'missing',
  KMSInvalidState: 'unavailable',
  KMSInvalidStateException: 'unavailable',
  NotFoundException: 'missing',
  QueueDoesNotExist: 'missing',
  'AWS.SimpleQueueService.NonExistentQueue': 'missing',
  ThrottledException: 'unavailable',
  RequestThrottled: 'unavailable',
  KMSThrottlingException: 'unavailable',
  ThrottlingException: 'unavailable',
  InvalidClientTokenId: 'authentication',
  InvalidAccessKeyId: 'authentication',
  UnrecognizedClientException: 'authentication',
  SignatureDoesNotMatch: 'authentication',
  ExpiredToken: 'authentication',
  ExpiredTokenException: 'authentication',
  CredentialsProviderError: 'authentication',
  InvalidParameter: 'refused',
  InvalidParameterException: 'refused',
  ParameterValueInvalid: 'refused',
  InvalidParameterValueException: 'refused',
  ValidationException: 'refused',
  AbortError: 'timeout',
  TimeoutError: 'timeout',
};

export function awsError(error: unknown, attempt: Attempt): EdgeError {
  const failure = asSdkError(error);
  const { name = '', code = '' } = failure;
  const status = failure.$metadata?.httpStatusCode;
  const reason = isConnectionFailure(failure) ? 'unreachable' : reasonOf(failure, status);
  if (status !== undefined && status < 300) return notUnderstood(attempt, error);
  const answer = [status, name].filter(Boolean).join(' ') || code || 'no answer';
  const message = `${attempt.doing} ${attempt.resource}: ${said(reason, attempt.service)} (${code || answer})`;
  return new EdgeError(reason, message, { remedy: remedy(reason, attempt), cause: error });
}

/** For an answer that is no refusal, and not what was asked for either. */
export function notUnderstood({ service, doing, resource }: Attempt, cause?: unknown): EdgeError {
  return new EdgeError('invalid', `${doing} ${resource}: the answer is not one that ${service} gives`, {
    remedy: `Check what the endpoint of ${service} points to.`,
    cause,
  });
}

function reasonOf({ name = '', message = '' }: SdkError, status: number | undefined): EdgeReason {
  const reason = reasons[name] ?? reasonOfStatus(status);
  // Nothing is wrong with the message then.
  return reason === 'refused' && /TopicArn|QueueUrl/.test(message) ? 'missing' : reason;
}

function reasonOfStatus(status: number | undefined): EdgeReason {
  if (status === undefined || status >= 500 || status === 429) return 'unavailable';
  if (status === 403) return 'denied';
  if (status === 404) return 'missing';
  if (status === 413) return 'refused';
  return 'invalid';
}

function said(reason: EdgeReason, service: string): string {
  switch (reason) {
    case 'denied':
      return 'access denied';
    case 'authentication':
      return 'AWS did not accept our credentials';
    case 'missing':
      return 'it does not exist';
    case 'timeout':
      return `${service} did not answer in time`;
    case 'unreachable':
      return `${service} cannot be reached`;
    case 'unavailable':
      return `${service} could not serve it`;
    default:
      return `${service} refused it`;
  }
}

function remedy(reason: EdgeReason, { service, action, resource }: Attempt): string {
  switch (reason) {
    case 'denied':
      return `Allow ${action} on ${resource} to the role this runs as, and look at the resource's own policy and its KMS key.`;
    case 'authentication':
      return 'Give this process valid AWS credentials: a role, a profile, or the AWS_ variables.';
    case 'missing':
      return 'Deploy the stack again: somebody deleted it, or the address is that of another account or region.';
    case 'timeout':
    case 'unreachable':
      return `In a VPC, ${service} needs an interface endpoint or a NAT gateway.`;
    case 'unavailable':
      return `The next run tries again; when it lasts, look at the health of ${service} in this region.`;
    default:
      return 'Report it as a bug of Driftwatch, with the log of this run.';
  }
}
